//! What the readers return for valid folders.

use super::{MOVIELENS, PICKS, SITE, folder, load};
use crate::data::{ColumnKind, Dataset, Feedback, Rating, Scale, Split, Table, tasks_file};
use crate::load::load_dataset;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Return the values of a row in a column, joined.
fn cell(table: &Table, column: &str, row: usize) -> String {
    table.column(column).unwrap().values[row].join("|")
}

fn names(table: &Table) -> Vec<(&str, ColumnKind)> {
    let columns = table.columns.iter();
    columns.map(|column| (column.name.as_str(), column.kind)).collect()
}

#[test]
fn movielens_without_extras() {
    let data = load(&folder(MOVIELENS, &[])).unwrap();
    use ColumnKind::{Categorical, Display, MultiValued};
    assert_eq!(names(&data.items), [("genre", MultiValued), ("period", Categorical), ("year", Display)]);
    assert_eq!(data.items.ids, ["10", "20"]);
    assert_eq!(data.items.titles, ["The Matrix", "Heat"]);
    assert_eq!(cell(&data.items, "genre", 0), "Action|Sci-Fi");
    assert_eq!(cell(&data.items, "period", 0), "1995–1999");
    assert_eq!(cell(&data.items, "year", 0), "1999");
    let user = |row| ["gender", "age", "occupation", "zip"].map(|name| cell(&data.users, name, row));
    assert_eq!(user(0), ["female", "25–34", "scientist", "94110"]);
    assert_eq!(user(1), ["male", "56 and over", "other or not specified", ""]);
    assert_eq!(data.scale, Scale { min: 1.0, max: 5.0 });
    let rating = |user, item, value| Rating { user, item, value };
    assert_eq!(data.ratings, [rating(0, 0, 5.0), rating(1, 1, 3.0)]);
}

#[test]
fn movielens_with_extras_latin_1_and_a_byte_order_mark() {
    let folder = folder(
        MOVIELENS,
        &[
            ("ratings.dat", b"\xEF\xBB\xBF1::10::5::0\r\n"),
            ("movies.dat", b"10::Caf\xE9::Drama\n20::Heat (1995)::Crime\r\n"),
            (
                "movies_extrainfos.dat",
                b"10::Cafe::1987::N/A::::Drama, War::Ann, Bo(co-director)::W::Cy, Di, Cy::P::N/A\r\n",
            ),
        ],
    );
    let items = load(&folder).unwrap().items;
    let columns = ["rated", "genre", "director", "actors", "period", "year"];
    assert_eq!(names(&items).iter().map(|(name, _)| *name).collect::<Vec<_>>(), columns);
    assert_eq!(items.titles, ["Café", "Heat"]);
    let row = |row| columns.map(|name| cell(&items, name, row));
    assert_eq!(row(0), ["", "Drama|War", "Ann|Bo", "Cy|Di", "1985–1989", "1987"]);
    assert_eq!(row(1), ["", "", "", "", "1995–1999", "1995"], "not described by the extras");
}

#[test]
fn a_site_with_users() {
    let data = load(&folder(SITE, &[])).unwrap();
    assert_eq!(data.name, "shop");
    let columns = [("year", ColumnKind::Display), ("genre", ColumnKind::MultiValued)];
    assert_eq!(names(&data.items), columns, "in the order of the file");
    assert_eq!(data.items.titles, ["Alpha", "Beta"]);
    assert_eq!(cell(&data.items, "genre", 0), "x|y");
    assert_eq!(cell(&data.items, "genre", 1), "");
    assert_eq!(cell(&data.users, "age", 0), "young");
    assert_eq!(data.ratings[1], Rating { user: 1, item: 0, value: 2.5 });
}

/// Byte-order marks, Windows line endings, blank lines, quoted commas, quotes and line breaks, columns in any order,
/// unused columns, and users that no file lists are read.
#[test]
fn a_site_as_spreadsheets_write_it() {
    let schema: &[u8] = b"\xEF\xBB\xBFname = \"shop\"\r\n[ratings]\r\nmin = 0\r\nmax = 1\r\n";
    let ratings: &[u8] = b"\xEF\xBB\xBFwhen,rating,item,user\r\n1, 1 ,\"a,1\",zoe\r\n\r\n2,0,b,yan\r\n";
    let items: &[u8] = b"\xEF\xBB\xBFid,title\r\n\"a,1\",\"One, \"\"two\"\"\r\nthree\"\r\nb,B\r\n";
    let folder = folder(&[("schema.toml", schema), ("ratings.csv", ratings), ("items.csv", items)], &[]);
    let data = load(&folder).unwrap();
    assert_eq!(data.items.ids, ["a,1", "b"]);
    assert_eq!(data.items.titles, ["One, \"two\"\r\nthree", "B"]);
    assert_eq!(data.users.ids, ["zoe", "yan"]);
    let rating = |user, item, value| Rating { user, item, value };
    assert_eq!(data.ratings, [rating(0, 0, 1.0), rating(1, 1, 0.0)]);
}

/// The users are those of the picks, in the order of the file.
#[test]
fn a_site_with_picks() {
    let data = load(&folder(PICKS, &[])).unwrap();
    let columns =
        [("tags", ColumnKind::MultiValued), ("status", ColumnKind::Categorical), ("year", ColumnKind::Display)];
    assert_eq!(names(&data.items), columns);
    assert_eq!(["tags", "status", "year"].map(|column| cell(&data.items, column, 0)), ["x|y", "ongoing", "1999"]);
    assert_eq!(["tags", "status", "year"].map(|column| cell(&data.items, column, 1)), [""; 3]);
    assert_eq!(data.users, Table { ids: vec!["u".into(), "v".into()], ..Table::default() });
    assert_eq!(data.scale, Scale { min: 0.0, max: 1.0 });
    let pick = |user, item| Rating { user, item, value: 1.0 };
    assert_eq!(data.ratings, [pick(0, 1), pick(1, 0)]);
}

/// Columns that the schema does not name are ignored, even one called `rating`; a repeated pick counts once.
#[test]
fn a_pick_given_twice_counts_once() {
    let log: &[u8] = b"comic,rating,reader,when\nb,1,v,1\na,5,u,2\nb,3,v,3\na,,v,4\na,5,u,5\n";
    let data = load(&folder(PICKS, &[("picks.csv", log)])).unwrap();
    assert_eq!(data.users.ids, ["v", "u"]);
    let pick = |user, item| Rating { user, item, value: 1.0 };
    assert_eq!(data.ratings, [pick(0, 1), pick(1, 0), pick(0, 0)]);
}

/// Ratings above their mean count as picks; ratings that are all the maximum are picks.
#[test]
fn which_ratings_are_picks() {
    let picks = |data: &Dataset| data.picks().map(|pick| (pick.user, pick.item)).collect::<Vec<_>>();
    let mut data = load(&folder(SITE, &[])).unwrap();
    assert_eq!((data.feedback(), data.picked_above(), picks(&data)), (Feedback::Ratings, 3.75, vec![(0, 0)]));
    data.ratings.iter_mut().for_each(|rating| rating.value = 4.0);
    assert_eq!((data.feedback(), data.picked_above(), picks(&data)), (Feedback::Ratings, 4.0, vec![]));
    data.ratings.iter_mut().for_each(|rating| rating.value = 5.0);
    assert_eq!((data.feedback(), data.picked_above(), picks(&data)), (Feedback::Picks, 1.0, vec![(0, 0), (1, 0)]));
    let data = load(&folder(PICKS, &[])).unwrap();
    assert_eq!((data.feedback(), data.picked_above(), data.picks().count()), (Feedback::Picks, 0.0, 2));
}

fn shared(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(path);
    if path.exists() {
        return Some(path);
    }
    crate::terminal::note(&format!("skipped: {} is not there", path.display()));
    None
}

/// The original files are read completely: known counts, no unknown user fields, and all ids of the split and the tasks
/// are in the data.
#[test]
fn movielens_1m_itself() {
    let Some(path) = shared("ml-1m") else { return };
    let data: Dataset = load_dataset(path.to_str().unwrap()).unwrap();
    let counts = [data.users.ids.len(), data.items.ids.len(), data.ratings.len()];
    assert_eq!(counts, [6040, 3881, 899_291]);
    assert!(data.picks().all(|pick| pick.value >= 4.0));
    assert_eq!(data.picks().count(), data.ratings.iter().filter(|rating| rating.value >= 4.0).count());
    let distinct = |table: &Table, name| -> usize {
        let values = &table.column(name).unwrap().values;
        values.iter().flatten().collect::<HashSet<_>>().len()
    };
    let users = ["gender", "age", "occupation"].map(|name| distinct(&data.users, name));
    assert_eq!(users, [2, 7, 21]);
    let items = ["rated", "genre", "director", "actors"].map(|name| distinct(&data.items, name));
    assert_eq!(items, [6, 24, 2185, 7977]);
    assert!(data.items.column("year").unwrap().values.iter().all(|year| year.len() == 1));

    let split = Split::read(&path.join("split.json"), &data).unwrap();
    let sizes = [&split.warm_users, &split.cold_items, &split.validation_users].map(Vec::len);
    assert_eq!(sizes, [4832, 740, 604]);

    let Some(tasks) = shared("protocols/ratings-user-cold.jsonl") else {
        return;
    };
    let tasks = tasks_file::read(&tasks).unwrap();
    assert_eq!(tasks.len(), 326);
    let (users, items) = (data.users.rows(), data.items.rows());
    for task in &tasks {
        assert!(users.contains_key(task.user.as_str()));
        let mut ratings = task.support.iter().chain(&task.query);
        assert!(ratings.all(|(item, _)| items.contains_key(item.as_str())));
    }
}
