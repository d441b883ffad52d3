//! What a model learns from, and what is left out and why.

use crate::data::{Column, ColumnKind, Feedback};
use crate::preset::Preset;
use crate::train::Loaded;
use serde::Serialize;
use std::collections::HashSet;

/// What a training uses of a data set.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Learned {
    /// Users whose ratings make tasks.
    pub users: usize,
    /// Their ratings (or picks).
    pub ratings: usize,
    /// Items with one of these.
    pub items: usize,
    /// What is left out.
    pub left_out: Vec<LeftOut>,
}

/// A part of the data that is not learned from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LeftOut {
    /// `users`, `ratings`, `items` or `fields`.
    pub what: &'static str,
    /// Number of these.
    pub count: usize,
    /// Ratings that this leaves out; 0 for items without any.
    pub ratings: usize,
    /// The reason, a phrase that follows the count.
    pub why: String,
}

impl Learned {
    /// Count what `preset` learns from, on all ranks together.
    pub fn of(loaded: &Loaded, preset: &Preset) -> Self {
        let Loaded { data, population, encoded, feedback } = loaded;
        let (min, max) = preset.ratings_of_a_user();
        let noun = if *feedback == Feedback::Picks { "picks" } else { "ratings" };
        let shard = &encoded.shard;
        let mut rated = vec![0; data.users.ids.len()];
        data.ratings.iter().for_each(|rating| rated[rating.user as usize] += 1);
        shard.sum(&mut rated);
        let mut validation = vec![false; data.users.ids.len()];
        population.validation.iter().for_each(|&user| validation[user as usize] = true);
        let users = |belongs: &dyn Fn(usize) -> bool, counts: &dyn Fn(usize) -> usize, why: String| {
            let of: Vec<usize> = (0..data.users.ids.len()).filter(|&user| belongs(user)).collect();
            LeftOut { what: "users", count: of.len(), ratings: of.iter().map(|&user| counts(user)).sum(), why }
        };
        let rated = |user: usize| rated[user] as usize;
        let kept = |user: usize| encoded.lens[user] as usize;
        let cold = |item: u32| population.cold_items[item as usize];
        let warm = |user: u32| population.warm[user as usize];
        let of_cold = data.ratings.iter().filter(|rating| warm(rating.user) && cold(rating.item)).count();
        let of_cold = shard.total(of_cold);
        let may_learn = shard.total(data.ratings.iter().filter(|rating| population.may_learn(rating)).count());
        let not_liked = may_learn - encoded.lens.iter().map(|&len| len as usize).sum::<usize>();
        let items = |count, ratings, why: &str| LeftOut { what: "items", count, ratings, why: why.into() };
        let is_cold = |item: &usize| population.cold_items[*item];
        let new = (0..data.items.ids.len()).filter(|item| encoded.popularity[*item] == 0 && !is_cold(item)).count();
        let mut left_out = vec![
            users(&|user| validation[user], &rated, "held out to measure on".into()),
            users(
                &|user| !validation[user] && !population.warm[user],
                &rated,
                "named by the split as neither warm nor validation users".into(),
            ),
            users(&|user| (1..min).contains(&kept(user)), &kept, format!("with fewer than {min} {noun} to learn from")),
            users(&|user| kept(user) > max, &kept, format!("with more than {max} {noun}")),
            users(&|user| population.warm[user] && kept(user) == 0, &|_| 0, format!("without {noun} to learn from")),
            LeftOut {
                what: "ratings",
                count: not_liked,
                ratings: not_liked,
                why: "that do not count as picks, as they say less liked than the average".into(),
            },
            items((0..data.items.ids.len()).filter(is_cold).count(), of_cold, "that the split names as cold"),
            items(new, 0, "without any: they are known by their fields alone"),
        ];
        left_out.extend(fields_left_out(loaded));
        left_out.retain(|part| part.count > 0);
        let used = || encoded.lens.iter().map(|&len| len as usize).filter(|len| (min..=max).contains(len));
        let own = encoded.ratings.iter().filter(|ratings| (min..=max).contains(&ratings.len()));
        let mut items = vec![0; data.items.ids.len()];
        own.flatten().for_each(|&(item, _)| items[item as usize] = 1);
        shard.sum(&mut items);
        Self {
            users: used().count(),
            ratings: used().sum(),
            items: items.into_iter().filter(|&learned| learned > 0).count(),
            left_out,
        }
    }
}

/// Return the feature fields of the data that the model does not have.
fn fields_left_out(Loaded { data, encoded, .. }: &Loaded) -> Vec<LeftOut> {
    let item_fields = &encoded.layout.architecture.item_fields;
    let in_items = |column: &&Column| item_fields.iter().any(|field| field.name == column.name);
    let in_users = |column: &&Column| encoded.user_vocabularies.iter().any(|known| known.name() == column.name);
    let items = data.items.columns.iter().filter(|column| !in_items(column)).map(|column| ("items", column));
    let users = data.users.columns.iter().filter(|column| !in_users(column)).map(|column| ("users", column));
    let features = items.chain(users).filter(|(_, column)| column.kind != ColumnKind::Display);
    let part = |(of, column): (&str, &Column)| {
        let values: HashSet<&String> = column.values.iter().flatten().collect();
        let why = format!(
            "of {of}, {:?} with {} values, which the preset drops or too few {of} share",
            column.name,
            values.len()
        );
        LeftOut { what: "fields", count: 1, ratings: 0, why }
    };
    features.map(part).collect()
}

impl LeftOut {
    /// Return the part in words, such as `12 users with fewer than 13 ratings to learn from (40 ratings)`.
    pub fn words(&self) -> String {
        let ratings = match (self.what, self.ratings) {
            ("ratings", _) | (_, 0) => String::new(),
            (_, count) => format!(" ({count} ratings)"),
        };
        format!("{} {} {}{ratings}", self.count, self.what, self.why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Dataset, Rating, Scale, Table};
    use crate::encode::{Encoded, Population};
    use crate::preset::NetworkPreset;

    /// Five users: two with enough ratings, one with too few, one held out, one without any. Of four items one is cold and
    /// one has no rating.
    #[test]
    fn everything_is_learned_from_or_left_out_for_a_reason() {
        let ids = |count: usize| Table { ids: (0..count).map(|id| id.to_string()).collect(), ..Table::default() };
        let mut items = ids(4);
        items.titles.clone_from(&items.ids);
        let pairs = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (2, 0), (3, 0), (3, 1)];
        let rating = |(user, item)| Rating { user, item, value: 1.0 + item as f32 };
        let data = Dataset {
            name: String::new(),
            notice: String::new(),
            scale: Scale { min: 1.0, max: 5.0 },
            items,
            users: ids(5),
            ratings: pairs.map(rating).into(),
            times: Vec::new(),
            counts: Vec::new(),
            changes: Vec::new(),
        };
        let population = Population {
            warm: vec![true, true, true, false, true],
            cold_items: vec![false, false, true, false],
            validation: vec![3],
        };
        let mut preset = NetworkPreset::load("ratings").unwrap();
        preset.tasks.min_ratings = 2;
        let feedback = Feedback::Ratings;
        let encoded = Encoded::new(&data, &population, &preset.model, feedback).unwrap();
        let learned = Learned::of(&Loaded { data, population, encoded, feedback }, &Preset::Network(preset));
        assert_eq!((learned.users, learned.ratings, learned.items), (2, 4, 2));
        let words: Vec<String> = learned.left_out.iter().map(LeftOut::words).collect();
        assert_eq!(
            words,
            [
                "1 users held out to measure on (2 ratings)",
                "1 users with fewer than 2 ratings to learn from (1 ratings)",
                "1 users without ratings to learn from",
                "1 items that the split names as cold (1 ratings)",
                "1 items without any: they are known by their fields alone",
            ]
        );
    }
}
