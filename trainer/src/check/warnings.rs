//! Warnings where the data is valid, and yet likely not what its owner means.

use super::FieldUse;
use crate::data::{Column, ColumnKind, Dataset, Feedback, MIN_ROWS};
use crate::preset::Preset;
use crate::ranks::Shard;
use crate::train::{Learned, Loaded};
use std::collections::HashMap;

/// Ratings are taken for counts if their maximum is at least as many times their median, and whole numbers.
const COUNTS: f32 = 50.0;

/// Words that exports write where there is no value.
const MISSING_WORDS: [&str; 12] =
    ["NULL", "null", "\\N", "nan", "NaN", "None", "none", "N/A", "n/a", "NA", "<NA>", "#N/A"];

/// Return what is likely wrong, each with what to do, as all ranks together see it.
pub fn warnings(loaded: &Loaded, preset: &Preset) -> Vec<String> {
    let data = &loaded.data;
    let feedback = data.feedback();
    let mut found = Vec::new();
    found.extend(ratings_alike(data, feedback, &loaded.encoded.shard));
    found.extend(counts(data, feedback, &loaded.encoded.shard));
    for field in FieldUse::of(loaded, preset) {
        found.extend(rare(&field, preset.min_count()));
    }
    found.extend(without_words(loaded));
    found.extend(missing_words(data));
    found.extend(titles(data));
    found.extend(untrained(loaded, preset));
    found
}

fn ratings_alike(data: &Dataset, feedback: Feedback, shard: &Shard) -> Option<String> {
    let count = shard.total(data.ratings.len());
    let own = data.ratings.first().map(|rating| rating.value);
    let are_alike = data.ratings.iter().all(|rating| Some(rating.value) == own);
    let firsts = shard.gather(own.map(|first| (first, are_alike)).into_iter().collect());
    let &(first, _) = firsts.first()?;
    // Picks are alike by their nature: their scale is that of no site's ratings.
    if data.scale == crate::data::Scale::PICKS || firsts.iter().any(|&of_rank| of_rank != (first, true)) {
        return None;
    }
    Some(match feedback {
        Feedback::Picks => format!(
            "all {count} ratings are {first}, the maximum: they are taken as picks; write [picks] instead of [ratings] if that is \
             meant, and look whether the export lost the other values if it is not"
        ),
        Feedback::Ratings => format!(
            "all {count} ratings are {first}: nothing tells liked items from others; look whether {first} is a form's default, and \
             write [picks] instead of [ratings] if only the choice of items tells something"
        ),
    })
}

fn counts(data: &Dataset, feedback: Feedback, shard: &Shard) -> Option<String> {
    let is_broken = data.ratings.iter().any(|rating| rating.value.fract() != 0.0);
    if shard.gather(vec![is_broken]).contains(&true) || feedback == Feedback::Picks {
        return None;
    }
    // How often each value is given, by its bits.
    let mut times: HashMap<u32, u64> = HashMap::new();
    data.ratings.iter().for_each(|rating| *times.entry(rating.value.to_bits()).or_default() += 1);
    let mut values: Vec<(f32, u64)> = shard
        .gather(times.into_iter().collect())
        .into_iter()
        .map(|(bits, times)| (f32::from_bits(bits), times))
        .collect();
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let middle = values.iter().map(|&(_, times)| times).sum::<u64>() / 2;
    let mut before = 0;
    let is_at_middle = |&&(_, times): &&(f32, u64)| {
        before += times;
        before > middle
    };
    let median = values.iter().find(is_at_middle)?.0;
    let highest = values.last()?.0;
    (data.scale.min >= 0.0 && highest >= COUNTS * median.max(1.0)).then(|| {
        format!(
            "the ratings look like counts, such as plays or orders (median {median}, maximum {highest}): a model of ratings sees \
             little but the largest; write [picks] instead of [ratings], with count = the column of the numbers"
        )
    })
}

fn rare(field: &FieldUse, min_count: usize) -> Option<String> {
    let FieldUse { name, of, used, known, kept, rare } = field;
    let all_rare = *used && *kept == 0 && *rare > 0;
    all_rare.then(|| {
        format!(
            "every value of the field {name:?} of {of} is rare: of {rare} values none is shared by {min_count} of {known} {of}, so \
             that nothing is learned from it; write ranges instead of numbers, or leave it out or show it with kind = \"display\""
        )
    })
}

fn without_words(loaded: &Loaded) -> impl Iterator<Item = String> {
    let is_empty =
        move |name: &str| loaded.encoded.item_vocabularies.iter().any(|v| v.name() == name && v.values().is_empty());
    let texts = loaded.data.items.columns.iter().filter(|column| column.kind == ColumnKind::Text);
    texts.map(|column| &column.name).filter(move |name| is_empty(name)).map(|name| {
        format!(
            "no word of {name:?} is learned: none is in at least {MIN_ROWS} items in training and in at most a tenth of them; leave the \
             field out, or show it with kind = \"display\""
        )
    })
}

fn missing_words(data: &Dataset) -> Option<String> {
    let values = [&data.items, &data.users].into_iter().flat_map(|table| &table.columns);
    let values = values.filter(|column| column.kind != ColumnKind::Display).flat_map(|column| &column.values).flatten();
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for word in values.chain(&data.items.titles).filter(|word| MISSING_WORDS.contains(&word.as_str())) {
        match counts.iter_mut().find(|(known, _)| known == word) {
            Some((_, count)) => *count += 1,
            None => counts.push((word, 1)),
        }
    }
    let words: Vec<&str> = [""].into_iter().chain(counts.iter().map(|&(word, _)| word)).collect();
    let total: usize = counts.iter().map(|(_, count)| count).sum();
    (total > 0).then(|| {
        format!(
            "{total} values or titles are words for a missing value: they are learned from and shown as they are; if they mean that \
             there is none, write missing = {words:?} at the top of schema.toml"
        )
    })
}

fn titles(data: &Dataset) -> Option<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    data.items.titles.iter().for_each(|title| *counts.entry(title).or_default() += 1);
    let repeated: usize = counts.values().filter(|&&count| count > 1).sum();
    let example = data.items.titles.iter().find(|title| counts[title.as_str()] > 1)?;
    // The columns by how many items they leave with the title and value of another.
    let alike = |column: &Column| {
        let mut pairs: HashMap<(&str, &[String]), usize> = HashMap::new();
        let rows = data.items.titles.iter().zip(&column.values);
        rows.for_each(|(title, values)| *pairs.entry((title, values)).or_default() += 1);
        pairs.values().filter(|&&count| count > 1).sum::<usize>()
    };
    let shown = |column: &Column| column.kind != ColumnKind::Display;
    let visible = data.items.columns.iter().filter(|column| column.kind != ColumnKind::Text);
    let columns = visible.map(|column| (alike(column), &column.name, shown(column)));
    let best = columns.min_by_key(|&(alike, _, shown)| (alike, shown));
    let advice = match best {
        Some((left, name, _)) if left < repeated => {
            format!("show {name:?} beside them, which leaves {left} alike")
        }
        _ => "read a column that tells them apart, such as a year, with kind = \"display\" and show it".to_owned(),
    };
    Some(format!(
        "{repeated} items share their title with another, such as {example:?}: visitors cannot tell them apart; {advice}"
    ))
}

fn untrained(loaded: &Loaded, preset: &Preset) -> Option<String> {
    let learned = Learned::of(loaded, preset).users;
    let held_out = loaded.population.validation.len();
    let others = loaded.data.users.ids.len().saturating_sub(held_out);
    (learned * 2 < others).then(|| {
        format!(
            "{} of {others} users train nothing, as they have too few ratings or none: see what is left out; a preset with a \
             smaller tasks.min_ratings, or the default one, takes more",
            others - learned
        )
    })
}
