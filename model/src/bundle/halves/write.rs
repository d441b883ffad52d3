//! Write the weights of the default model.

use super::{neighbour_names, user_table};
use crate::bundle::write_tensors::{Precision, Writer};
use crate::halves::{Asking, Choice, Halves, Incidence, LEVELS, Neighbours, Stars, Table};
use crate::model::vocabulary::Vocabulary;

/// Return the content of the weights file of `model`, whose user fields have these vocabularies.
pub(in crate::bundle) fn write(model: &Halves, vocabularies: &[Vocabulary], precision: Precision) -> Vec<u8> {
    let mut writer = Writer::new(precision);
    write_choice(&mut writer, &model.choice, vocabularies);
    if let Some(stars) = &model.stars {
        write_stars(&mut writer, stars, vocabularies);
    }
    if let Some(asking) = &model.asking {
        write_asking(&mut writer, asking, model.len());
    }
    writer.finish()
}

fn write_choice(writer: &mut Writer, choice: &Choice, vocabularies: &[Vocabulary]) {
    let width = choice.vectors.width();
    let by_level = [LEVELS, width];
    write_items(writer, "choice.vectors", &choice.vectors);
    writer.floats("choice.bias", &[choice.bias.len()], &choice.bias);
    writer.floats("choice.gates", &by_level, &choice.gates);
    writer.floats("choice.answer", &by_level, &choice.answer);
    write_table(writer, "choice.count", &choice.count);
    for (vocabulary, table) in vocabularies.iter().zip(&choice.user_fields) {
        write_table(writer, &user_table("choice", vocabulary), table);
    }
    writer.floats("choice.start", &[width], &choice.start);
    writer.floats("choice.start_mean", &[width], &choice.start_mean);
    writer.floats("choice.rates", &[choice.rates.len() / width, width], &choice.rates);
    if choice.neighbour_weight != 0.0 {
        write_neighbours(writer, "choice", &choice.neighbours);
    }
}

fn write_stars(writer: &mut Writer, stars: &Stars, vocabularies: &[Vocabulary]) {
    let (count, size) = (stars.bias.len(), stars.vectors.width() + 1);
    writer.floats("stars.bias", &[count], &stars.bias);
    write_items(writer, "stars.vectors", &stars.vectors);
    writer.floats("stars.variance", &[count], &stars.variance);
    writer.floats("stars.audience", &[count], &stars.audience);
    write_items(writer, "stars.context", &stars.context);
    writer.exact("stars.precision", &[size, size], &stars.precision);
    for (vocabulary, table) in vocabularies.iter().zip(&stars.user_fields) {
        write_table(writer, &user_table("stars", vocabulary), table);
    }
    if stars.neighbour_weight != 0.0 {
        write_neighbours(writer, "stars", &stars.neighbours);
    }
}

fn write_asking(writer: &mut Writer, asking: &Asking, count: usize) {
    let Asking { items, known, liked, liked_strength } = asking;
    writer.whole("asking.items", position_size(count), items.iter().copied());
    for (name, Incidence { share, vectors }) in [("asking.known", known), ("asking.liked", liked)] {
        writer.floats(&format!("{name}.share"), &[share.len()], share);
        write_items(writer, &format!("{name}.vectors"), vectors);
    }
    writer.floats("asking.liked_strength", &[liked_strength.len()], liked_strength);
}

/// Return how many bytes the position of one of `count` items has.
fn position_size(count: usize) -> usize {
    if count <= 1 << 16 { 2 } else { 4 }
}

/// Write a table with a row per item.
fn write_items(writer: &mut Writer, name: &str, table: &Table) {
    writer.table(name, &[table.len(), table.width()], table.rows(0..table.len(), &mut Vec::new()));
}

/// Write another table.
fn write_table(writer: &mut Writer, name: &str, table: &Table) {
    writer.floats(name, &[table.len(), table.width()], table.rows(0..table.len(), &mut Vec::new()));
}

/// Write the neighbours of a half: how many each item has, their positions in two or four bytes, and their strengths.
fn write_neighbours(writer: &mut Writer, half: &str, neighbours: &Neighbours) {
    let [counts_name, items_name, strengths_name] = neighbour_names(half);
    let Neighbours { ends, items, strengths } = neighbours;
    let mut starts = vec![0];
    starts.extend_from_slice(ends);
    writer.whole(&counts_name, 1, starts.windows(2).map(|range| range[1] - range[0]));
    writer.whole(&items_name, position_size(ends.len()), items.iter().copied());
    match writer.precision {
        Precision::Int8 => {
            let mut lists = starts.windows(2).map(|range| &strengths[range[0] as usize..range[1] as usize]);
            writer.quantised(&strengths_name, &[strengths.len()], &mut lists);
        }
        _ => writer.floats(&strengths_name, &[strengths.len()], strengths),
    }
}
