//! What is done with repeated, orphaned, missing and impossible ratings, and how it is counted.

use super::{PICKS, SITE, folder, load};
use crate::data::{Dataset, Findings, Rating, site};

const HEAD: &str = "user,item,stars,when\n";

/// Read [`SITE`] with keys at the top of its schema, and ratings.
fn read(keys: &str, rows: &str) -> Dataset {
    let schema = format!("{keys}\n{}", std::str::from_utf8(SITE[0].1).unwrap());
    let files = [("schema.toml", schema.as_bytes()), ("ratings.csv", rows.as_bytes())];
    load(&folder(SITE, &files)).unwrap_or_else(|error| panic!("{keys}: {error}"))
}

/// Return the ratings as user, item and value, and what was changed as texts.
fn outcome(data: &Dataset) -> (Vec<(u32, u32, f32)>, Vec<String>) {
    let ratings = data.ratings.iter().map(|&Rating { user, item, value }| (user, item, value)).collect();
    let changed = |what: &&crate::data::Change| !what.what.contains("without a value");
    let changes =
        data.changes.iter().filter(changed).map(|change| format!("{} {}", change.count, change.what)).collect();
    (ratings, changes)
}

/// The last and first are by time where there is one, else by the file; exactly equal ratings count once under every policy.
#[test]
fn repeated_ratings() {
    let rows = format!("{HEAD}u,a,2,300\nv,a,4,1\nu,a,5,100\nu,a,5,100\nu,a,3,200\n");
    let again = "2 ratings given again with another value or time";
    let equal = "1 ratings given again as they were: counted once";
    for (keys, time, value, rule) in [
        ("repeats = \"last\"", "", 3.0, "the last counts"),
        ("repeats = \"first\"", "", 2.0, "the first counts"),
        ("repeats = \"mean\"", "", 10.0 / 3.0, "their mean counts"),
        ("repeats = \"last\"", "when", 2.0, "the last counts"),
        ("repeats = \"first\"", "when", 5.0, "the first counts"),
    ] {
        let schema = std::str::from_utf8(SITE[0].1).unwrap();
        let time = if time.is_empty() { String::new() } else { format!("time = {time:?}\n") };
        let schema = format!("{keys}\n{}", schema.replace("rating = ", &format!("{time}rating = ")));
        let files = [("schema.toml", schema.as_bytes()), ("ratings.csv", rows.as_bytes())];
        let data = load(&folder(SITE, &files)).unwrap();
        let (mut ratings, changes) = outcome(&data);
        ratings.sort_by_key(|&(user, ..)| user);
        assert_eq!(ratings, [(0, 0, value), (1, 0, 4.0)], "{keys} {time}");
        assert_eq!(changes, [equal.to_owned(), format!("{again}: {rule}")], "{keys} {time}");
        assert_eq!(data.times.len(), if time.is_empty() { 0 } else { 2 });
    }
    let between = read("repeats = \"last\"", &format!("{HEAD}u,a,2,\nu,a,5,\nu,a,2,\n"));
    assert_eq!(outcome(&between).0, [(0, 0, 2.0)], "the last, though it equals the first");
    let equal_ones = read("", &format!("{HEAD}u,a,5,1\nv,a,4,1\nu,a,5,2\n"));
    assert_eq!(outcome(&equal_ones).1, ["1 ratings given again as they were: counted once"]);
    let picks = load(&folder(PICKS, &[("picks.csv", b"reader,comic\nu,a\nu,a\nu,b\n")])).unwrap();
    assert_eq!(outcome(&picks).1, ["1 picks given again as they were: counted once"]);
}

#[test]
fn orphans_missing_and_impossible_ratings() {
    let rows = format!("{HEAD}u,a,5,\nu,gone,4,\nw,a,4,\n,a,3,\nv,a,7,\nv,b,,\nu,b,NULL,\n");
    let dropped = read("orphans = \"drop\"\nmissing = [\"NULL\"]\nout_of_range = \"drop\"", &rows);
    let (ratings, changes) = outcome(&dropped);
    assert_eq!(ratings, [(0, 0, 5.0)]);
    assert_eq!(
        changes,
        [
            "1 ratings below 1 or above 5: dropped",
            "1 ratings of items that are not in items.csv: dropped",
            "2 ratings of users that are not in users.csv: dropped",
            "2 ratings that are missing: dropped",
        ]
    );
    let clamped = read("out_of_range = \"clamp\"", &format!("{HEAD}u,a,-3,\nv,a,7,\n"));
    assert_eq!(outcome(&clamped).0, [(0, 0, 1.0), (1, 0, 5.0)]);
    assert_eq!(outcome(&clamped).1, ["2 ratings below 1 or above 5: set to the nearer of the two"]);
}

/// Words for a missing value are unknown in fields, also in one of several values; a missing title is the id.
#[test]
fn missing_values() {
    let schema = format!("missing = [\"\\\\N\", \"nan\"]\n{}", std::str::from_utf8(SITE[0].1).unwrap());
    let items = b"id,year,title,genre\na,nan,nan,x|nan\nb,1999,,\\N\n";
    let data = load(&folder(SITE, &[("schema.toml", schema.as_bytes()), ("items.csv", items)])).unwrap();
    assert_eq!(data.items.titles, ["a", "b"]);
    assert_eq!(data.items.column("genre").unwrap().values, [vec!["x"], vec![]]);
    let changes: Vec<String> = data.changes.iter().map(|change| format!("{} {}", change.count, change.what)).collect();
    assert_eq!(
        changes,
        [
            "2 items without a title: their id is shown",
            "1 items without a value of \"genre\": unknown",
            "1 items without a value of \"year\": unknown",
            "1 users without a value of \"age\": unknown",
        ]
    );
}

/// All problems are found at once, the first twenty of each kind, in all tables; rows without problems are read.
#[test]
fn all_problems_are_collected() {
    let mut rows = format!("{HEAD}u,a,5,\nu,a,4,\nv,a,x,\nv,b,9,\nv,b\n");
    (0..30).for_each(|row| rows += &format!("u,gone{row},3,\n"));
    let items = b"id,year,title,genre\na,,A,\na,,A,\n,,C,\nb,,B,\n";
    let folder = folder(SITE, &[("ratings.csv", rows.as_bytes()), ("items.csv", items)]);
    let mut findings = Findings::of_all_problems();
    let data = site::read_with(folder.path(), &mut findings).unwrap();
    assert_eq!(data.ratings.len(), 1);
    let found: Vec<(&str, u64, usize, Option<u64>)> = (findings.problems().iter())
        .map(|problem| (problem.kind, problem.count, problem.first.len(), problem.first[0].line))
        .collect();
    assert_eq!(
        found,
        [
            ("missing or repeated ids", 2, 2, Some(3)),
            ("ratings that are no number", 1, 1, Some(4)),
            ("ratings beyond the scale", 1, 1, Some(5)),
            ("rows that cannot be read", 1, 1, Some(6)),
            ("unknown items", 30, 20, Some(7)),
            ("repeated ratings", 1, 1, Some(3)),
        ]
    );
}

/// Seconds, milliseconds and ISO 8601 are the same times.
#[test]
fn times() {
    use crate::data::time::parse;
    let expected = Some(1_700_000_000_000);
    for text in [
        "1700000000",
        "1700000000.0",
        "1700000000000",
        "1700000000000000",
        "2023-11-14T22:13:20Z",
        "2023-11-14 22:13:20",
        "2023-11-14T23:13:20+01:00",
    ] {
        assert_eq!(parse(text), expected, "{text}");
    }
    assert_eq!(parse("2023-11-14"), Some(1_699_920_000_000));
    for text in ["", "yesterday", "2023-13-01", "14.11.2023", "nan"] {
        assert_eq!(parse(text), None, "{text}");
    }
}

/// Numbers and dates are read in one way of writing them; what is neither is refused, unless it is said to be missing.
#[test]
fn numbers_and_dates_of_fields() {
    let schema = |keys: &str| {
        let fields = "price = { kind = \"number\" }\nsince = { kind = \"date\" }\n[users.fields]";
        format!("{keys}\n{}", std::str::from_utf8(SITE[0].1).unwrap().replace("[users.fields]", fields))
    };
    let items = "id;year;title;genre;price;since\na;;A;;9,50;2024-02-29\nb;;B;;-;1700000000\n";
    let read = |keys: &str, items: &str| {
        let schema = schema(keys);
        let files = [("schema.toml", schema.as_bytes()), ("items.csv", items.as_bytes())];
        load(&folder(
            SITE,
            &[&files[..], &[("users.csv", b"id;age\nu;\nv;\n"), ("ratings.csv", b"user;item;stars\nu;a;5\n")]].concat(),
        ))
    };
    let keys = "separator = \";\"\ndecimal = \",\"";
    let data = read(&format!("{keys}\nmissing = [\"-\"]"), items).unwrap();
    assert_eq!(data.items.column("price").unwrap().values, [vec!["9.5"], vec![]]);
    assert_eq!(data.items.column("since").unwrap().values, [["2024-02-29"], ["2023-11-14"]]);
    let error = read(keys, items).unwrap_err();
    assert!(error.to_string().ends_with("items.csv:3: column \"price\": found \"-\", expected a number"), "{error}");
    assert!(error.guess.unwrap().to_string().contains("write missing = [\"-\"]"));
    let error = read(keys, &items.replace("1700000000", "May").replace(";-;", ";;")).unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("column \"since\": found \"May\", expected a date such as 2026-01-31, or seconds since 1970")
    );
}

/// Counts of picks are read; those of a repeated pick are added up, and a missing one is one.
#[test]
fn counts_of_picks() {
    let schema = std::str::from_utf8(PICKS[0].1).unwrap().replace("[picks]", "[picks]\ncount = \"plays\"");
    let read = |rows: &str| {
        let files = [("schema.toml", schema.as_bytes()), ("picks.csv", rows.as_bytes())];
        load(&folder(PICKS, &files))
    };
    let data = read("reader,comic,plays\nu,a,3\nu,b,\nv,a,2.5\nu,a,4\n").unwrap();
    assert_eq!(outcome(&data).0, [(0, 0, 1.0), (0, 1, 1.0), (1, 0, 1.0)]);
    assert_eq!(data.counts, [7.0, 1.0, 2.5]);
    for wrong in ["0", "-1", "many", "inf"] {
        let error = read(&format!("reader,comic,plays\nu,a,{wrong}\n")).unwrap_err().to_string();
        assert!(
            error.ends_with(&format!("picks.csv:2: column \"plays\": found \"{wrong}\", expected a number above 0")),
            "{error}"
        );
    }
}
