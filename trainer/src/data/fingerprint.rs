//! Recognises a data set again.

use super::{ColumnKind, Dataset, Table};
use fewclicks::bundle::sha256;

impl Dataset {
    /// SHA-256 of everything but name and notice, in hexadecimal.
    pub fn fingerprint(&self) -> String {
        let mut bytes = Vec::new();
        for end in [self.scale.min, self.scale.max] {
            bytes.extend(end.to_le_bytes());
        }
        for table in [&self.items, &self.users] {
            add_table(&mut bytes, table);
        }
        for rating in &self.ratings {
            bytes.extend(rating.user.to_le_bytes());
            bytes.extend(rating.item.to_le_bytes());
            bytes.extend(rating.value.to_le_bytes());
        }
        sha256(&bytes)
    }
}

fn add_table(bytes: &mut Vec<u8>, table: &Table) {
    add_texts(bytes, &table.ids);
    add_texts(bytes, &table.titles);
    add_count(bytes, table.columns.len());
    for column in &table.columns {
        add_text(bytes, &column.name);
        bytes.push(match column.kind {
            ColumnKind::Categorical => 0,
            ColumnKind::MultiValued => 1,
            ColumnKind::Display => 2,
        });
        column.values.iter().for_each(|values| add_texts(bytes, values));
    }
}

/// Their number first, so that no two rows of lists look the same.
fn add_texts(bytes: &mut Vec<u8>, texts: &[String]) {
    add_count(bytes, texts.len());
    texts.iter().for_each(|text| add_text(bytes, text));
}

fn add_text(bytes: &mut Vec<u8>, text: &str) {
    add_count(bytes, text.len());
    bytes.extend(text.as_bytes());
}

fn add_count(bytes: &mut Vec<u8>, count: usize) {
    bytes.extend((count as u64).to_le_bytes());
}

#[cfg(test)]
mod tests {
    use crate::data::{ColumnKind, Dataset, films};

    #[test]
    fn any_change_shows() {
        let data = films::films(films::DEFAULT_SEED);
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
}
