//! What a group of people leans to: the common language of clusters, ages and company.

use super::genre::Genre;

/// Stars that a film gains or loses by its genres and its era; what is not named is neutral.
pub struct Leaning {
    pub genres: &'static [(Genre, f64)],
    /// Per era of [`era`].
    pub eras: [f64; ERAS],
}

pub const ERAS: usize = 4;

/// Studio years (before 1960), new waves (to 1979), first blockbusters (to 1999), and since.
pub fn era(year: u16) -> usize {
    match year {
        ..1960 => 0,
        1960..1980 => 1,
        1980..2000 => 2,
        _ => 3,
    }
}

impl Leaning {
    /// How much two groups agree: positive where they like the same.
    pub fn agreement(&self, other: &Leaning) -> f64 {
        let genres = self.genres.iter().flat_map(|(genre, a)| {
            let same = other.genres.iter().filter(move |(name, _)| name == genre);
            same.map(move |(_, b)| a * b)
        });
        let eras = self.eras.iter().zip(&other.eras).map(|(a, b)| a * b);
        genres.sum::<f64>() + eras.sum::<f64>()
    }
}
