//! The embedded data set: real films, rated by **simulated** people.
//!
//! The films and their facts are in `films.csv` ([`list`]). No real person has rated them: a seeded model of taste
//! generates the ratings, so that the project can be tried, tested and shown without anybody's data.
//!
//! 1. A rater has an [`age`] band and [`company`] to watch with. Both lean to genres and eras ([`leaning`]).
//! 2. A rater belongs to one or two taste [`cluster`]s, more probably to those with the same leanings, and has a
//!    [`taste`] of their own: genres, eras, a few favourite directors and leads.
//! 3. A rater has [`seen`] 15 to 120 films: mostly famous ones, of their years, to their taste.
//! 4. A rating ([`rater`]), 1 to 5 stars, is the sum of the rater's average, the film's acclaim, taste, and noise.
//!
//! Only sums, products, quotients and square roots of a portable generator's numbers are used ([`super::draw`]), so a
//! seed gives the same data on every platform.

mod age;
mod cluster;
mod company;
mod genre;
mod leaning;
mod list;
mod rater;
mod seen;
mod taste;
#[cfg(test)]
mod tests;

use crate::data::{Column, ColumnKind, Dataset, Rating, Scale, Table};
use list::{Film, List};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rater::Rater;

/// Seed of the embedded data.
pub const DEFAULT_SEED: u64 = 1;

const RATERS: u32 = 2_500;

/// Generate the ratings of 2,500 simulated raters for some 1,200 real films, in whole stars from 1 to 5.
///
/// Item columns are `genre`, `director`, `actors`, `period` (a decade such as `1990s`) and, for display, `year`; user
/// columns are `age` and `company`, each unknown for one rater in twenty.
pub fn films(seed: u64) -> Dataset {
    let list = List::read().expect("the embedded list is read by a test");
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut raters = Vec::new();
    let mut ratings = Vec::new();
    for user in 0..RATERS {
        let rater = Rater::draw(&list, &mut rng);
        for row in seen::seen(&rater, &list, &mut rng) {
            ratings.push(Rating { user, item: row as u32, value: rater.rate(&list.films[row], &mut rng) });
        }
        raters.push(rater);
    }
    Dataset {
        name: "films".to_owned(),
        notice:
            "The films are real; their raters are simulated: a seeded model of taste wrote every rating, no person did."
                .to_owned(),
        scale: Scale { min: 1.0, max: 5.0 },
        items: items(&list.films),
        users: users(&raters),
        ratings,
        times: Vec::new(),
        counts: Vec::new(),
        changes: Vec::new(),
    }
}

fn items(films: &[Film]) -> Table {
    use ColumnKind::{Categorical, Display, MultiValued};
    let column = |name, kind, values: fn(&Film) -> Vec<String>| Column {
        values: films.iter().map(values).collect(),
        ..Column::new(name, kind)
    };
    Table {
        ids: films.iter().map(|film| film.id.clone()).collect(),
        titles: films.iter().map(|film| film.title.clone()).collect(),
        columns: vec![
            column("genre", MultiValued, |film| film.genres.iter().map(|it| it.name().to_owned()).collect()),
            column("director", MultiValued, |film| film.directors.clone()),
            column("actors", MultiValued, |film| film.leads.clone()),
            column("period", Categorical, |film| vec![format!("{}s", film.year - film.year % 10)]),
            column("year", Display, |film| vec![film.year.to_string()]),
        ],
    }
}

fn users(raters: &[Rater]) -> Table {
    let column = |name, told: fn(&Rater) -> Option<&str>| Column {
        values: raters.iter().map(|rater| told(rater).map(str::to_owned).into_iter().collect()).collect(),
        ..Column::new(name, ColumnKind::Categorical)
    };
    Table {
        ids: (1..=raters.len()).map(|n| format!("rater-{n}")).collect(),
        columns: vec![column("age", |rater| rater.told_age), column("company", |rater| rater.told_company)],
        ..Table::default()
    }
}
