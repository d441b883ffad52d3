//! Makes the bundle of a run's model.

use crate::data::{Column, ColumnKind, Dataset, day};
use crate::evidence::shipped;
use crate::measure::metric::Metric;
use crate::measure::rows::Row;
use crate::preset::Preset;
use crate::train::{Learned, Loaded, Run, Trained};
use fewclicks_model::bundle::{About, Bundle, Catalogue, Item};
use fewclicks_model::recommender::Recommender;
use std::time::{SystemTime, UNIX_EPOCH};

/// Make the bundle of a run's model, and the items of its catalogue; `learned` is what the run learned from ([`learned`]) and
/// `measured` are the model's metrics, which both go into the manifest.
///
/// # Errors
/// Return an error if the catalogue makes the model too large.
pub fn make(
    run: &Run,
    loaded: &Loaded,
    model: &Trained,
    learned: Vec<(String, f64)>,
    measured: &[Row],
) -> anyhow::Result<(Bundle, Vec<Item>)> {
    let Loaded { data, encoded, .. } = loaded;
    let shown = shown(data);
    let candidates = shipped(model, encoded, run.config.seed)?;
    let mut recommender = model.recommender(encoded)?;
    if let Recommender::Halves(halves) = &mut recommender {
        // Questions are about candidates only.
        let items: Vec<usize> = candidates.iter().map(|candidate| candidate.item).collect();
        halves.asking = halves.asking.as_ref().map(|asking| asking.select(&items));
    }
    let bundle = Bundle {
        about: About {
            name: data.name.clone(),
            notice: data.notice.clone(),
            preset: run.config.preset.name().into(),
            made: made(run)?,
            metrics: [learned, figures(measured)].concat(),
        },
        model: recommender,
        user_vocabularies: encoded.user_vocabularies.clone(),
        catalogue: Catalogue::new(&shown, candidates)?,
    };
    Ok((bundle, shown))
}

/// Return how the bundle of a run is made: the trainer's version, the day, the seed, and the SHA-256 of the data.
fn made(run: &Run) -> anyhow::Result<String> {
    let (version, day, seed) = (env!("CARGO_PKG_VERSION"), today(), run.config.seed);
    Ok(format!("trainer {version}, {day}, seed {seed}, data {}", run.data_sha256()?))
}

/// Return the day in UTC: that of the environment variable `SOURCE_DATE_EPOCH`, in seconds since 1970, where it is set, so that the
/// same run gives the same bundle on any day.
fn today() -> String {
    let stated = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse::<u32>().ok()).map(i64::from);
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs() as i64);
    day(1000 * stated.unwrap_or_else(now))
}

/// Return what a run with `preset` learns from `loaded`, what it leaves out, and what reading dropped, merged or found unknown, as
/// counts by name.
pub fn learned(loaded: &Loaded, preset: &Preset) -> Vec<(String, f64)> {
    let learned = Learned::of(loaded, preset);
    let counts = [("users", learned.users), ("ratings", learned.ratings), ("items", learned.items)];
    let learned_from = counts.map(|(what, count)| (format!("{what} learned from"), count as f64));
    let left_out =
        learned.left_out.iter().map(|part| (format!("left out: {} {}", part.what, part.why), part.count as f64));
    let changed = loaded.data.changes.iter().map(|change| (format!("data: {}", change.what), change.count as f64));
    learned_from.into_iter().chain(left_out).chain(changed).collect()
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

/// The items as people see them, without texts that are only learned from.
fn shown(data: &Dataset) -> Vec<Item> {
    let known = |column: &&Column, row: usize| column.kind != ColumnKind::Text && !column.values[row].is_empty();
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
