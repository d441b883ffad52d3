//! Genres of the list of films.

/// A genre of `films.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Genre {
    Action,
    Adventure,
    Animation,
    Comedy,
    Crime,
    Documentary,
    Drama,
    Family,
    Fantasy,
    Horror,
    Musical,
    Mystery,
    Romance,
    ScienceFiction,
    Thriller,
    War,
    Western,
}

impl Genre {
    pub const COUNT: usize = 17;

    /// Names in the order of the variants, so that `genre as usize` is the index.
    const ALL: [(Genre, &str); Self::COUNT] = [
        (Genre::Action, "Action"),
        (Genre::Adventure, "Adventure"),
        (Genre::Animation, "Animation"),
        (Genre::Comedy, "Comedy"),
        (Genre::Crime, "Crime"),
        (Genre::Documentary, "Documentary"),
        (Genre::Drama, "Drama"),
        (Genre::Family, "Family"),
        (Genre::Fantasy, "Fantasy"),
        (Genre::Horror, "Horror"),
        (Genre::Musical, "Musical"),
        (Genre::Mystery, "Mystery"),
        (Genre::Romance, "Romance"),
        (Genre::ScienceFiction, "Science Fiction"),
        (Genre::Thriller, "Thriller"),
        (Genre::War, "War"),
        (Genre::Western, "Western"),
    ];

    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// Return the genre called `name`.
    pub fn named(name: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, known)| *known == name);
        found.map(|(genre, _)| *genre)
    }
}
