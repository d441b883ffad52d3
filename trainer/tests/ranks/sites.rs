//! Sites whose catalogues have more blocks than ranks, and presets that train them in seconds.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const ITEMS: usize = 1100;
pub const USERS: usize = 90;

/// So many users that four ranks have some each.
pub const MANY_USERS: usize = 1000;

/// A catalogue so large that the softmax is taken over samples.
const MANY_ITEMS: usize = 8300;

const FIELDS: &str =
    "[items.fields]\ngenre = { kind = \"multi-valued\" }\n[users.fields]\nage = { kind = \"categorical\" }\n";

/// Create a folder with the sites `ratings`, `picks` and `many`, and those of many users, `crowd` and `buyers`.
pub fn sites() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("ratings"), ITEMS, USERS, true);
    write(&folder.path().join("picks"), ITEMS, USERS, false);
    write(&folder.path().join("many"), MANY_ITEMS, USERS, false);
    write(&folder.path().join("crowd"), ITEMS, MANY_USERS, true);
    write(&folder.path().join("buyers"), ITEMS, MANY_USERS, false);
    add_counts(&folder.path().join("buyers"));
    folder
}

/// Say how often each pick was made.
fn add_counts(folder: &Path) {
    let [schema, picks] = ["schema.toml", "picks.csv"].map(|name| folder.join(name));
    let text = fs::read_to_string(&schema).unwrap().replace("[picks]\n", "[picks]\ncount = \"count\"\n");
    fs::write(schema, text).unwrap();
    let rows = fs::read_to_string(&picks).unwrap();
    let counted = rows.lines().skip(1).enumerate().map(|(row, line)| format!("{line},{}\n", 1 + row * row % 19));
    fs::write(picks, "user,item,count\n".to_owned() + &counted.collect::<String>()).unwrap();
}

fn write(folder: &Path, items: usize, users: usize, has_ratings: bool) {
    fs::create_dir(folder).unwrap();
    let table = if has_ratings { "[ratings]\nmin = 1\nmax = 5\n" } else { "[picks]\n" };
    fs::write(folder.join("schema.toml"), format!("name = \"shop\"\n{table}{FIELDS}")).unwrap();
    let mut text = String::from("id,title,genre\n");
    (0..items).for_each(|item| writeln!(text, "i{item},Item {item},g{}", item % 7).unwrap());
    fs::write(folder.join("items.csv"), text).unwrap();
    let mut text = String::from("id,age\n");
    (0..users).for_each(|user| writeln!(text, "u{user},{}", user % 4).unwrap());
    fs::write(folder.join("users.csv"), text).unwrap();
    let name = if has_ratings { "ratings.csv" } else { "picks.csv" };
    fs::write(folder.join(name), interactions(items, has_ratings, 0..users)).unwrap();
}

/// How the ratings of a site are written.
#[derive(Clone, Copy)]
pub struct Files {
    /// The number of files.
    pub count: usize,
    /// The number of users.
    pub users: usize,
    /// Whether there is a table of users.
    pub has_users: bool,
}

/// Create a site whose ratings are in several files, or in one, of the same users in the same order.
pub fn write_in_files(folder: &Path, files: Files) {
    write(folder, ITEMS, files.users, true);
    fs::remove_file(folder.join("ratings.csv")).unwrap();
    fs::create_dir(folder.join("ratings")).unwrap();
    for part in 0..files.count {
        let users = files.users * part / files.count..files.users * (part + 1) / files.count;
        fs::write(folder.join(format!("ratings/part-{part}.csv")), interactions(ITEMS, true, users)).unwrap();
    }
    if !files.has_users {
        fs::remove_file(folder.join("users.csv")).unwrap();
        let schema = fs::read_to_string(folder.join("schema.toml")).unwrap();
        fs::write(folder.join("schema.toml"), schema.split("[users.fields]").next().unwrap()).unwrap();
    }
}

/// Return the file of the ratings or picks of some users: 24 of each, of items that they share with others of their kind.
fn interactions(items: usize, has_ratings: bool, users: std::ops::Range<usize>) -> String {
    let mut text = String::from(if has_ratings { "user,item,rating\n" } else { "user,item\n" });
    for user in users {
        for k in 0..24 {
            let item = (user % 6 * 131 + k * (17 + 2 * (user % 5))) % items;
            match has_ratings {
                true => writeln!(text, "u{user},i{item},{}", 1 + (user * user + k * user + 3 * item) % 5).unwrap(),
                false => writeln!(text, "u{user},i{item}").unwrap(),
            }
        }
    }
    text
}

/// Write a built-in preset to `folder` with few epochs, small batches and narrow vectors.
pub fn write_preset(folder: &Path, name: &str) -> String {
    let printed = super::launch::alone(folder, &["train", "--print-preset", "--preset", name]).output().unwrap();
    let mut preset: toml::Table = toml::from_str(std::str::from_utf8(&printed.stdout).unwrap()).unwrap();
    let mut set = |table: &str, key: &str, value: i64| {
        let table = preset[table].as_table_mut().unwrap();
        assert!(table.insert(key.into(), value.into()).is_some(), "the preset {name} has no {key}");
    };
    match name {
        "default" => {
            [("factors", 3), ("rounds", 5)].into_iter().for_each(|(key, value)| set("stars", key, value));
            let of_choice = [("width", 6), ("epochs", 3), ("batch", 200)];
            of_choice.into_iter().for_each(|(key, value)| set("choice", key, value));
        }
        _ => {
            set("model", "min_count", 1);
            set("tasks", "min_ratings", 13);
            [("epochs", 2), ("batch", 40)].into_iter().for_each(|(key, value)| set("train", key, value));
        }
    }
    let file = format!("{name}.toml");
    fs::write(folder.join(&file), toml::to_string(&preset).unwrap()).unwrap();
    file
}
