//! Leanings of clusters, ages and company: stars by genre and era.

use super::genre::Genre;

/// Stars that a film gains or loses by its genres and its era; genres that are not named are neutral.
pub struct Leaning {
    pub genres: &'static [(Genre, f64)],
    /// Stars by era, see [`era`].
    pub eras: [f64; ERAS],
}

pub const ERAS: usize = 4;

/// Return the era of a year: before 1960, to 1979, to 1999, or since.
pub fn era(year: u16) -> usize {
    match year {
        ..1960 => 0,
        1960..1980 => 1,
        1980..2000 => 2,
        _ => 3,
    }
}

impl Leaning {
    /// Return how much two leanings agree: positive if they like the same.
    pub fn agreement(&self, other: &Leaning) -> f64 {
        let genres = self.genres.iter().flat_map(|(genre, a)| {
            let same = other.genres.iter().filter(move |(name, _)| name == genre);
            same.map(move |(_, b)| a * b)
        });
        let eras = self.eras.iter().zip(&other.eras).map(|(a, b)| a * b);
        genres.sum::<f64>() + eras.sum::<f64>()
    }
}
