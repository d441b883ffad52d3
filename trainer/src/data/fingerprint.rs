//! A hash of a data set, to detect changes.

use crate::data::dataset::{ColumnKind, Dataset, Table};
use crate::ranks::Shard;
use sha2::digest::common::hazmat::SerializableState;
use sha2::{Digest, Sha256};

impl Dataset {
    /// Compute the SHA-256 of everything except name and notice, in hexadecimal.
    pub fn fingerprint(&self) -> String {
        self.fingerprint_of(&Shard::whole(self.users.ids.len()))
    }

    /// As [`Dataset::fingerprint`], where this rank has the ratings of a shard.
    pub fn fingerprint_of(&self, shard: &Shard) -> String {
        let mut hash = self.hash_of_tables();
        hash = in_turn(shard, hash, |hash| {
            for rating in &self.ratings {
                hash.update(
                    [rating.user.to_le_bytes(), rating.item.to_le_bytes(), rating.value.to_le_bytes()].as_flattened(),
                );
            }
        });
        hash = in_turn(shard, hash, |hash| self.times.iter().for_each(|time| hash.update(time.to_le_bytes())));
        hash = in_turn(shard, hash, |hash| self.counts.iter().for_each(|count| hash.update(count.to_le_bytes())));
        hexadecimal(hash)
    }

    /// Compute the SHA-256 of scale, items and users.
    pub fn fingerprint_of_tables(&self) -> String {
        hexadecimal(self.hash_of_tables())
    }

    fn hash_of_tables(&self) -> Sha256 {
        let mut hash = Sha256::new();
        for end in [self.scale.min, self.scale.max] {
            hash.update(end.to_le_bytes());
        }
        for table in [&self.items, &self.users] {
            add_table(&mut hash, table);
        }
        hash
    }
}

/// Hash what `add` adds on all ranks, one after another.
fn in_turn(shard: &Shard, hash: Sha256, add: impl FnOnce(&mut Sha256)) -> Sha256 {
    let state = shard.in_turn(hash.serialize().to_vec(), |state| {
        let mut hash = of_state(&state);
        add(&mut hash);
        hash.serialize().to_vec()
    });
    of_state(&state)
}

fn of_state(state: &[u8]) -> Sha256 {
    let state = state.try_into().expect("the length of a state");
    Sha256::deserialize(state).expect("the state of a hash")
}

fn hexadecimal(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
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
            ColumnKind::Number => 3,
            ColumnKind::Date => 4,
            ColumnKind::Text => 5,
        }]);
        column.values.iter().for_each(|values| add_texts(hash, values));
    }
}

/// Hash the number of texts, then each of them, so that different lists differ in their bytes.
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
