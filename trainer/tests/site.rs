//! A site's data of any shape is read from CSV files and a schema.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;
use trainer::data::{Column, ColumnKind, Dataset, Feedback, Table};
use trainer::load::{EMBEDDED, load_dataset};

/// Data sets of both kinds, written as a site would write them, are read back completely.
#[test]
fn embedded_data_survives_the_way_through_a_sites_folder() {
    for (name, feedback) in EMBEDDED.into_iter().zip([Feedback::Ratings, Feedback::Picks]) {
        let data = load_dataset(name).unwrap();
        assert_eq!((data.name.as_str(), data.feedback()), (name, feedback));
        let folder = tempfile::tempdir().unwrap();
        write(&data, folder.path());
        let read = load_dataset(folder.path().to_str().unwrap()).unwrap();
        // Compared part by part: a difference would print a million values.
        assert_eq!((&read.name, &read.notice, read.scale), (&data.name, &data.notice, data.scale));
        assert!(read.items == data.items, "items of {name} differ");
        assert!(read.users == data.users, "users of {name} differ");
        assert!(read.ratings == data.ratings, "ratings of {name} differ");
        assert_eq!(read.fingerprint(), data.fingerprint());
    }
}

/// From CSV files and a schema to a bundle: the default preset takes picks too, a few epochs are enough to beat
/// popularity, and a preset for ratings is refused with the reason.
#[test]
fn a_site_of_picks_goes_all_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    fs::create_dir(&site).unwrap();
    write(&fewer_readers(load_dataset("comics").unwrap()), &site);
    let trainer = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_trainer")).args(arguments).current_dir(&folder).output().unwrap();
        (output.status.success(), String::from_utf8(output.stderr).unwrap())
    };
    let (trained, message) = trainer(&["train", "--data", "site", "--preset", "ratings", "--out", "refused"]);
    assert!(!trained && message.contains("use --preset default or picks"), "{message}");
    assert!(!folder.path().join("refused").exists(), "a start that fails leaves no run behind");
    for arguments in [
        &["train", "--data", "site", "--epochs", "8", "--out", "run"][..],
        &["export", "--run", "run", "--out", "bundle"],
    ] {
        let (done, message) = trainer(arguments);
        assert!(done, "{message}");
    }
    let manifest = fs::read(folder.path().join("bundle/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    assert_eq!(manifest["about"]["preset"], "default");
    let ndcg =
        |picks: usize| manifest["about"]["metrics"][format!("held-out nDCG@10 after {picks} picks")].as_f64().unwrap();
    assert!(ndcg(10) > 1.2 * ndcg(0), "{} before, {} after ten picks", ndcg(0), ndcg(10));
}

/// Return the whole catalogue with a fifth of its readers.
fn fewer_readers(mut data: Dataset) -> Dataset {
    let kept = data.users.ids.len() / 5;
    data.users.ids.truncate(kept);
    data.users.columns.iter_mut().for_each(|column| column.values.truncate(kept));
    data.ratings.retain(|pick| (pick.user as usize) < kept);
    data
}

/// Without `users.csv` the users are those of the picks; nothing else changes.
#[test]
fn picks_need_no_file_of_users() {
    let mut data = load_dataset("comics").unwrap();
    data.users.columns.clear();
    let folder = tempfile::tempdir().unwrap();
    write(&data, folder.path());
    assert!(!folder.path().join("users.csv").exists());
    let read = load_dataset(folder.path().to_str().unwrap()).unwrap();
    assert!(read == data);
}

/// The sections of `docs/DATA.md` that hold the files of an example.
fn documented() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/DATA.md")).unwrap()
}

/// Write the files of the example in a section.
fn write_example(document: &str, heading: &str, folder: &Path) {
    let rest = document.split_once(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("no section {heading}")).1;
    let blocks = rest.split("\n## ").next().unwrap().split("\n```").collect::<Vec<_>>();
    // Alternately text, which ends with the file's name, and the contents of the file.
    for block in blocks.chunks_exact(2) {
        let name = block[0].trim().rsplit('\n').next().unwrap().trim_matches('`');
        fs::write(folder.join(name), block[1].split_once('\n').unwrap().1).unwrap();
    }
}

/// Each example in `docs/DATA.md` is a folder that can be read, and that trains as it is printed.
#[test]
fn the_documented_examples_are_read_and_train() {
    let document = documented();
    let section = |heading: &str| {
        let folder = tempfile::tempdir().unwrap();
        write_example(&document, heading, folder.path());
        let train = ["train", "--data", ".", "--epochs", "1", "--out", "run"];
        let output = Command::new(env!("CARGO_BIN_EXE_trainer")).args(train).current_dir(&folder).output().unwrap();
        assert!(output.status.success(), "{heading}: {}", String::from_utf8_lossy(&output.stderr));
        load_dataset(folder.path().to_str().unwrap()).unwrap_or_else(|error| panic!("{heading}: {error}"))
    };
    let shape = |data: &Dataset| {
        let columns = [&data.items, &data.users].map(|table| table.columns.len());
        (data.feedback(), data.items.ids.len(), data.users.ids.len(), data.ratings.len(), columns)
    };
    let (ratings, picks) = (section("Ratings"), section("Picks"));
    assert_eq!(shape(&ratings), (Feedback::Ratings, 2, 2, 3, [3, 1]));
    assert_eq!(ratings.items.column("genre").unwrap().values, [vec!["strategy", "fantasy"], vec!["family"]]);
    assert_eq!(shape(&picks), (Feedback::Picks, 2, 2, 3, [3, 0]));
    assert_eq!(picks.items.column("tags").unwrap().values[1], ["slice of life", "cooking"]);
}

/// The documented schemas of public data sets read lines as those data sets have them.
#[test]
fn the_documented_schemas_read_public_data() {
    let document = documented();
    let read = |title: &str, files: &[(&str, &[u8])]| {
        let text =
            document.split_once(&format!("\n{title} (")).or(document.split_once(&format!("\n{title}:"))).unwrap().1;
        let schema = text.split("```").nth(1).unwrap().strip_prefix("toml\n").unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("schema.toml"), schema).unwrap();
        files.iter().for_each(|(name, bytes)| fs::write(folder.path().join(name), bytes).unwrap());
        load_dataset(folder.path().to_str().unwrap()).unwrap_or_else(|error| panic!("{title}: {error}"))
    };
    let films = read(
        "MovieLens",
        &[
            ("ratings.csv", b"userId,movieId,rating,timestamp\r\n1,1,4.0,964982703\r\n1,2,0.5,964982704\r\n"),
            (
                "movies.csv",
                b"movieId,title,genres\r\n1,\"Wood, The (1999)\",Comedy|Drama\r\n2,X (2018),(no genres listed)\r\n",
            ),
        ],
    );
    assert_eq!(films.items.columns[0].values, [vec!["Comedy", "Drama"], vec![]]);
    assert_eq!((films.items.titles[0].as_str(), films.times[1]), ("Wood, The (1999)", 964_982_704_000));
    let books = read(
        "goodbooks-10k",
        &[
            ("ratings.csv", b"user_id,book_id,rating\n1,2,5\n1,2,4\n"),
            ("books.csv", b"book_id,goodreads_book_id,authors,title,language_code\n2,99,\"A. One, B. Two\",T,eng\n"),
        ],
    );
    assert_eq!((books.items.columns[0].values[0].join("+"), books.ratings[0].value), ("A. One+B. Two".into(), 4.0));
    let crossing = read(
        "Book-Crossing",
        &[
            ("BX-Book-Ratings.csv", b"\"User-ID\";\"ISBN\";\"Book-Rating\"\n\"1\";\"01\";\"0\"\n\"1\";\"02\";\"8\"\n\"2\";\"gone\";\"9\"\n"),
            (
                "BX-Books.csv",
                b"\"ISBN\";\"Book-Title\";\"Book-Author\";\"Publisher\"\n\"01\";\"Caf\xE9; \\\"x\\\"\";\"A\";\"P\"\n\"02\";\"B\";\"A\";\"P\"\n",
            ),
        ],
    );
    assert_eq!((crossing.items.titles[0].as_str(), crossing.ratings.len()), ("Café; \"x\"", 1));
}

/// Write `data` as a site's folder; users without fields need no file.
fn write(data: &Dataset, folder: &Path) {
    let picks = data.feedback() == Feedback::Picks;
    let mut schema = format!("name = {:?}\nnotice = {:?}\n", data.name, data.notice);
    match picks {
        true => schema += "[picks]\n",
        false => write!(schema, "[ratings]\nmin = {}\nmax = {}\n", data.scale.min, data.scale.max).unwrap(),
    }
    schema += &fields("items", &data.items.columns);
    write_table(&data.items, &folder.join("items.csv"));
    if !data.users.columns.is_empty() {
        schema += &fields("users", &data.users.columns);
        write_table(&data.users, &folder.join("users.csv"));
    }
    fs::write(folder.join("schema.toml"), schema).unwrap();
    let file = if picks { "picks.csv" } else { "ratings.csv" };
    let mut csv = csv::Writer::from_path(folder.join(file)).unwrap();
    csv.write_record(&["user", "item", "rating"][..if picks { 2 } else { 3 }]).unwrap();
    for rating in &data.ratings {
        let value = rating.value.to_string();
        let ids = [&data.users.ids[rating.user as usize], &data.items.ids[rating.item as usize]];
        csv.write_record(ids.into_iter().chain((!picks).then_some(&value))).unwrap();
    }
    csv.flush().unwrap();
}

fn fields(table: &str, columns: &[Column]) -> String {
    let line = |column: &Column| {
        let kind = match column.kind {
            ColumnKind::Categorical => "categorical",
            ColumnKind::MultiValued => "multi-valued",
            ColumnKind::Display => "display",
            ColumnKind::Number => "number",
            ColumnKind::Date => "date",
            ColumnKind::Text => "text",
        };
        format!("{:?} = {{ kind = {kind:?} }}\n", column.name)
    };
    columns.iter().fold(format!("[{table}.fields]\n"), |text, column| text + &line(column))
}

fn write_table(table: &Table, path: &Path) {
    let mut csv = csv::Writer::from_path(path).unwrap();
    let title = (!table.titles.is_empty()).then_some("title");
    let names = table.columns.iter().map(|column| column.name.as_str());
    csv.write_record(["id"].into_iter().chain(title).chain(names)).unwrap();
    for (row, id) in table.ids.iter().enumerate() {
        let cells = table.columns.iter().map(|column| column.values[row].join("|"));
        csv.write_record([id.clone()].into_iter().chain(table.titles.get(row).cloned()).chain(cells)).unwrap();
    }
    csv.flush().unwrap();
}
