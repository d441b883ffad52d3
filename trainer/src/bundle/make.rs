//! Makes the bundle of a run's model.

use crate::data::{Column, Dataset};
use crate::evidence::shipped;
use crate::measure::metric::Metric;
use crate::measure::rows::Row;
use crate::train::{Loaded, Run};
use fewclicks_model::bundle::{About, Bundle, Catalogue, Item};
use fewclicks_model::model::Model;

/// Make the bundle of a run's model, and the items of its catalogue; `measured` are the
/// model's metrics, which go into the manifest.
///
/// # Errors
/// Return an error if the catalogue makes the model too large.
pub fn make(run: &Run, loaded: &Loaded, model: &Model, measured: &[Row]) -> anyhow::Result<(Bundle, Vec<Item>)> {
    let Loaded { data, encoded, .. } = loaded;
    let (folded, items) = model.fold(&encoded.items)?;
    let shown = shown(data);
    let bundle = Bundle {
        about: About {
            name: data.name.clone(),
            notice: data.notice.clone(),
            preset: run.config.preset.name.clone(),
            metrics: figures(measured),
        },
        model: folded.stored(),
        items,
        user_vocabularies: encoded.user_vocabularies.clone(),
        catalogue: Catalogue::new(&shown, shipped(model, encoded, run.config.seed)?)?,
    };
    Ok((bundle, shown))
}

/// Return the main metrics of a model measured alone, for anonymous visitors, by name and number of answers.
pub fn figures(measured: &[Row]) -> Vec<(String, f64)> {
    let named = [(Metric::Mae, "MAE", "answers"), (Metric::PickNdcg10, "nDCG@10", "picks")];
    let figure = |row: &Row| {
        let answers = row.answers.map_or("all".into(), |n| n.to_string());
        let of = |(metric, title, unit): &(Metric, &str, &str)| {
            let value = row.values.get(metric.name()).filter(|_| metric.is_measured_in(row))?;
            Some((format!("held-out {title} after {answers} {unit}"), *value))
        };
        named.iter().filter_map(of).collect::<Vec<_>>()
    };
    measured.iter().filter(|row| !row.fields).flat_map(figure).collect()
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
