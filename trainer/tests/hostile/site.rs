//! A small site's folder, as a case starts from it, and what must hold of whatever it becomes.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use trainer::data::Dataset;
use trainer::load::load_dataset;

/// Names and contents of the files.
pub const FILES: [(&str, &str); 5] = [
    (
        "schema.toml",
        "name = \"shop\"\n[ratings]\nrating = \"stars\"\nmin = 1\nmax = 5\ntime = \"day\"\nrepeats = \"last\"\n\
         [items]\nfile = \"items.*\"\n[items.fields]\ngenre = { kind = \"multi-valued\" }\nyear = { kind = \"number\" }\n\
         [users.fields]\nage = { kind = \"categorical\" }\njoined = { kind = \"date\" }\n",
    ),
    ("ratings.csv", "user,item,stars,day\nu,a,5,2024-03-06\nv,a,2.5,2024-03-07\nv,b,1,1709800000\nu,a,4,2024-03-08\n"),
    ("items.csv", "id,year,title,genre\na,1999,Alpha,x|y\nb,,\"Be,\"\"ta\",\n"),
    ("users.csv", "id,age,joined\nu,young,2020-01-01\nv,,\n"),
    ("items.jsonl", "{\"id\":\"c\",\"title\":\"\\u0043 \\\"\",\"genre\":[\"x\",\"z\"],\"year\":2001}\n"),
];

/// Read a folder with these files: its data is refused with a message for people, or is sound.
///
/// # Panics
/// Panics if neither holds.
pub fn read_or_refuse(folder: &Path, files: &[(&str, Vec<u8>)]) -> Option<Dataset> {
    for (name, content) in files {
        fs::write(folder.join(name), content).expect("a temporary folder");
    }
    match load_dataset(folder.to_str().expect("a path in UTF-8")) {
        Ok(data) => {
            check(&data);
            Some(data)
        }
        Err(error) => {
            let message = error.to_string();
            assert!(message.contains("expected") || message.contains("cannot"), "says no expectation: {message}");
            let is_sound = |character: char| character == '\n' || !character.is_control();
            assert!(message.chars().all(is_sound), "control characters reach the terminal: {message:?}");
            assert!(message.len() < 4000, "a message of {} bytes", message.len());
            None
        }
    }
}

/// Check that rows, ids, ratings and columns fit each other.
fn check(data: &Dataset) {
    for table in [&data.items, &data.users] {
        let ids: HashSet<&String> = table.ids.iter().collect();
        assert_eq!(ids.len(), table.ids.len(), "an id twice");
        assert!(!ids.iter().any(|id| id.is_empty()), "an empty id");
        assert!(table.columns.iter().all(|column| column.values.len() == table.ids.len()));
    }
    assert_eq!(data.items.titles.len(), data.items.ids.len());
    assert!(data.times.is_empty() || data.times.len() == data.ratings.len());
    let mut pairs = HashSet::new();
    for rating in &data.ratings {
        assert!((rating.user as usize) < data.users.ids.len() && (rating.item as usize) < data.items.ids.len());
        assert!((data.scale.min..=data.scale.max).contains(&rating.value), "{rating:?}");
        assert!(pairs.insert((rating.user, rating.item)), "{rating:?} twice");
    }
}
