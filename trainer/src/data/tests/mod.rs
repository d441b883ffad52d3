mod files;
mod fingerprint;
mod formats;
mod parquets;
mod policies;
mod readers;
mod refusals;

use crate::data::{DataError, Dataset};
use crate::load::load_dataset;
use std::fs;
use tempfile::TempDir;

/// Names and contents of the files of a folder.
type Files<'a> = &'a [(&'a str, &'a [u8])];

const MOVIELENS: Files = &[
    ("ratings.dat", b"1::10::5::0\n2::20::3::0\n"),
    ("users.dat", b"1::F::25::15::94110\n2::M::56::0::\n"),
    ("movies.dat", b"10::Matrix, The (1999)::Action|Sci-Fi\n20::Heat (1995)::Crime\n"),
];

const SITE: Files = &[
    (
        "schema.toml",
        b"name = \"shop\"
[ratings]
rating = \"stars\"
min = 1
max = 5
[items.fields]
genre = { kind = \"multi-valued\" }
year = { kind = \"display\" }
[users.fields]
age = { kind = \"categorical\" }
",
    ),
    ("ratings.csv", b"user,item,stars\nu,a,5\nv,a,2.5\n"),
    ("items.csv", b"id,year,title,genre\na,1999,Alpha,x|y\nb,,Beta,\n"),
    ("users.csv", b"id,age\nu,young\nv,\n"),
];

/// Picks, of users whom no file lists.
const PICKS: Files = &[
    (
        "schema.toml",
        b"name = \"comics\"
[picks]
user = \"reader\"
item = \"comic\"
[items.fields]
tags = { kind = \"multi-valued\", separator = \";\" }
status = { kind = \"categorical\" }
year = { kind = \"display\" }
",
    ),
    ("picks.csv", b"reader,comic\nu,b\nv,a\n"),
    ("items.csv", b"id,title,tags,status,year\na,Alpha,x;y,ongoing,1999\nb,Beta,,,\n"),
];

/// The files in a fresh folder, those of `changes` instead of those of `files`.
fn folder(files: Files, changes: Files) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files.iter().chain(changes) {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn load(folder: &TempDir) -> Result<Dataset, DataError> {
    load_dataset(folder.path().to_str().unwrap())
}
