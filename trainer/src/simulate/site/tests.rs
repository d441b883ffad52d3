use super::{Files, Shape, write};
use crate::data::Dataset;
use crate::load::load_dataset;
use std::collections::HashSet;
use std::fs;
use std::path::Path;

const SHAPE: Shape = Shape { users: 2000, items: 500, ratings: 60_000 };

fn generated(shape: Shape, seed: u64) -> Dataset {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), shape, &Files::Whole, seed).unwrap();
    load_dataset(folder.path().to_str().unwrap()).unwrap()
}

fn by(count: usize, rows: impl Iterator<Item = u32>) -> Vec<usize> {
    let mut counts = vec![0; count];
    rows.for_each(|row| counts[row as usize] += 1);
    counts.sort_unstable();
    counts
}

#[test]
fn has_the_shape_asked_for_and_the_skew_of_people() {
    let data = generated(SHAPE, 1);
    let (users, items) = (data.users.ids.len(), data.items.ids.len());
    assert_eq!(Shape { users, items, ratings: data.ratings.len() }, SHAPE);
    let pairs: HashSet<(u32, u32)> = data.ratings.iter().map(|rating| (rating.user, rating.item)).collect();
    assert_eq!(pairs.len(), SHAPE.ratings);

    let of_users = by(users, data.ratings.iter().map(|rating| rating.user));
    let of_items = by(items, data.ratings.iter().map(|rating| rating.item));
    assert!(of_users[users / 2] * 3 < SHAPE.ratings / users * 2, "median {}", of_users[users / 2]);
    assert!(of_users[users - 1] <= items / 2);
    assert!(of_items[items - 1] > 3 * of_items[items / 2], "{} {}", of_items[items - 1], of_items[items / 2]);
}

/// Users explain a part of the variance of ratings, and ratings use the whole scale.
#[test]
fn there_is_something_to_learn() {
    let data = generated(SHAPE, 1);
    let mean = |of: &dyn Fn(f32) -> f32| data.ratings.iter().map(|r| of(r.value)).sum::<f32>() / SHAPE.ratings as f32;
    let average = mean(&|value| value);
    let variance = mean(&|value| (value - average).powi(2));
    let mut users = vec![(0.0, 0.0); SHAPE.users];
    for rating in &data.ratings {
        let (sum, count) = &mut users[rating.user as usize];
        *sum += rating.value - average;
        *count += 1.0;
    }
    let explained = users.iter().filter(|user| user.1 > 10.0).map(|(sum, count)| sum * sum / count);
    let explained = explained.sum::<f32>() / SHAPE.ratings as f32 / variance;
    assert!((0.1..0.5).contains(&explained), "{explained}");
    for value in [0.5, 1.0, 4.5, 5.0] {
        assert!(data.ratings.iter().any(|rating| rating.value == value), "{value}");
    }
}

#[test]
fn a_seed_gives_the_same_bytes_on_any_number_of_threads() {
    let files = |folder: &Path| {
        ["schema.toml", "items.csv", "users.csv", "ratings.csv"].map(|name| fs::read(folder.join(name)).unwrap())
    };
    let written = |seed, threads| {
        let folder = tempfile::tempdir().unwrap();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| write(folder.path(), SHAPE, &Files::Whole, seed).unwrap());
        files(folder.path())
    };
    let first = written(1, 1);
    assert!(first == written(1, 3));
    let other = written(2, 1);
    assert!((1..4).all(|file| first[file] != other[file]));
}

#[test]
fn as_many_ratings_as_there_can_be_and_no_more() {
    let full = Shape { users: 40, items: 30, ratings: 40 * 15 };
    let data = generated(full, 3);
    assert!(by(40, data.ratings.iter().map(|rating| rating.user)).iter().all(|&count| count == 15));
    let error = Shape { ratings: full.ratings + 1, ..full }.check().unwrap_err().to_string();
    assert_eq!(error, "601 ratings of 30 items by 40 users: expected at most 600, half of the items each");
    assert!(Shape { users: 0, ..full }.check().is_err());
}

/// Files in parts, which several processes may write, are the same site as whole ones.
#[test]
fn parts_are_the_same_site() {
    let whole = generated(SHAPE, 3);
    let folder = tempfile::tempdir().unwrap();
    for parts in [2..3, 1..2, 0..1] {
        assert!(!folder.path().join("schema.toml").exists());
        write(folder.path(), SHAPE, &Files::Parts(3, parts), 3).unwrap();
    }
    assert_eq!(fs::read_dir(folder.path().join("ratings")).unwrap().count(), 3);
    assert_eq!(load_dataset(folder.path().to_str().unwrap()).unwrap(), whole);
}

/// A shard is written again, and beside nothing but shards of the same site.
#[test]
fn a_shard_goes_to_a_folder_of_the_same_site_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let shard = |seed, count, part| write(path, SHAPE, &Files::Parts(count, part..part + 1), seed);
    shard(1, 2, 0).unwrap();
    shard(1, 2, 1).unwrap();
    let last = fs::read(path.join("ratings/part-00002.csv")).unwrap();
    shard(1, 2, 1).unwrap();
    let refused = |seed, count, name: &str| {
        let error = shard(seed, count, 0).unwrap_err().to_string();
        assert!(error.contains(name) && error.contains("--out"), "{error}");
        assert_eq!(fs::read(path.join("ratings/part-00002.csv")).unwrap(), last);
    };
    refused(2, 2, "items.csv");
    refused(1, 3, "schema.toml");
    fs::write(path.join("users.csv"), "id,age,region\n").unwrap();
    refused(1, 2, "users.csv");
    fs::remove_file(path.join("users.csv")).unwrap();
    fs::remove_file(path.join("schema.toml")).unwrap();
    refused(1, 1, "part-00002.csv");
}
