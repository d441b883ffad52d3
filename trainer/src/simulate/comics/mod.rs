//! The embedded data set of picks: web comics and readers that are **invented**, all of them.
//!
//! Its shape differs from that of the films: ten thousand items, no ratings, tags instead of people, one author per two
//! or three items, readers of several languages.
//!
//! 1. Tags come in [`cluster`]s; each mixes with its neighbours.
//! 2. A comic has an author, who keeps to a language and mostly to a cluster, and a title made by a small grammar
//!    ([`words`]); few comics are famous ([`catalogue`]).
//! 3. A [`reader`] has a language, an age band and one or two favourite clusters. They pick famous comics, in a language
//!    they read, to their taste, and sometimes another comic of an author picked before.
//!
//! A seed gives the same data on every platform, as with films.

mod catalogue;
mod cluster;
mod reader;
#[cfg(test)]
mod tests;
mod words;

use crate::data::{Column, ColumnKind, Dataset, Rating, Scale, Table};
use catalogue::{Catalogue, Comic, LANGUAGES, STATUSES};
use cluster::tag_name;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use reader::Reader;

/// Seed of the embedded data.
pub const DEFAULT_SEED: u64 = 1;

const COMICS: usize = 10_000;
const READERS: u32 = 6_000;

/// Generate 10,000 invented comics and some 200,000 picks of 6,000 invented readers, 5 to 200 each.
///
/// Item columns are `tags`, `author`, `status`, `language` and, for display, `year`; user columns are `language` and
/// `age`, each unknown for one reader in ten.
pub fn comics(seed: u64) -> Dataset {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let catalogue = Catalogue::draw(COMICS, &mut rng);
    let mut readers = Vec::new();
    let mut ratings = Vec::new();
    for user in 0..READERS {
        let reader = Reader::draw(&mut rng);
        let picks = reader.picks(&catalogue, &mut rng);
        ratings.extend(picks.into_iter().map(|item| Rating { user, item, value: Scale::PICKS.max }));
        readers.push(reader);
    }
    Dataset {
        name: "comics".to_owned(),
        notice: "The comics, their authors and their readers are invented: a seeded generator made up every title \
                 and every pick."
            .to_owned(),
        scale: Scale::PICKS,
        items: items(&catalogue),
        users: users(&readers),
        ratings,
        times: Vec::new(),
        counts: Vec::new(),
        changes: Vec::new(),
    }
}

fn items(Catalogue { comics, authors }: &Catalogue) -> Table {
    use ColumnKind::{Categorical, Display, MultiValued};
    let column = |name, kind, values: &dyn Fn(&Comic) -> Vec<String>| Column {
        values: comics.iter().map(values).collect(),
        ..Column::new(name, kind)
    };
    let one = |value: &str| vec![value.to_owned()];
    Table {
        ids: (1..=comics.len()).map(|n| format!("comic-{n}")).collect(),
        titles: comics.iter().map(|comic| comic.title.clone()).collect(),
        columns: vec![
            column("tags", MultiValued, &|comic| comic.tags.iter().map(|tag| tag_name(*tag).to_owned()).collect()),
            column("author", Categorical, &|comic| one(&authors[comic.author].name)),
            column("status", Categorical, &|comic| one(STATUSES[comic.status].0)),
            column("language", Categorical, &|comic| one(LANGUAGES[comic.language].0)),
            column("year", Display, &|comic| one(&comic.year.to_string())),
        ],
    }
}

fn users(readers: &[Reader]) -> Table {
    let column = |name, told: fn(&Reader) -> Option<&str>| Column {
        values: readers.iter().map(|reader| told(reader).map(str::to_owned).into_iter().collect()).collect(),
        ..Column::new(name, ColumnKind::Categorical)
    };
    Table {
        ids: (1..=readers.len()).map(|n| format!("reader-{n}")).collect(),
        columns: vec![column("language", |reader| reader.told_language), column("age", |reader| reader.told_age)],
        ..Table::default()
    }
}
