//! The fingerprint of a data set changes with any part of it.

use crate::data::{ColumnKind, Dataset};
use crate::load::load_dataset;

#[test]
fn any_change_shows() {
    let data = load_dataset("films").unwrap();
    let print = data.fingerprint();
    assert_eq!(print, data.clone().fingerprint());
    type Change = fn(&mut Dataset);
    let changes: [(&str, Change); 6] = [
        ("rating", |data| data.ratings[7].value = 6.0 - data.ratings[7].value + 0.5),
        ("scale", |data| data.scale.max = 10.0),
        ("feature", |data| data.items.columns[0].values[3].push("Opera".into())),
        ("kind", |data| data.items.columns[0].kind = ColumnKind::Display),
        ("id", |data| data.users.ids[0].push('x')),
        ("title", |data| data.items.titles[0].push('x')),
    ];
    for (name, change) in changes {
        let mut changed = data.clone();
        change(&mut changed);
        assert_ne!(changed.fingerprint(), print, "{name}");
    }
}
