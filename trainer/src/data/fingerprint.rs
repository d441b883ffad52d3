//! Recognises a data set again.

use super::{Dataset, Table};
use sha2::{Digest, Sha256};
use std::fmt::Write;

impl Dataset {
    /// SHA-256 of everything that training reads, in hexadecimal.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        for table in [&self.items, &self.users] {
            add_table(&mut hash, table);
        }
        for rating in &self.ratings {
            hash.update(rating.user.to_le_bytes());
            hash.update(rating.item.to_le_bytes());
            hash.update(rating.value.to_le_bytes());
        }
        hash.finalize().iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

fn add_table(hash: &mut Sha256, table: &Table) {
    table.ids.iter().for_each(|id| add_text(hash, id));
    for column in &table.columns {
        add_text(hash, &column.name);
        for values in &column.values {
            hash.update((values.len() as u64).to_le_bytes());
            values.iter().for_each(|value| add_text(hash, value));
        }
    }
}

/// Its length first, so that no two lists of texts look the same.
fn add_text(hash: &mut Sha256, text: &str) {
    hash.update((text.len() as u64).to_le_bytes());
    hash.update(text);
}

#[cfg(test)]
mod tests {
    use crate::data::films;

    #[test]
    fn any_change_shows() {
        let data = films::films(films::DEFAULT_SEED);
        let mut rating = data.clone();
        rating.ratings[7].value = 6.0 - rating.ratings[7].value + 0.5;
        let mut feature = data.clone();
        feature.items.columns[0].values[3].push("Opera".into());
        let mut id = data.clone();
        id.users.ids[0].push('x');
        let prints = [&data, &rating, &feature, &id].map(|data| data.fingerprint());
        assert_eq!(prints[0], data.clone().fingerprint());
        assert!(prints[1..].iter().all(|print| *print != prints[0]));
    }
}
