//! What the readers refuse, with the whole message: each case changes one file of a valid folder.

use super::{Files, MOVIELENS, PICKS, SITE, folder, load};
use crate::load::load_dataset;
use std::fs;

/// Assert that the message for the folder with one file changed is the file's name and `rest`.
fn refuses(files: Files, cases: &[(&str, &[u8], &str)]) {
    for &(file, bytes, rest) in cases {
        let folder = folder(files, &[(file, bytes)]);
        let message = match load(&folder) {
            Ok(_) => panic!("not refused: {rest}"),
            Err(error) => error.to_string(),
        };
        let prefix = format!("{}/", folder.path().display());
        assert_eq!(message.strip_prefix(&prefix), Some(&*format!("{file}{rest}")), "{message}");
    }
}

#[test]
fn movielens_errors() {
    refuses(
        MOVIELENS,
        &[
            ("ratings.dat", b"", ": found an empty file, expected at least one line"),
            ("ratings.dat", b"1::10::5\n", ":1: found 3, expected 4 fields separated by \"::\""),
            (
                "ratings.dat",
                b"1::10::5::0\n1::20::6::0\n",
                ":2: column \"rating\": found \"6\", expected a whole number from 1 to 5",
            ),
            (
                "ratings.dat",
                b"1::10::4.5::0\n",
                ":1: column \"rating\": found \"4.5\", expected a whole number from 1 to 5",
            ),
            (
                "ratings.dat",
                b"1::30::5::0\n",
                ":1: column \"movie\": found \"30\", expected an id of movies.dat; \
                 add it to movies.dat or remove this line",
            ),
            (
                "ratings.dat",
                b"3::10::5::0\n",
                ":1: column \"user\": found \"3\", expected an id of users.dat; \
                 add it to users.dat or remove this line",
            ),
            (
                "ratings.dat",
                b"1::10::5::0\n2::10::5::0\n1::10::4::0\n",
                ":3: found user \"1\" rating item \"10\" again (first on line 1), \
                 expected one rating per user and item; keep one of the two lines",
            ),
            (
                "users.dat",
                b"1::X::25::15::94110\n",
                ":1: column \"gender\": found \"X\", expected one of the codes F or M",
            ),
            (
                "users.dat",
                b"1::F::25::21::94110\n",
                ":1: column \"occupation\": found \"21\", expected one of the codes 0 to 20",
            ),
            (
                "movies.dat",
                b"10::A (1999)::War\n10::B (1999)::War\n",
                ":2: column \"movie\": found \"10\" again (first on line 1), \
                 expected an id of its own on every line",
            ),
            (
                "movies.dat",
                b"10:: (1999)::War\n",
                ":1: column \"title\": found \" (1999)\", expected a title and its year",
            ),
            (
                "movies_extrainfos.dat",
                b"30::A::1999::R::::War::D::W::A::P::\n",
                ":1: column \"id\": found \"30\", expected an id of movies.dat; \
                 add it to movies.dat or remove this line",
            ),
            (
                "movies_extrainfos.dat",
                b"10::A::99::R::::War::D::W::A::P::\n",
                ":1: column \"year\": found \"99\", expected a year of four digits or N/A",
            ),
            (
                "movies_extrainfos.dat",
                b"10::Caf\xE9::1999::R::::War::D::W::A::P::\n",
                ":1: found byte 0xE9, expected UTF-8 text; save the file as UTF-8",
            ),
        ],
    );
}

#[test]
fn site_errors() {
    refuses(
        SITE,
        &[
            (
                "ratings.csv",
                b"user,item,stars\nu,a,5\n\nv,a,9\n",
                ":4: column \"stars\": found \"9\", expected a number from 1 to 5",
            ),
            (
                "ratings.csv",
                b"user,item,stars\r\nu,a,NaN\r\n",
                ":2: column \"stars\": found \"NaN\", expected a number from 1 to 5",
            ),
            (
                "ratings.csv",
                b"user,item,stars\nu,,5\n",
                ":2: column \"item\": found \"\", expected an id of items.csv; \
                 add it to items.csv or remove this line",
            ),
            (
                "ratings.csv",
                b"user,item,stars\nw,a,5\n",
                ":2: column \"user\": found \"w\", expected an id of users.csv; \
                 add it to users.csv or remove this line",
            ),
            (
                "ratings.csv",
                b"user,item,stars\r\nu,a,5\r\n\r\nu,a,4\r\n",
                ":4: found user \"u\" rating item \"a\" again (first on line 2), \
                 expected one rating per user and item; keep one of the two lines",
            ),
            (
                "ratings.csv",
                b"user,item,stars\nu,a\n",
                ":2: found 2 fields, expected 3 as in the header; \
                 put values with commas or quotes into quotes",
            ),
            ("ratings.csv", b"user,item,stars\n", ": found no ratings, expected a line for each rating"),
            (
                "ratings.csv",
                b"user,item,rating\nu,a,5\n",
                ":1: column \"stars\": found no such column in \"user,item,rating\", \
                 expected it in the header; add it or name another column in schema.toml",
            ),
            (
                "ratings.csv",
                b"user,item,item,stars\nu,a,a,5\n",
                ":1: column \"item\": found two columns of this name in \
                 \"user,item,item,stars\", expected one",
            ),
            (
                "ratings.csv",
                b"\xFF\xFEu\0s\0",
                ":1: found UTF-16 text (its byte-order mark), expected UTF-8 text; \
                 save the file as UTF-8",
            ),
            (
                "ratings.csv",
                b"u\0s\0",
                ":1: found a zero byte (as in UTF-16 text), expected UTF-8 text; \
                 save the file as UTF-8",
            ),
            (
                "items.csv",
                b"id,year,title,genre\na,1,\"A\nA\",\nb,2,Caf\xE9,\n",
                ":4: found byte 0xE9, expected UTF-8 text; save the file as UTF-8",
            ),
            (
                "items.csv",
                b"id,year,title,genre\na,1,\"A\nA\",\na,2,B,\n",
                ":4: column \"id\": found \"a\" again (first on line 2), \
                 expected an id of its own on every line",
            ),
            ("items.csv", b"id,year,title,genre\na,1,,\n", ":2: column \"title\": found nothing, expected a title"),
            ("items.csv", b"id,year,title,genre\n", ": found no rows, expected one under the header for each id"),
            ("users.csv", b"id,age\n,young\n", ":2: column \"id\": found nothing, expected an id"),
            ("users.csv", b" \n", ": found an empty file, expected at least one line"),
        ],
    );
}

#[test]
fn picks_errors() {
    refuses(
        PICKS,
        &[
            ("picks.csv", b"reader,comic\n", ": found no picks, expected a line for each pick"),
            (
                "picks.csv",
                b"user,comic\nu,a\n",
                ":1: column \"reader\": found no such column in \"user,comic\", \
                 expected it in the header; add it or name another column in schema.toml",
            ),
            (
                "picks.csv",
                b"reader,comic\nu,a\nu,c\n",
                ":3: column \"comic\": found \"c\", expected an id of items.csv; \
                 add it to items.csv or remove this line",
            ),
            ("picks.csv", b"reader,comic\n,a\n", ":2: column \"reader\": found nothing, expected an id"),
            (
                "picks.csv",
                b"reader,comic\nu,a,5\n",
                ":2: found 3 fields, expected 2 as in the header; \
                 put values with commas or quotes into quotes",
            ),
            (
                "schema.toml",
                b"name = \"p\"\n[picks]\nrating = \"stars\"\n",
                ":3: found unknown field `rating`, expected one of `user`, `item`, `time`, `count`, `orphans`, `file`, `format`, `separator`, `quote`, \
                 `escape`, `encoding`, `decimal`, `header`, `columns`, `missing`",
            ),
            (
                "schema.toml",
                b"name = \"p\"\n[picks]\n[ratings]\nmin = 0\nmax = 1\n",
                ": found [ratings] and [picks], expected one of them; keep the one that says what the data is",
            ),
            (
                "schema.toml",
                b"name = \"p\"\n",
                ": found neither [ratings] nor [picks], expected one of them; \
                 add [ratings] with min and max, or [picks]",
            ),
        ],
    );
}

/// A user who is not in `users.csv` is refused if there is a `users.csv`.
#[test]
fn a_pick_of_an_unlisted_user() {
    let schema: &[u8] = b"name = \"p\"\n[picks]\n[users]\n";
    let files = [("schema.toml", schema), ("picks.csv", b"user,item\nu,a\nw,a\n"), ("users.csv", b"id\nu\n")];
    let error = load(&folder(PICKS, &files)).unwrap_err().to_string();
    let expected = "picks.csv:3: column \"user\": found \"w\", expected an id of users.csv; \
                    add it to users.csv or remove this line";
    assert!(error.ends_with(expected), "{error}");
}

#[test]
fn schema_errors() {
    refuses(
        SITE,
        &[
            (
                "schema.toml",
                b"name = \"s\"\n[ratings]\nmin = 1\nmax = 5\nstars = \"s\"\n",
                ":5: found unknown field `stars`, expected one of `user`, `item`, `rating`, \
                 `min`, `max`, `time`, `repeats`, `orphans`, `out_of_range`, `file`, `format`, `separator`, `quote`, \
                 `escape`, `encoding`, `decimal`, `header`, `columns`, `missing`",
            ),
            (
                "schema.toml",
                b"name = \"s\"\n[ratings]\nmin = 1\n",
                ":2: found missing field `max`, expected a schema: name, notice, \
                 [ratings] with min and max or [picks], [items], [users]",
            ),
            (
                "schema.toml",
                b"name = \"s\"\n[ratings]\nmin = 5\nmax = 1\n",
                ": found [ratings] min = 5 and max = 1, expected numbers with min below max, less than 3.4e38 apart",
            ),
            (
                "schema.toml",
                b"name = \"s\"\n[ratings]\nmin = -3e38\nmax = 3e38\n",
                ": found [ratings] min = -300000000000000000000000000000000000000 and \
                 max = 300000000000000000000000000000000000000, \
                 expected numbers with min below max, less than 3.4e38 apart",
            ),
            (
                "schema.toml",
                b"name = \"s\"\n[ratings]\nmin = 1\nmax = 5\n",
                ": found no [users], expected it beside users.csv; add [users] or remove users.csv",
            ),
            (
                "schema.toml",
                b"name = \"s\"\n[ratings]\nmin = 1\nmax = 5\n[items.fields]\n\
                  year = { kind = \"display\", separator = \";\" }\n",
                ": column \"year\": found separator = \";\", \
                 expected one only where kind = \"multi-valued\"",
            ),
            (
                "schema.toml",
                b"name = \"s\"\n[ratings]\nmin = 1\nmax = 5\n[items.fields]\nyear = { kind = \"txt\" }\n",
                ":6: found unknown variant `txt`, \
                 expected one of `categorical`, `multi-valued`, `number`, `date`, `text`, `display`",
            ),
            (
                "schema.toml",
                b"name = \"s\"\n[ratings]\nmin = 1\nmax = 5\n[users]\n[users.fields]\nabout = { kind = \"text\" }\n",
                ": column \"about\": found kind = \"text\" of users, expected another kind, as only items may have texts",
            ),
        ],
    );
}

#[test]
fn missing_files_and_folders() {
    for (files, file, needed) in [
        (MOVIELENS, "users.dat", "ratings.dat, users.dat and movies.dat"),
        (SITE, "items.csv", "schema.toml, items.csv, ratings.csv or picks.csv"),
        (PICKS, "picks.csv", "ratings.csv or picks.csv as schema.toml has [ratings] or [picks]"),
    ] {
        let folder = folder(files, &[]);
        fs::remove_file(folder.path().join(file)).unwrap();
        let error = load(&folder).unwrap_err();
        assert!(error.file.ends_with(file), "{error}");
        assert_eq!(&*error.found, "no such file");
        assert!(error.advice.as_ref().unwrap().contains(needed), "{error}");
    }
    let empty = folder(&[], &[]);
    let error = load(&empty).unwrap_err();
    assert_eq!(&*error.found, "a folder with neither ratings.dat nor schema.toml");
    for form in ["films", "comics", "ratings.dat", "schema.toml", "picks.csv"] {
        assert!(error.expected.contains(form), "{error}");
    }
    let gone = load_dataset("no/such/folder").unwrap_err();
    assert_eq!(&*gone.found, "no such folder");
}
