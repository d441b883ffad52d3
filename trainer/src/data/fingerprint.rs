//! Recognises a data set again.

use super::{ColumnKind, Dataset, Table};
use sha2::{Digest, Sha256};

impl Dataset {
    /// SHA-256 of everything but name and notice, in hexadecimal.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        for end in [self.scale.min, self.scale.max] {
            hash.update(end.to_le_bytes());
        }
        for table in [&self.items, &self.users] {
            add_table(&mut hash, table);
        }
        for rating in &self.ratings {
            hash.update(
                [rating.user.to_le_bytes(), rating.item.to_le_bytes(), rating.value.to_le_bytes()].as_flattened(),
            );
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn add_table(hash: &mut Sha256, table: &Table) {
    add_texts(hash, &table.ids);
    add_texts(hash, &table.titles);
    add_count(hash, table.columns.len());
    for column in &table.columns {
        add_text(hash, &column.name);
        hash.update([match column.kind {
            ColumnKind::Categorical => 0,
            ColumnKind::MultiValued => 1,
            ColumnKind::Display => 2,
        }]);
        column.values.iter().for_each(|values| add_texts(hash, values));
    }
}

/// Their number first, so that no two rows of lists look the same.
fn add_texts(hash: &mut Sha256, texts: &[String]) {
    add_count(hash, texts.len());
    texts.iter().for_each(|text| add_text(hash, text));
}

fn add_text(hash: &mut Sha256, text: &str) {
    add_count(hash, text.len());
    hash.update(text);
}

fn add_count(hash: &mut Sha256, count: usize) {
    hash.update((count as u64).to_le_bytes());
}

#[cfg(test)]
mod tests {
    use crate::data::{ColumnKind, Dataset};
    use crate::simulate::films;

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
