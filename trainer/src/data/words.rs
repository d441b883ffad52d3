//! Words of texts, such as titles and descriptions, as features.

use crate::data::Column;
use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// Minimum number of rows in training that have a word. What fewer rows share tells little of each.
pub const MIN_ROWS: usize = 10;

/// Maximum share of the rows in training that have a word: more common ones, such as "the", tell no row from another.
const MAX_SHARE: f64 = 0.1;

/// Return the distinct words of a text: by Unicode's word boundaries, in lower case, without accents.
pub fn words(text: &str) -> Vec<String> {
    let folded: String = text.to_lowercase().nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).nfc().collect();
    let mut seen = HashSet::new();
    folded.unicode_words().filter(|word| seen.insert(*word)).map(str::to_owned).collect()
}

/// Return a column of texts with those of their words that are neither rare nor common in training.
pub fn worded(column: &Column, in_training: &dyn Fn(usize) -> bool) -> Column {
    let mut values: Vec<Vec<String>> =
        column.values.iter().map(|texts| texts.iter().flat_map(|text| words(text)).collect()).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let trained = || values.iter().enumerate().filter(|&(row, _)| in_training(row));
    trained().flat_map(|(_, words)| words).for_each(|word| *counts.entry(word).or_default() += 1);
    let max = (MAX_SHARE * trained().count() as f64) as usize;
    let kept: HashSet<String> = counts
        .into_iter()
        .filter(|(_, count)| (MIN_ROWS..=max).contains(count))
        .map(|(word, _)| word.to_owned())
        .collect();
    values.iter_mut().for_each(|words| words.retain(|word| kept.contains(word)));
    Column { name: column.name.clone(), kind: column.kind, values }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::ColumnKind;

    #[test]
    fn words_are_in_lower_case_and_without_accents() {
        assert_eq!(words("Amélie's CAFÉ — a café, ﬁne, no. 7!"), ["amelie's", "cafe", "a", "fine", "no", "7"]);
    }

    /// Of the words in training those of ten rows up to a tenth of them are kept, in all rows.
    #[test]
    fn rare_and_common_words_are_dropped() {
        let text = |row: usize| {
            let often = if row.is_multiple_of(20) { "whale" } else { "" };
            let rare = if row < 9 { "sextant" } else { "" };
            vec![format!("The {often} {rare} {}", if row.is_multiple_of(2) { "sea" } else { "" })]
        };
        let column = Column { name: "plot".into(), kind: ColumnKind::Text, values: (0..220).map(text).collect() };
        let found = worded(&column, &|row| row < 200);
        let expected: Vec<Vec<String>> = (0_usize..220)
            .map(|row| if row.is_multiple_of(20) { vec!["whale".to_owned()] } else { Vec::new() })
            .collect();
        assert_eq!(found.values, expected);
        let few = worded(&column, &|row| row < 180);
        assert!(few.values.iter().all(Vec::is_empty), "nine rows have the word");
    }
}
