//! Invented titles and pen names, from a small grammar. Titles are in English, whatever the comic's language.

use super::cluster::Cluster;
use rand::{Rng, RngExt};
use std::collections::HashSet;

const TITLES: [&str; 12] = [
    "{adjective} {noun}",
    "The {adjective} {noun} of {place}",
    "{name} and the {adjective} {noun}",
    "{name} of {place}",
    "No {noun} for {name}",
    "The {noun} at {place}",
    "{place} {noun}s",
    "{number} {adjective} {noun}s",
    "{name}'s {adjective} {noun}",
    "The {adjective} {noun} Society",
    "Under the {adjective} {noun}",
    "{name} vs. the {noun}s",
];
const ADJECTIVES: &str = "Copper Borrowed Crooked Quiet Velvet Paper Hollow Electric Tangerine Wandering Clockwork \
    Forgetful Lopsided Salted Tin Reluctant Unfinished Indigo Gentle Rusty Spare Sleepy Stray Thirteenth Wooden \
    Porcelain Restless Sunlit Foggy Feral Marmalade Backwards Frostbitten Overdue Improbable Whistling Lavender";
const NUMBERS: &str = "Two Four Five Six Nine Eleven Fourteen Nineteen Forty Ninety";
const NAMES: &str = "Anouk Bastiaan Calla Dagny Eskil Fenna Goran Hetty Iolo Juna Kasimir Lumi Marisol Nadir Odile Pim \
    Quillon Rafi Sanne Tamsin Ulla Vesna Wiebe Xanthe Yusra Zeno Imke Dario Elspeth Kofi Leocadia Mirek Noor Oona \
    Perpetua Rosalind Soraya Tomasz Umi Valdis Wanja Yannick Zofia Abeni Bertil Chidi Delphine Emeka Farrukh Gisela \
    Hanneke Itzel Jorunn Koji Linnea Matilde Nkechi Orla Pavel Ragna";
const BEGINNINGS: &str = "Vell Brack Harrow Tarn Osk Mirrel Quen Drum Fallow Gant Hob Ister Kell Lor Marl Nether \
    Orrin Pell Rusk Thorn Umber Wyn Yarrow Zell";
const PLACE_ENDINGS: &str = "mere ford wick holm gate moor haven dale stead bridge crest water";
const SURNAME_ENDINGS: &str = "by holt sen wood ander ino ek ova etti aud ura mann";

/// Draw a word of a list.
fn word<'a>(words: &'a str, rng: &mut impl Rng) -> &'a str {
    let words: Vec<&str> = words.split(' ').collect();
    words[rng.random_range(0..words.len())]
}

/// Draw a title for a comic of the cluster; it may repeat an earlier one.
pub fn title(cluster: &Cluster, rng: &mut impl Rng) -> String {
    let which = rng.random_range(0..TITLES.len() + cluster.titles.len());
    let pattern = TITLES.get(which).unwrap_or_else(|| &cluster.titles[which - TITLES.len()]);
    let mut title = String::new();
    for part in pattern.split_inclusive('}') {
        let (before, key) = part.split_once('{').unwrap_or((part, ""));
        title += before;
        match key {
            "adjective}" => title += word(ADJECTIVES, rng),
            "noun}" => title += word(cluster.nouns, rng),
            "name}" => title += word(NAMES, rng),
            "number}" => title += word(NUMBERS, rng),
            "place}" => title += &joined(BEGINNINGS, PLACE_ENDINGS, rng),
            _ => {}
        }
    }
    title
}

/// Draw a pen name, such as `Oona Tarnholt`; it may repeat an earlier one.
pub fn pen_name(rng: &mut impl Rng) -> String {
    format!("{} {}", word(NAMES, rng), joined(BEGINNINGS, SURNAME_ENDINGS, rng))
}

fn joined(beginnings: &str, endings: &str, rng: &mut impl Rng) -> String {
    format!("{}{}", word(beginnings, rng), word(endings, rng))
}

/// Draw until the text is not in `known`, and add it there.
pub fn fresh(known: &mut HashSet<String>, mut draw: impl FnMut() -> String) -> String {
    loop {
        let text = draw();
        if known.insert(text.clone()) {
            return text;
        }
    }
}
