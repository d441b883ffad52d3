//! The same tables in every format are the same data, and errors in each name file and line or row.

use super::parquets::{every_type, parquet, ratings_parquet, texts};
use super::{Files, SITE, folder, load};
use crate::data::DataError;
use parquet::basic::{Compression, GzipLevel, ZstdLevel};
use std::fs;
use std::io::Write;
use tempfile::TempDir;

const RATINGS: &str = "user,item,stars\nu,a,5\nv,a,2.5\n";
const RATINGS_JSON: &str = "{\"user\":\"u\",\"item\":\"a\",\"stars\":5,\"more\":{\"x\":[1]}}\n\n{\"stars\":2.5,\"item\":\"a\",\"user\":\"v\"}\n";

/// Return the folder of [`SITE`] without some of its files, and with others.
fn site(without: &[&str], files: &[(&str, &[u8])]) -> TempDir {
    let site = folder(SITE, &[]);
    without.iter().for_each(|name| fs::remove_file(site.path().join(name)).unwrap());
    for (name, bytes) in files {
        let path = site.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    site
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

/// Return the schema of [`SITE`] with `keys` under `[ratings]`, and `all` at its top.
fn schema(all: &str, keys: &str) -> Vec<u8> {
    let text = String::from_utf8(SITE[0].1.to_vec()).unwrap();
    format!("{all}\n{}", text.replace("rating = ", &format!("{keys}\nrating = "))).into_bytes()
}

/// Return the error with what may be its cause, without the folder.
fn error(site: &TempDir) -> String {
    let error: DataError = load(site).unwrap_err();
    let guess = error.guess.as_ref().map(|guess| format!(": {guess}")).unwrap_or_default();
    format!("{error}{guess}").replace(&format!("{}/", site.path().display()), "")
}

/// Ratings in every format, compressed or not, in one file or in parts, named or found, are those of the CSV file: rows,
/// fingerprint and all.
#[test]
fn every_format_gives_the_same_data() {
    let original = load(&folder(SITE, &[])).unwrap();
    let [csv, json] = [RATINGS, RATINGS_JSON].map(str::as_bytes);
    let (first, second) = (b"user,item,stars\nu,a,5\n", b"stars,user,item\n2.5,v,a\n");
    let group = [("u", "a", 5.0), ("v", "a", 2.5)];
    let plain = ratings_parquet(&group, Compression::UNCOMPRESSED);
    let snappy = ratings_parquet(&group, Compression::SNAPPY);
    let parts =
        [&group[..1], &group[1..], &[]].map(|rows| ratings_parquet(rows, Compression::ZSTD(ZstdLevel::default())));
    let level = Compression::GZIP(GzipLevel::default());
    let cases: [(&str, Files); 13] = [
        ("", &[("ratings.csv.gz", &gzip(csv))]),
        ("", &[("ratings.csv.zst", &zstd(csv))]),
        ("", &[("ratings.jsonl", json)]),
        ("", &[("ratings.jsonl.gz", &gzip(json))]),
        ("", &[("ratings.jsonl.zst", &zstd(json))]),
        ("", &[("ratings.parquet", &plain)]),
        ("", &[("ratings.parquet", &ratings_parquet(&group, level))]),
        ("file = \"of 2026/export.pq.gz\"", &[("of 2026/export.pq.gz", &gzip(&snappy))]),
        // As Spark writes them; an empty part has no header, or no rows.
        (
            "",
            &[
                ("ratings/_SUCCESS", b""),
                ("ratings/part-0.csv", first),
                ("ratings/part-1.csv", b""),
                ("ratings/part-2.csv", second),
            ],
        ),
        (
            "",
            &[
                ("ratings.parquet/p0.parquet", &parts[0]),
                ("ratings.parquet/p1.parquet", &parts[2]),
                ("ratings.parquet/p2.parquet", &parts[1]),
            ],
        ),
        ("file = \"log-*.csv\"", &[("log-1.csv", first), ("log-2.csv", second), ("other.csv", b"x\n")]),
        ("file = [\"new.csv\", \"old.csv.gz\"]", &[("old.csv.gz", &gzip(second)), ("new.csv", first)]),
        ("file = \"stars.txt\"\nformat = \"jsonl\"", &[("stars.txt", json)]),
    ];
    for (keys, files) in cases {
        let site = site(&["ratings.csv"], &[&[("schema.toml", &schema("", keys)[..])], files].concat());
        let data = load(&site).unwrap_or_else(|error| panic!("{keys} {:?}: {error}", files[0].0));
        assert_eq!(data.fingerprint(), original.fingerprint(), "{keys} {:?}", files[0].0);
    }
}

/// Separators, quotes, escapes, encodings, decimal commas and files without a header, for one table or all.
#[test]
fn csv_as_it_is_stated() {
    let original = load(&folder(SITE, &[])).unwrap();
    let utf_16: Vec<u8> = [0xFEFF].into_iter().chain(RATINGS.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let utf_16le: Vec<u8> = RATINGS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: [(&str, &[u8]); 9] = [
        ("separator = \"\\t\"", b"user\titem\tstars\n u\ta\t5 \nv\ta\t2.5\n"),
        ("separator = \";\"\ndecimal = \",\"", b"user;item;stars\nu;a;5\nv;a;2,5\n"),
        ("separator = \"::\"", b"user::item::stars\nu::a::5\n\"v\"::a::2.5\n"),
        ("separator = \" \"", b"user item stars\nu a 5\n\"v\" a 2.5\n"),
        ("quote = \"'\"", b"user,item,stars,said\n'u','a','5','it''s \"so\", yes'\n'v',a,2.5,\"\n"),
        ("quote = \"\"", b"user,item,stars,said\nu,a,5,\"\nv,a,2.5,\"\n"),
        ("header = false\ncolumns = [\"stars\", \"x\", \"user\", \"item\"]", b"5,,u,a\r2.5,,v,a\r"),
        ("encoding = \"utf-16\"", &utf_16),
        ("encoding = \"utf-16le\"", &utf_16le),
    ];
    for (keys, bytes) in cases {
        let site = site(&[], &[("schema.toml", &schema("", keys)), ("ratings.csv", bytes)]);
        let data = load(&site).unwrap_or_else(|error| panic!("{keys}: {error}"));
        assert_eq!(data.fingerprint(), original.fingerprint(), "{keys}");
    }
    let all = schema("separator = \";\"\nescape = \"\\\\\"\nencoding = \"latin-1\"", "separator = \",\"");
    let items = b"id;year;title;genre\na;;\"Caf\xE9 \\\"x\\\"; y\";\nb;;B;\n";
    let data = load(&site(&[], &[("schema.toml", &all), ("items.csv", items), ("users.csv", b"id;age\nu;\nv;\n")]));
    assert_eq!(
        data.unwrap().items.titles[0],
        "Café \"x\"; y",
        "keys at the top hold for all tables that have not their own"
    );
}

/// A quote that is not closed is refused with the line it is on, wherever it is; quotes within a line are text.
#[test]
fn quotes() {
    let head = "user,item,stars,said\n";
    let never = "found a quote that is never closed, expected another after the value's end; close it, or double it where it is \
                 part of the value";
    for (rows, line) in [
        ("u,a,5,\"so-so\nv,a,2,x\n", 2),
        ("u,a,5,fine\nv,a,2,\"", 3),
        ("u,a,5,\"\"\"\nv,a,2,x\n", 2),
        ("u,a,5,\"two\nlines\"\nv,a,2,\"so-so\n\n", 4),
    ] {
        let site = site(&[], &[("ratings.csv", format!("{head}{rows}").as_bytes())]);
        assert_eq!(error(&site), format!("ratings.csv:{line}: {never}"), "{rows}");
    }
    let next = site(&[], &[("ratings.csv", format!("{head}u,a,5,\"so-so\nv,a,2,\"good\"\n").as_bytes())]);
    let before = "found a quote that is not closed before the next one, on line 3";
    assert!(error(&next).starts_with(&format!("ratings.csv:2: {before}")), "{}", error(&next));
    let items = b"id,title,year,genre\na,24\" screen,,\nb, \"24\" screen, \"\"new\"\"\" ,,\n";
    let titles = load(&site(&[], &[("items.csv", items)])).unwrap().items.titles;
    assert_eq!(titles, ["24\" screen", "24\" screen, \"new\""]);
}

/// Where the header does not match, the file is something else than its name says, or a value is written in another way, the error
/// says what to write.
#[test]
fn a_guess_names_what_to_write() {
    for (file, bytes, words) in [
        (
            "ratings.csv",
            &b"user\titem\tstars\nu\ta\t5\n"[..],
            "this looks tab-separated; write separator = \"\\t\" under [ratings]",
        ),
        ("ratings.csv", b"user;item;stars\nu;a;2,5\n", "separator = \";\" and decimal = \",\" under [ratings]"),
        ("ratings.csv", b"\"user\"|\"item\"|\"stars\"\n", "write separator = \"|\" under [ratings]"),
        (
            "ratings.csv",
            b"u,a,5\nv,a,2.5\n",
            "write header = false and columns = [\"user\", \"item\", \"stars\"], in the file's order",
        ),
        (
            "ratings.csv",
            b"u\ta\t5\t1\nv\ta\t2\t1\n",
            "write separator = \"\\t\", header = false and columns = [\"user\", \"item\", \"stars\", \"column4\"]",
        ),
        ("ratings.csv", b"userId,movie,stars\nu,a,5\n", "\"userId\" may be that column"),
        ("ratings.csv", b"user,item,stars\nu,a,\"2,5\"\n", "write decimal = \",\""),
        ("ratings.csv", b"user,item,stars\nu,a,NULL\n", "write missing = [\"\", \"NULL\"]"),
        ("ratings.csv", b"user,item,stars\nu,a,nan\n", "write missing = [\"\", \"nan\"]"),
        ("ratings.csv", b"u::a::5::1\nv::a::2::1\n", "write separator = \"::\", header = false"),
        ("ratings.csv", b"sep=;\nuser;item;stars\n", "this line is a note for spreadsheets"),
        (
            "ratings.csv",
            b"PK\x03\x04\x14\0\0\0",
            "found a spreadsheet or zip file, expected CSV, JSON lines or Parquet",
        ),
        ("ratings.csv", b"user,item,stars\nu,a,9\n", "write out_of_range = \"drop\" or \"clamp\""),
        ("ratings.csv", b"user,item,stars\nu,a,5\nu,a,4\n", "write repeats = \"last\", \"first\" or \"mean\""),
        ("ratings.csv", b"user,item,stars\nu,z,5\n", "write orphans = \"drop\""),
        ("ratings.csv", b"\xFF\xFEu\0s\0", "this looks like UTF-16; write encoding = \"utf-16\""),
        (
            "ratings.csv",
            b"PAR1\x15\x02",
            "found a Parquet file, expected what its name ratings.csv says; name it ratings.parquet",
        ),
        (
            "ratings.csv",
            &gzip(RATINGS.as_bytes()),
            "found a gzip file, expected what its name ratings.csv says; name it ratings.csv.gz",
        ),
        ("ratings.csv", &zstd(RATINGS.as_bytes()), "name it ratings.csv.zst"),
        (
            "items.csv",
            b"id,year,title,genre\na,,Caf\xE9,\n",
            "looks like Latin-1, in which it reads \"a,,Café,\"; if that is right, write encoding = \"latin-1\"",
        ),
    ] {
        let error = error(&site(&[], &[(file, bytes)]));
        assert!(error.contains(words), "{error}");
    }
}

/// Errors name the file among several, and the line, or the row of Parquet.
#[test]
fn errors_in_every_format() {
    let level = Compression::UNCOMPRESSED;
    let wrong = ratings_parquet(&[("u", "a", 5.0), ("v", "a", 9.0)], level);
    let whole = ratings_parquet(&[("u", "a", 5.0)], level);
    let again = [("v", "a", 1.0), ("u", "a", 4.0)];
    let cases: [(Files, &str); 15] = [
        (
            &[("ratings.parquet", &wrong)],
            "ratings.parquet: row 2: column \"stars\": found \"9\", expected a number from 1 to 5",
        ),
        (&[("ratings/1.parquet", &whole), ("ratings/2.parquet", &wrong)], "ratings/2.parquet: row 2: column \"stars\""),
        (
            &[("ratings/1.parquet", &whole), ("ratings/2.parquet", &ratings_parquet(&again, level))],
            "ratings/2.parquet: row 2: found user \"u\" rating item \"a\" again (first in row 1 of 1.parquet)",
        ),
        (&[("ratings.parquet", &whole[..whole.len() - 9])], "expected a whole Parquet file; write the file again"),
        (&[("ratings.parquet", b"user,item\n")], "expected a Parquet file, which begins with PAR1"),
        (
            &[("ratings.parquet", &texts(&["user", "item"], &[&["u"], &["a"]]))],
            "column \"stars\": found no such column in \"user,item\"",
        ),
        (
            &[("ratings.jsonl", b"{\"user\":\"u\",\"item\":\"a\",\"stars\":5}\n{\"user\":\"v\",\"item\":\"a\"}\n")],
            "ratings.jsonl:2: column \"stars\": found no such key, expected it in every object",
        ),
        (
            &[("ratings.jsonl", b"{\"user\":\"u\",\"item\":\"a\",\"stars\":5}\n\n{\"user\":\n")],
            "ratings.jsonl:3: found at character",
        ),
        (
            &[("ratings.jsonl", b"{\"user\":\"u\",\"item\":{\"id\":1},\"stars\":5}\n")],
            "expected a text, a number, a list of these or null at key \"item\"",
        ),
        (
            &[("ratings.jsonl", b"{\"user\":\"u\",\"item\":[\"a\",\"b\"],\"stars\":5}\n")],
            "column \"item\": found a list, \"a, b\", expected one value",
        ),
        (&[("ratings.jsonl", b"[{\"user\":\"u\"}]\n")], "ratings.jsonl:1: found a JSON array, expected JSON lines"),
        (
            &[("ratings.csv.gz", RATINGS.as_bytes())],
            "ratings.csv.gz: found other bytes at the start, expected a gzip file",
        ),
        (&[("ratings.csv.gz", &gzip(RATINGS.as_bytes())[..30])], "found a compressed file that ends too early"),
        (
            &[("ratings/1.csv", RATINGS.as_bytes()), ("ratings/2.jsonl", b"{}")],
            "ratings: found 2.jsonl beside 1.csv, expected parts of one kind",
        ),
        (
            &[("ratings.csv", RATINGS.as_bytes()), ("ratings.parquet", &whole), ("ratings/x.csv", b"")],
            "ratings.csv: found ratings.parquet, ratings beside it, expected one file or folder of ratings; remove the others, or write file = \"ratings.csv\" under [ratings]",
        ),
    ];
    for (files, words) in cases {
        let error = error(&site(&["ratings.csv"], files));
        assert!(error.contains(words), "{words}\n{error}");
    }
    let key = |keys: &str| error(&site(&[], &[("schema.toml", &schema("", keys))]));
    for (keys, words) in [
        ("encoding = \"klingon\"", "found [ratings] encoding = \"klingon\", expected the name of an encoding"),
        ("header = false", "found [ratings] header = false, expected columns = [...] beside it"),
        ("columns = [\"user\"]", "found [ratings] columns, expected header = false beside it"),
        ("decimal = \";\"", "expected \".\" or \",\""),
        ("separator = \"\"", "expected a text such as"),
        ("quote = \"''\"", "expected one ASCII character"),
        ("file = \"r-*.csv\"", "r-*.csv: found no such file"),
        ("file = \"ratings.xlsx\"", "ratings.xlsx: found no such file"),
    ] {
        assert!(key(keys).contains(words), "{}", key(keys));
    }
}

/// Values of any type of Parquet are what a CSV export of them would be; nulls are unknown, and lists have their elements.
#[test]
fn parquet_values() {
    let items = parquet(
        "message m {
            required int64 id; optional binary title (UTF8); optional int32 day (DATE); optional int32 price (DECIMAL(6,2));
            optional fixed_len_byte_array(2) big (DECIMAL(4,1)); optional int64 seen (TIMESTAMP(MILLIS,true)); optional double size;
            optional boolean new; required group genre (LIST) { repeated group list { optional binary element (UTF8); } }
        }",
        &every_type(),
    );
    let schema = b"name = \"p\"\n[picks]\n[items.fields]\nday = { kind = \"categorical\" }\nprice = { kind = \"categorical\" }\n\
        big = { kind = \"categorical\" }\nseen = { kind = \"categorical\" }\nsize = { kind = \"categorical\" }\n\
        new = { kind = \"categorical\" }\ngenre = { kind = \"multi-valued\" }\n";
    let files: [(&str, &[u8]); 3] =
        [("schema.toml", schema), ("items.parquet", &items), ("picks.csv", b"user,item\nu,7000000000\n")];
    let data = load(&folder(&files, &[])).unwrap();
    assert_eq!(data.items.ids, ["7000000000", "-1"]);
    assert_eq!(data.items.titles, ["Größe", "B"]);
    let row =
        |row: usize| -> Vec<String> { data.items.columns.iter().map(|column| column.values[row].join("+")).collect() };
    assert_eq!(row(0), ["2024-02-29", "-12.05", "-0.1", "2001-09-09T01:46:40Z", "1.5", "true", "Sci|Fi+x"]);
    assert_eq!(row(1), [""; 7]);
}
