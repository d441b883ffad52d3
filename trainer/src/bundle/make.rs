//! Makes the bundle of a run's model.

use crate::data::{Column, Dataset};
use crate::evidence::shipped;
use crate::measure::evaluate::{MODEL, Measured};
use crate::train::{Loaded, Run};
use fewclicks_model::bundle::{About, Bundle, Catalogue, Item};
use fewclicks_model::model::Model;

/// Make the bundle of a run's model, and the items of its catalogue; `measured` are the model's metrics, which go into the manifest.
///
/// # Errors
/// Return an error if the catalogue makes the model too large.
pub fn make(
    run: &Run,
    loaded: &Loaded,
    model: &Model,
    measured: Option<&Measured>,
) -> anyhow::Result<(Bundle, Vec<Item>)> {
    let Loaded { data, encoded, .. } = loaded;
    let shown = shown(data);
    let bundle = Bundle {
        about: About {
            name: data.name.clone(),
            notice: data.notice.clone(),
            preset: run.config.preset.name.clone(),
            metrics: measured.map(figures).unwrap_or_default(),
        },
        model: model.fold(&encoded.items)?.into(),
        user_vocabularies: encoded.user_vocabularies.clone(),
        catalogue: Catalogue::new(&shown, shipped(model, encoded, run.config.seed)?)?,
    };
    Ok((bundle, shown))
}

/// Return the main metric of the model itself, by name and number of answers.
pub fn figures(measured: &Measured) -> Vec<(String, f64)> {
    let answers = |answers: Option<usize>| answers.map_or("all".into(), |n| n.to_string());
    match measured {
        Measured::Ratings(rows) => (rows.iter().filter(|row| row.contender == MODEL))
            .map(|row| (format!("held-out MAE after {} answers", answers(row.answers)), row.metrics.mae))
            .collect(),
        Measured::Picks(rows) => (rows.iter())
            .map(|row| (format!("held-out nDCG@10 after {} picks", answers(row.answers)), row.metrics.ndcg10))
            .collect(),
    }
}

/// The items as people see them.
fn shown(data: &Dataset) -> Vec<Item> {
    let known = |column: &&Column, row: usize| !column.values[row].is_empty();
    let item = |row: usize| Item {
        id: data.items.ids[row].clone(),
        title: data.items.titles[row].clone(),
        fields: (data.items.columns.iter())
            .filter(|column| known(column, row))
            .map(|column| (column.name.clone(), column.values[row].clone()))
            .collect(),
    };
    (0..data.items.ids.len()).map(item).collect()
}
