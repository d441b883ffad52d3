//! Splits and task files are read, and refused with file, line and reason; any line ends, and cells of any length.

use super::{MOVIELENS, SITE, folder, load};
use crate::data::{Split, tasks_file};
use std::fs;
use std::time::{Duration, Instant};

#[test]
fn a_split_is_resolved_to_sorted_rows() {
    let folder = folder(SITE, &[]);
    let data = load(&folder).unwrap();
    let path = folder.path().join("split.json");
    let read = |json: &str| {
        fs::write(&path, json).unwrap();
        Split::read(&path, &data)
    };
    let split = read(r#"{"warm_users": ["v", "u", "v"], "cold_items": ["b"]}"#).unwrap();
    assert_eq!(split.warm_users, [0, 1]);
    assert_eq!(split.cold_items, [1]);
    assert!(split.validation_users.is_empty());

    for (json, message) in [
        (
            r#"{"warm_users": ["u"], "cold_items": [9]}"#,
            "found unknown id \"9\" in cold_items, expected ids of the data set; \
             use the split that belongs to the data",
        ),
        (
            r#"{"warm_users": ["u"], "cold_items": [], "validation_users": ["u"]}"#,
            "found user \"u\" in warm_users and in validation_users, \
             expected every user in one of them",
        ),
        (r#"{"warm_users": [], "cold_items": []}"#, "found no warm_users, expected users to learn from"),
    ] {
        let error = read(json).unwrap_err().to_string();
        assert_eq!(error, format!("{}: {message}", path.display()));
    }
    let error = read("{\"warm_users\": [\"u\"],\n\"warm\": []}").unwrap_err();
    assert_eq!(error.line, Some(2));
    assert!(error.found.contains("unknown field `warm`"), "{error}");
    let error = read(r#"{"warm_users": [1.5], "cold_items": []}"#).unwrap_err();
    assert!(error.expected.contains("an id (a text or a whole number)"), "{error}");
}

#[test]
fn tasks_have_ids_of_both_kinds_and_user_fields() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.jsonl");
    let read = |lines: &str| {
        fs::write(&path, lines).unwrap();
        tasks_file::read(&path)
    };
    let tasks = read(concat!(
        r#"{"user":12,"support":[[7,4],["x",3.5]],"query":[]}"#,
        "\r\n\n",
        r#"{"user":"z","support":[],"query":[[1,5]],"#,
        r#""user_fields":{"age":"25–34","likes":["a","b"],"zip":null}}"#,
    ))
    .unwrap();
    assert_eq!(tasks[0].user, "12");
    assert_eq!(tasks[0].support, [("7".to_owned(), 4.0), ("x".to_owned(), 3.5)]);
    assert_eq!(tasks[0].user_fields, None);
    let fields = tasks[1].user_fields.as_ref().unwrap();
    assert_eq!(fields["age"], ["25–34"]);
    assert_eq!(fields["likes"], ["a", "b"]);
    assert!(fields["zip"].is_empty());

    let good = r#"{"user":1,"support":[],"query":[]}"#;
    for (bad, words) in [
        ("{", "EOF while parsing an object"),
        (r#"{"user":1,"support":[]}"#, "missing field `query`"),
        (r#"{"user":1,"support":[],"query":[],"k":3}"#, "unknown field `k`"),
        (r#"{"user":1,"support":[[1]],"query":[]}"#, "invalid length 1"),
        (r#"{"user":1,"support":[[1,"5"]],"query":[]}"#, "expected f32"),
        (r#"{"user":1,"support":[[1,1e99]],"query":[]}"#, "beyond all numbers"),
        (r#"{"user":1,"support":[],"query":[],"user_fields":{"age":5}}"#, "expected a text, a list of texts or null"),
    ] {
        let error = read(&format!("{good}\n{bad}\n")).unwrap_err();
        assert_eq!(error.line, Some(2), "{error}");
        assert!(error.to_string().contains(words), "{error}");
    }
}

/// Lines that end in `\r`, as old spreadsheets write them, are counted as others are.
#[test]
fn lines_may_end_in_carriage_returns() {
    for (files, file, good, bad) in [
        (SITE, "ratings.csv", "user,item,stars\nu,a,5\n\nv,a,2.5\n", "v,a,9\n"),
        (MOVIELENS, "ratings.dat", "1::10::5::0\n\n2::20::3::0\n", "2::20::9::0\n"),
    ] {
        let count = |text: &str| load(&folder(files, &[(file, text.as_bytes())])).map(|data| data.ratings.len());
        for end in ["\n", "\r\n", "\r"] {
            assert_eq!(count(&good.replace('\n', end)), Ok(2), "{end:?}");
            let error = count(&format!("{good}{bad}").replace('\n', end)).unwrap_err();
            assert_eq!(error.line, Some(1 + good.lines().count() as u64), "{end:?}: {error}");
        }
    }
}

#[test]
fn a_cell_of_many_values_is_read_in_linear_time() {
    let values: Vec<String> = (0..200_000).map(|value| format!("v{value}")).collect();
    let items = format!("id,year,title,genre\na,1999,Alpha,{}|v0\nb,,Beta,\n", values.join("|"));
    let folder = folder(SITE, &[("items.csv", items.as_bytes())]);
    let start = Instant::now();
    let data = load(&folder).unwrap();
    assert_eq!(data.items.columns[1].values[0], values);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}
