//! Company: whom a rater watches with, and what that leans to.

use super::genre::Genre::{
    Action, Animation, Comedy, Crime, Documentary, Drama, Family, Horror, Musical, Mystery, Romance, ScienceFiction,
    Thriller, War,
};
use super::leaning::Leaning;

pub struct Company {
    pub name: &'static str,
    /// Percentage of raters, by age band of [`super::age::AGES`].
    pub shares: [f64; 6],
    pub leaning: Leaning,
}

pub const COMPANIES: [Company; 4] = [
    Company {
        name: "alone",
        shares: [15.0, 30.0, 30.0, 25.0, 30.0, 40.0],
        leaning: Leaning {
            genres: &[
                (Mystery, 0.4),
                (Documentary, 0.5),
                (Drama, 0.3),
                (ScienceFiction, 0.2),
                (Family, -0.5),
                (Animation, -0.3),
                (Comedy, -0.2),
            ],
            eras: [0.3, 0.2, -0.1, -0.1],
        },
    },
    Company {
        name: "partner",
        shares: [5.0, 20.0, 35.0, 25.0, 35.0, 45.0],
        leaning: Leaning {
            genres: &[(Romance, 0.6), (Drama, 0.3), (Musical, 0.2), (Comedy, 0.1), (Horror, -0.4), (War, -0.2)],
            eras: [0.0, 0.0, 0.0, 0.0],
        },
    },
    Company {
        name: "friends",
        shares: [40.0, 45.0, 25.0, 10.0, 10.0, 10.0],
        leaning: Leaning {
            genres: &[
                (Action, 0.4),
                (Comedy, 0.4),
                (Horror, 0.4),
                (Thriller, 0.1),
                (Romance, -0.3),
                (Drama, -0.3),
                (Documentary, -0.3),
            ],
            eras: [-0.2, -0.1, 0.1, 0.2],
        },
    },
    Company {
        name: "family",
        shares: [40.0, 5.0, 10.0, 40.0, 25.0, 5.0],
        leaning: Leaning {
            genres: &[
                (Animation, 0.6),
                (Family, 0.6),
                (Musical, 0.2),
                (Horror, -0.8),
                (Crime, -0.4),
                (Thriller, -0.4),
                (War, -0.2),
            ],
            eras: [0.0, 0.0, 0.0, 0.0],
        },
    },
];
