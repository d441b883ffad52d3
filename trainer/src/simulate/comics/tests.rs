//! The invented comics are well-formed, and the picks have the structure that a recommender is to find.

use super::{DEFAULT_SEED, comics};
use crate::data::{Dataset, Feedback, Table};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static DATA: LazyLock<Dataset> = LazyLock::new(|| comics(DEFAULT_SEED));

/// Items of every user, in the order in which they were picked.
static PICKS: LazyLock<Vec<Vec<usize>>> = LazyLock::new(|| {
    let mut picks = vec![Vec::new(); DATA.users.ids.len()];
    DATA.ratings.iter().for_each(|pick| picks[pick.user as usize].push(pick.item as usize));
    picks
});

fn values<'a>(table: &'a Table, column: &str) -> &'a [Vec<String>] {
    &table.column(column).unwrap().values
}

fn distinct<'a>(texts: impl IntoIterator<Item = &'a String>) -> HashSet<String> {
    texts.into_iter().map(|text| text.to_lowercase()).collect()
}

#[test]
fn a_seed_gives_the_same_data_and_another_seed_other_data() {
    assert!(*DATA == comics(DEFAULT_SEED));
    let other = comics(DEFAULT_SEED + 1);
    assert_ne!(DATA.items.titles, other.items.titles);
    assert_ne!(DATA.ratings, other.ratings);
}

#[test]
fn the_notice_says_that_comics_and_readers_are_invented() {
    for word in ["comics", "readers", "invented"] {
        assert!(DATA.notice.contains(word), "{}", DATA.notice);
    }
}

#[test]
fn no_title_and_no_id_is_there_twice_and_every_pattern_is_filled_in() {
    let Table { ids, titles, .. } = &DATA.items;
    assert_eq!([ids.len(), distinct(ids).len(), distinct(titles).len()], [10_000; 3]);
    assert_eq!(distinct(&DATA.users.ids).len(), 6_000);
    for title in titles {
        let words: Vec<&str> = title.split(' ').collect();
        assert!(words.iter().all(|word| !word.is_empty() && !word.contains(['{', '}', '|'])), "{title:?}");
        assert!((2..=8).contains(&words.len()), "{title:?}");
    }
}

#[test]
fn the_fields_are_of_the_shape_that_is_promised() {
    let count = |column| distinct(values(&DATA.items, column).iter().flatten()).len();
    assert_eq!(["tags", "status", "language"].map(count), [60, 3, 6]);
    assert!((3_700..4_300).contains(&count("author")), "{} authors", count("author"));
    for (row, tags) in values(&DATA.items, "tags").iter().enumerate() {
        assert!(!tags.is_empty() && distinct(tags).len() == tags.len(), "{} has {tags:?}", DATA.items.ids[row]);
    }
    for column in &DATA.users.columns {
        let untold = column.values.iter().filter(|values| values.is_empty()).count();
        assert!((400..800).contains(&untold), "{}: {untold} of 6000 unknown", column.name);
    }
}

#[test]
fn every_reader_has_5_to_200_picks_each_of_another_comic() {
    assert_eq!(DATA.feedback(), Feedback::Picks);
    let total = DATA.ratings.len();
    assert!((180_000..220_000).contains(&total), "{total} picks");
    assert_eq!(DATA.picks().count(), total);
    for (user, picks) in PICKS.iter().enumerate() {
        assert!((5..=200).contains(&picks.len()), "{}: {} picks", DATA.users.ids[user], picks.len());
        assert_eq!(picks.iter().collect::<HashSet<_>>().len(), picks.len(), "{}", DATA.users.ids[user]);
    }
}

/// A few comics have most of the picks, most comics have a few, and hardly any has none.
#[test]
fn popularity_is_long_tailed() {
    let mut counts = vec![0; DATA.items.ids.len()];
    DATA.ratings.iter().for_each(|pick| counts[pick.item as usize] += 1);
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let share = |items: usize| f64::from(counts[..items].iter().sum::<i32>()) / DATA.ratings.len() as f64;
    let shares = [share(100), share(1_000), share(5_000)];
    assert!(shares[0] > 0.12 && shares[1] > 0.4 && shares[2] > 0.8, "{shares:?}");
    assert!(counts[0] > 400 && counts[9_500] > 0, "{} to {}", counts[0], counts[9_500]);
}

/// Comics with the tag, author or language of an early pick are more frequent among a reader's later picks than among
/// all picks.
#[test]
fn tags_authors_and_languages_carry_over_to_later_picks() {
    for (column, least) in [("tags", 2.0), ("author", 3.0), ("language", 1.3)] {
        let values = values(&DATA.items, column);
        let mut all: HashMap<&str, f64> = HashMap::new();
        for value in DATA.ratings.iter().flat_map(|pick| &values[pick.item as usize]) {
            *all.entry(value).or_default() += 1.0 / DATA.ratings.len() as f64;
        }
        let (mut later, mut expected) = (0.0, 0.0);
        for picks in PICKS.iter().filter(|picks| picks.len() >= 10) {
            let (earlier, rest) = picks.split_at(picks.len() / 2);
            for value in values[earlier[0]].iter().take(1) {
                later += rest.iter().filter(|item| values[**item].contains(value)).count() as f64;
                expected += all[value.as_str()] * rest.len() as f64;
            }
        }
        assert!(later > least * expected, "{column}: {later} later picks, {expected} of anybody");
    }
}

/// Item neighbours, the simplest model that knows tastes, hit more later picks than popularity does.
#[test]
fn popularity_alone_loses_to_neighbours() {
    let (shown, held_out) = PICKS.split_at(5_600);
    let mut readers = vec![Vec::new(); DATA.items.ids.len()];
    for (reader, picks) in shown.iter().enumerate() {
        picks.iter().for_each(|item| readers[*item].push(reader));
    }
    let popularity: Vec<f64> = readers.iter().map(|readers| readers.len() as f64).collect();
    let mut hits = [0, 0];
    for picks in held_out.iter().filter(|picks| picks.len() >= 15) {
        let (known, wanted) = picks.split_at(5);
        let mut neighbours = vec![0.0; popularity.len()];
        for (item, reader) in known.iter().flat_map(|item| readers[*item].iter().map(move |reader| (item, reader))) {
            shown[*reader].iter().for_each(|other| neighbours[*other] += 1.0 / popularity[*item].sqrt());
        }
        for (hits, scores) in hits.iter_mut().zip([&popularity, &neighbours]) {
            let mut best: Vec<usize> = (0..scores.len()).filter(|item| !known.contains(item)).collect();
            best.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
            *hits += best[..10].iter().filter(|item| wanted.contains(item)).count();
        }
    }
    assert!(hits[1] > 2 * hits[0], "hits in ten: {} of popularity, {} of neighbours", hits[0], hits[1]);
}
