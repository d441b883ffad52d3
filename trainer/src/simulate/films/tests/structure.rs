//! The simulated ratings have the structure that a recommender is to find.

use crate::data::{Dataset, Rating, Table};
use crate::simulate::films::{DEFAULT_SEED, films};
use std::sync::LazyLock;

static DATA: LazyLock<Dataset> = LazyLock::new(|| films(DEFAULT_SEED));

/// Return the ratings by user.
fn by_user(data: &Dataset) -> Vec<Vec<Rating>> {
    let mut users = vec![Vec::new(); data.users.ids.len()];
    for rating in &data.ratings {
        users[rating.user as usize].push(*rating);
    }
    users
}

fn has(table: &Table, column: &str, row: u32, value: &str) -> bool {
    let values = &table.column(column).unwrap().values[row as usize];
    values.iter().any(|it| it == value)
}

fn mean(values: impl IntoIterator<Item = f32>) -> f32 {
    let (mut sum, mut count) = (0.0, 0.0);
    for value in values {
        sum += value;
        count += 1.0;
    }
    sum / count
}

/// Return the mean rating of a genre by the users who have `value` in `column`.
fn liking(genre: &str, column: &str, value: &str) -> f32 {
    let ratings = DATA
        .ratings
        .iter()
        .filter(|rating| has(&DATA.users, column, rating.user, value) && has(&DATA.items, "genre", rating.item, genre));
    mean(ratings.map(|rating| rating.value))
}

#[test]
fn a_seed_gives_the_same_data_and_another_seed_other_data() {
    assert_eq!(*DATA, films(DEFAULT_SEED));
    let other = films(DEFAULT_SEED + 1);
    assert_eq!(DATA.items, other.items);
    assert_ne!(DATA.users, other.users);
    assert_ne!(DATA.ratings, other.ratings);
}

#[test]
fn the_notice_says_that_raters_are_simulated() {
    assert!(DATA.notice.contains("simulated"), "{}", DATA.notice);
}

#[test]
fn ratings_are_whole_stars_one_per_user_and_item_and_as_generous_as_people() {
    let mut seen = std::collections::HashSet::new();
    for rating in &DATA.ratings {
        assert!([1.0, 2.0, 3.0, 4.0, 5.0].contains(&rating.value), "{rating:?}");
        assert!(seen.insert((rating.user, rating.item)), "{rating:?} is there twice");
    }
    let mean = mean(DATA.ratings.iter().map(|rating| rating.value));
    assert!((3.5..=3.75).contains(&mean), "mean rating {mean}");
}

/// Raters who like one half of their science fiction films more than their average like the other half more too.
#[test]
fn taste_for_a_genre_carries_over_to_its_other_films() {
    let (mut fans, mut others) = (Vec::new(), Vec::new());
    for ratings in by_user(&DATA) {
        let own = mean(ratings.iter().map(|rating| rating.value));
        let films = ratings.iter().filter(|it| has(&DATA.items, "genre", it.item, "Science Fiction"));
        let above: Vec<f32> = films.map(|rating| rating.value - own).collect();
        if above.len() < 6 {
            continue;
        }
        let (known, rest) = above.split_at(above.len() / 2);
        let group = if mean(known.iter().copied()) > 0.0 { &mut fans } else { &mut others };
        group.push(mean(rest.iter().copied()));
    }
    assert!(fans.len() > 100 && others.len() > 100);
    let (fans, others) = (mean(fans), mean(others));
    assert!(fans > 0.2 && fans - others > 0.5, "{fans} of fans, {others} of others");
}

#[test]
fn company_matters() {
    let more = |genre, company, other| {
        let gap = liking(genre, "company", company) - liking(genre, "company", other);
        assert!(gap > 0.3, "{genre}: {company} gives only {gap} more than {other}");
    };
    more("Animation", "family", "alone");
    more("Horror", "friends", "family");
    more("Romance", "partner", "friends");
    more("Mystery", "alone", "family");
}

#[test]
fn age_matters() {
    let more = |genre, age, other| {
        let gap = liking(genre, "age", age) - liking(genre, "age", other);
        assert!(gap > 0.3, "{genre}: {age} gives only {gap} more than {other}");
    };
    more("Animation", "under 18", "55+");
    more("Horror", "18–24", "55+");
    more("War", "55+", "under 18");

    let share_of_old_films = |age| {
        let ratings = DATA.ratings.iter().filter(|it| has(&DATA.users, "age", it.user, age));
        let year = &DATA.items.column("year").unwrap().values;
        mean(ratings.map(|it| f32::from(u8::from(year[it.item as usize][0].as_str() < "1980"))))
    };
    let (young, old) = (share_of_old_films("under 18"), share_of_old_films("55+"));
    assert!(old > 2.0 * young, "films before 1980: {young} of the young's, {old} of the old's");
}

#[test]
fn a_few_raters_keep_a_field_to_themselves() {
    for column in &DATA.users.columns {
        let untold = column.values.iter().filter(|values| values.is_empty());
        let share = untold.count() as f32 / column.values.len() as f32;
        assert!((0.02..0.10).contains(&share), "{}: {share} unknown", column.name);
    }
}

#[test]
fn most_raters_have_seen_few_of_the_films() {
    let mut counts: Vec<usize> = by_user(&DATA).iter().map(Vec::len).collect();
    counts.sort_unstable();
    let median = counts[counts.len() / 2];
    assert!(counts[0] >= 15 && counts[counts.len() - 1] <= 120, "{} to {}", counts[0], counts[counts.len() - 1]);
    assert!((30..=40).contains(&median), "median {median}");
    assert!(median * 10 < DATA.items.ids.len(), "median {median} of {}", DATA.items.ids.len());
}

/// More famous films have more ratings.
#[test]
fn famous_films_are_rated_more() {
    let films = super::super::list::List::read().unwrap().films;
    let mut counts = vec![0.0; films.len()];
    for rating in &DATA.ratings {
        counts[rating.item as usize] += 1.0;
    }
    let of_fame = |fame| mean(films.iter().zip(&counts).filter(|(it, _)| it.fame == fame).map(|(_, n)| *n));
    let means = [1, 2, 3, 4, 5].map(of_fame);
    assert!(means.is_sorted_by(|few, many| 1.4 * few < *many), "{means:?}");
}
