//! Age bands: what each leans to, and which films have reached it.

use super::genre::Genre::{
    Action, Adventure, Animation, Comedy, Crime, Documentary, Drama, Family, Fantasy, Horror, Musical, Romance,
    ScienceFiction, Thriller, War, Western,
};
use super::leaning::Leaning;

pub struct Age {
    pub name: &'static str,
    /// Percentage of raters.
    pub share: f64,
    /// A year of birth in the middle of the band.
    born: f64,
    pub leaning: Leaning,
}

pub const AGES: [Age; 6] = [
    Age {
        name: "under 18",
        share: 10.0,
        born: 2010.0,
        leaning: Leaning {
            genres: &[
                (Animation, 0.5),
                (Family, 0.4),
                (Fantasy, 0.3),
                (Action, 0.2),
                (Drama, -0.4),
                (War, -0.4),
                (Western, -0.4),
                (Documentary, -0.3),
            ],
            eras: [-0.6, -0.5, 0.0, 0.4],
        },
    },
    Age {
        name: "18–24",
        share: 20.0,
        born: 2004.0,
        leaning: Leaning {
            genres: &[(Horror, 0.4), (ScienceFiction, 0.3), (Action, 0.2), (Western, -0.4), (Musical, -0.2)],
            eras: [-0.4, -0.2, 0.0, 0.3],
        },
    },
    Age {
        name: "25–34",
        share: 26.0,
        born: 1995.0,
        leaning: Leaning {
            genres: &[(Comedy, 0.2), (ScienceFiction, 0.2), (Horror, 0.2), (Thriller, 0.2), (Western, -0.3)],
            eras: [-0.2, 0.0, 0.1, 0.2],
        },
    },
    Age {
        name: "35–44",
        share: 20.0,
        born: 1985.0,
        leaning: Leaning {
            genres: &[(Family, 0.3), (Animation, 0.2), (Crime, 0.2), (Horror, -0.2)],
            eras: [-0.1, 0.0, 0.3, 0.0],
        },
    },
    Age {
        name: "45–54",
        share: 13.0,
        born: 1975.0,
        leaning: Leaning {
            genres: &[(Drama, 0.3), (Crime, 0.2), (Thriller, 0.2), (Horror, -0.2), (Animation, -0.3)],
            eras: [0.0, 0.2, 0.3, -0.2],
        },
    },
    Age {
        name: "55+",
        share: 11.0,
        born: 1962.0,
        leaning: Leaning {
            genres: &[
                (War, 0.4),
                (Western, 0.4),
                (Romance, 0.2),
                (Drama, 0.3),
                (Documentary, 0.2),
                (Horror, -0.5),
                (Animation, -0.4),
                (Action, -0.3),
                (Adventure, -0.1),
                (Fantasy, -0.3),
                (ScienceFiction, -0.3),
            ],
            eras: [0.5, 0.4, 0.0, -0.4],
        },
    },
];

impl Age {
    /// Return the share of the people of this age whom a film of `year` has reached, from 0 to 1: all if it came out
    /// when they were six or later, and fewer the longer before that.
    pub fn reach(&self, year: u16) -> f64 {
        let before = (self.born + 6.0 - f64::from(year)).max(0.0) / 28.0;
        1.0 / (1.0 + before * before)
    }
}
