//! Folders with damaged data are refused with a message, or what is read of them is sound.

mod damage;
mod site;

use damage::{after, damages};
use proptest::prelude::*;
use site::{FILES, read_or_refuse};
use std::cell::Cell;
use std::fs;

fn files() -> Vec<(&'static str, Vec<u8>)> {
    FILES.map(|(name, content)| (name, content.as_bytes().to_vec())).into()
}

#[test]
fn damage_is_an_error_or_data_that_is_sound() {
    let folder = tempfile::tempdir().unwrap();
    let sound = read_or_refuse(folder.path(), &files()).expect("the folder without damage");
    assert_eq!((sound.items.ids.len(), sound.ratings.len()), (3, 3));
    let (accepted, refused) = (Cell::new(0), Cell::new(0));
    proptest!(ProptestConfig::with_cases(2000), |(damages in damages(FILES.len()))| {
        let mut files = files();
        for (file, damage) in &damages {
            let content = std::mem::take(&mut files[*file].1);
            files[*file].1 = after(content, damage);
        }
        match read_or_refuse(folder.path(), &files) {
            Some(data) if data == sound => {}
            Some(_) => accepted.set(accepted.get() + 1),
            None => refused.set(refused.get() + 1),
        }
    });
    assert!(accepted.get() > 30 && refused.get() > 300, "{} accepted, {} refused", accepted.get(), refused.get());
}

/// Any text comes back as it was written: by the crate csv, and by `serde_json`.
#[test]
fn titles_are_read_as_other_writers_wrote_them() {
    let folder = tempfile::tempdir().unwrap();
    let schema = |file: &str| {
        format!("name = \"shop\"\n[items]\nfile = \"{file}\"\n[ratings]\nrating = \"stars\"\nmin = 1\nmax = 5\n")
    };
    fs::write(folder.path().join("ratings.csv"), "user,item,stars\nu,0,5\n").unwrap();
    let text = "[\\PC\\t\u{1F600}\"\\\\,;|]{1,12}".prop_filter("not blank", |text: &String| text.trim() == text);
    proptest!(ProptestConfig::with_cases(300), |(titles in prop::collection::vec(text, 1..6))| {
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(["id", "title"]).unwrap();
        let mut jsonl = String::new();
        for (id, title) in titles.iter().enumerate() {
            csv.write_record([&id.to_string(), title]).unwrap();
            jsonl += &format!("{}\n", serde_json::json!({ "title": title, "id": id }));
        }
        fs::write(folder.path().join("items.csv"), csv.into_inner().unwrap()).unwrap();
        fs::write(folder.path().join("items.jsonl"), jsonl).unwrap();
        for file in ["items.csv", "items.jsonl"] {
            fs::write(folder.path().join("schema.toml"), schema(file)).unwrap();
            let data = trainer::load::load_dataset(folder.path().to_str().unwrap());
            let data = data.unwrap_or_else(|error| panic!("{error}: {titles:?}"));
            prop_assert_eq!(&data.items.titles, &titles, "{}", file);
        }
    });
}
