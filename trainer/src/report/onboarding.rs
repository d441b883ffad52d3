//! Replayed signups.

use crate::data::Feedback;
use crate::data::tasks_file::TaskRows;
use crate::evidence::Strategy;
use crate::measure::onboarding::{Row, replay};
use crate::train::{Loaded, Trained};
use serde::Serialize;

/// Strategies that signups are replayed with. `greedy` is left out, as it is slow.
const REPLAYED: [Strategy; 8] = [
    Strategy::Personal,
    Strategy::Variance,
    Strategy::Adaptive,
    Strategy::Frobenius,
    Strategy::Popularity,
    Strategy::Random,
    Strategy::Entropy0,
    Strategy::Helf,
];

/// Number of the first of these that are replayed for picks: the others need several opinions, of which picks have one.
const REPLAYED_FOR_PICKS: usize = 6;

/// Replayed signups.
#[derive(Debug, Serialize)]
pub struct Onboarding {
    /// Name of the tasks.
    pub name: String,
    /// Strategy of the bundle.
    pub in_use: String,
    pub tasks: usize,
    pub rows: Vec<Row>,
}

/// Replay signups: each task's user is shown items, answers those in the support set, and predictions of the query set
/// are measured.
///
/// # Errors
/// Return the errors of [`replay`].
pub fn onboarding(
    name: &str,
    tasks: &[TaskRows],
    model: &Trained,
    loaded: &Loaded,
    seed: u64,
) -> anyhow::Result<Onboarding> {
    let strategies = match model.feedback() {
        Feedback::Ratings => &REPLAYED[..],
        Feedback::Picks => &REPLAYED[..REPLAYED_FOR_PICKS],
    };
    let rows = replay(model, &loaded.encoded, tasks, strategies, seed)?;
    Ok(Onboarding { name: name.into(), in_use: Strategy::of(model).name(), tasks: tasks.len(), rows })
}
