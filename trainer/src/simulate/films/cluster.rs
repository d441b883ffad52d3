//! Taste clusters, which raters are mixed from.

use super::genre::Genre::{
    Action, Adventure, Animation, Comedy, Crime, Documentary, Drama, Family, Fantasy, Horror, Musical, Mystery,
    Romance, ScienceFiction, Thriller, War, Western,
};
use super::leaning::Leaning;

pub struct Cluster {
    /// Relative frequency, before age and company are considered.
    pub share: f64,
    pub leaning: Leaning,
    /// Stars per point of a film's acclaim, beyond what everybody gives.
    pub acclaim: f64,
    /// Stars per point of a film's fame.
    pub fame: f64,
    /// Directors and leads whom the cluster follows.
    pub people: &'static [&'static str],
}

pub const CLUSTERS: [Cluster; 13] = [
    // Blockbusters.
    Cluster {
        share: 14.0,
        leaning: Leaning {
            genres: &[
                (Action, 1.0),
                (Adventure, 0.9),
                (ScienceFiction, 0.4),
                (Fantasy, 0.3),
                (Drama, -0.5),
                (Romance, -0.6),
                (Musical, -0.7),
                (Documentary, -0.7),
            ],
            eras: [-0.7, -0.4, 0.2, 0.3],
        },
        acclaim: -0.1,
        fame: 0.12,
        people: &["Steven Spielberg", "James Cameron", "Tom Cruise", "Harrison Ford", "Arnold Schwarzenegger"],
    },
    // Cinephiles.
    Cluster {
        share: 9.0,
        leaning: Leaning {
            genres: &[
                (Drama, 0.7),
                (Crime, 0.3),
                (Mystery, 0.4),
                (War, 0.2),
                (Action, -0.7),
                (Adventure, -0.4),
                (Family, -0.5),
                (Animation, -0.3),
            ],
            eras: [0.3, 0.6, 0.0, -0.1],
        },
        acclaim: 0.1,
        fame: -0.08,
        people: &[
            "Stanley Kubrick",
            "Martin Scorsese",
            "Francis Ford Coppola",
            "Paul Thomas Anderson",
            "David Lynch",
            "Ingmar Bergman",
            "Andrei Tarkovsky",
            "Robert De Niro",
        ],
    },
    // Families.
    Cluster {
        share: 11.0,
        leaning: Leaning {
            genres: &[
                (Animation, 1.0),
                (Family, 1.0),
                (Fantasy, 0.3),
                (Musical, 0.3),
                (Adventure, 0.3),
                (Horror, -1.2),
                (Crime, -0.8),
                (Thriller, -0.8),
                (War, -0.6),
            ],
            eras: [-0.1, 0.0, 0.1, 0.1],
        },
        acclaim: -0.05,
        fame: 0.08,
        people: &["Pete Docter", "Brad Bird", "Tom Hanks", "Robin Williams"],
    },
    // Horror.
    Cluster {
        share: 11.0,
        leaning: Leaning {
            genres: &[
                (Horror, 1.5),
                (Thriller, 0.6),
                (Mystery, 0.4),
                (ScienceFiction, 0.2),
                (Family, -0.9),
                (Musical, -0.9),
                (Romance, -0.8),
                (Animation, -0.4),
            ],
            eras: [-0.2, 0.3, 0.2, 0.1],
        },
        acclaim: -0.05,
        fame: -0.03,
        people: &["John Carpenter", "Wes Craven", "Jordan Peele", "David Cronenberg", "George A. Romero"],
    },
    // Romantics.
    Cluster {
        share: 11.0,
        leaning: Leaning {
            genres: &[
                (Romance, 1.2),
                (Drama, 0.4),
                (Comedy, 0.3),
                (Musical, 0.3),
                (Horror, -1.0),
                (Action, -0.7),
                (ScienceFiction, -0.7),
                (Western, -0.4),
                (War, -0.2),
            ],
            eras: [0.1, -0.1, 0.2, 0.1],
        },
        acclaim: -0.05,
        fame: 0.03,
        people: &["Nora Ephron", "Julia Roberts", "Meg Ryan", "Hugh Grant", "Audrey Hepburn"],
    },
    // Science fiction.
    Cluster {
        share: 12.0,
        leaning: Leaning {
            genres: &[
                (ScienceFiction, 1.4),
                (Fantasy, 0.4),
                (Adventure, 0.3),
                (Animation, 0.1),
                (Romance, -0.7),
                (Musical, -0.8),
                (Western, -0.5),
                (War, -0.4),
                (Drama, -0.2),
            ],
            eras: [-0.3, 0.1, 0.2, 0.1],
        },
        acclaim: 0.05,
        fame: 0.0,
        people: &["Christopher Nolan", "Ridley Scott", "Denis Villeneuve", "James Cameron", "Keanu Reeves"],
    },
    // Classic Hollywood.
    Cluster {
        share: 7.0,
        leaning: Leaning {
            genres: &[
                (Mystery, 0.4),
                (Romance, 0.4),
                (Western, 0.3),
                (Musical, 0.4),
                (Comedy, 0.2),
                (Action, -0.6),
                (Horror, -0.5),
                (ScienceFiction, -0.5),
                (Animation, -0.3),
            ],
            eras: [1.1, 0.3, -0.4, -0.9],
        },
        acclaim: 0.1,
        fame: 0.0,
        people: &[
            "Alfred Hitchcock",
            "Billy Wilder",
            "Howard Hawks",
            "John Ford",
            "Cary Grant",
            "Humphrey Bogart",
            "James Stewart",
            "Katharine Hepburn",
        ],
    },
    // World cinema and documentaries.
    Cluster {
        share: 8.0,
        leaning: Leaning {
            genres: &[
                (Documentary, 1.2),
                (Drama, 0.4),
                (Action, -0.7),
                (Adventure, -0.5),
                (Family, -0.4),
                (Musical, -0.3),
            ],
            eras: [0.2, 0.4, -0.1, 0.1],
        },
        acclaim: 0.1,
        fame: -0.15,
        people: &[
            "Akira Kurosawa",
            "Federico Fellini",
            "Ingmar Bergman",
            "François Truffaut",
            "Jean-Luc Godard",
            "Yasujirō Ozu",
            "Wong Kar-wai",
            "Pedro Almodóvar",
            "Bong Joon-ho",
            "Zhang Yimou",
            "Satyajit Ray",
        ],
    },
    // Crime and thrillers.
    Cluster {
        share: 12.0,
        leaning: Leaning {
            genres: &[
                (Crime, 1.0),
                (Thriller, 0.9),
                (Mystery, 0.7),
                (Musical, -0.9),
                (Family, -0.8),
                (Animation, -0.6),
                (Fantasy, -0.5),
                (Romance, -0.4),
            ],
            eras: [0.0, 0.2, 0.2, 0.0],
        },
        acclaim: 0.05,
        fame: 0.0,
        people: &[
            "Martin Scorsese",
            "David Fincher",
            "Quentin Tarantino",
            "Michael Mann",
            "Joel Coen",
            "Al Pacino",
            "Robert De Niro",
        ],
    },
    // Comedies.
    Cluster {
        share: 11.0,
        leaning: Leaning {
            genres: &[
                (Comedy, 1.2),
                (Romance, 0.2),
                (Family, 0.1),
                (Horror, -0.6),
                (War, -0.6),
                (Drama, -0.5),
                (Thriller, -0.4),
                (Western, -0.2),
            ],
            eras: [-0.2, 0.0, 0.3, 0.1],
        },
        acclaim: -0.1,
        fame: 0.03,
        people: &["Mel Brooks", "Edgar Wright", "Bill Murray", "Will Ferrell", "Jim Carrey"],
    },
    // Musicals.
    Cluster {
        share: 8.0,
        leaning: Leaning {
            genres: &[
                (Musical, 1.5),
                (Romance, 0.4),
                (Comedy, 0.3),
                (Family, 0.3),
                (Animation, 0.3),
                (Horror, -1.0),
                (Crime, -0.6),
                (War, -0.5),
                (Thriller, -0.5),
                (Action, -0.4),
                (ScienceFiction, -0.4),
            ],
            eras: [0.3, 0.2, 0.0, 0.0],
        },
        acclaim: 0.0,
        fame: 0.0,
        people: &["Gene Kelly", "Julie Andrews", "Judy Garland", "Fred Astaire"],
    },
    // Fantasy.
    Cluster {
        share: 9.0,
        leaning: Leaning {
            genres: &[
                (Fantasy, 1.2),
                (Adventure, 0.6),
                (Animation, 0.5),
                (Family, 0.2),
                (Crime, -0.6),
                (War, -0.5),
                (Thriller, -0.3),
                (Drama, -0.2),
                (Western, -0.4),
            ],
            eras: [-0.3, -0.1, 0.1, 0.3],
        },
        acclaim: 0.0,
        fame: 0.05,
        people: &["Peter Jackson", "Hayao Miyazaki", "Guillermo del Toro", "Tim Burton", "Johnny Depp"],
    },
    // War films and westerns.
    Cluster {
        share: 8.0,
        leaning: Leaning {
            genres: &[
                (War, 1.1),
                (Western, 1.5),
                (Drama, 0.3),
                (Action, 0.2),
                (Crime, 0.2),
                (Musical, -0.8),
                (Animation, -0.7),
                (Fantasy, -0.6),
                (Horror, -0.5),
                (Romance, -0.3),
            ],
            eras: [0.2, 0.5, 0.0, -0.1],
        },
        acclaim: 0.05,
        fame: 0.0,
        people: &["Sergio Leone", "Clint Eastwood", "John Wayne", "John Ford", "Francis Ford Coppola"],
    },
];
