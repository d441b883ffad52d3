//! What to change where a plan does not fit.

use super::cost::{Cost, Plan};
use crate::ranks::TOGETHER;

/// An epoch that takes longer than this many hours is not planned for.
const MAX_HOURS: f64 = 24.0;

/// Return a line for each thing that does not fit, and what to change.
pub fn advice(plan: &Plan, cost: &Cost) -> Vec<String> {
    let mut lines = Vec::new();
    let mut most_ranks = plan.ranks;
    let memory = cost.total_memory();
    if memory > plan.memory {
        let repeated: f64 = cost.repeated.iter().sum();
        let [users, items, parameters, ..] = cost.repeated;
        let left = plan.memory - repeated;
        let change = if left > 0.0 {
            let ranks = (cost.divided.iter().sum::<f64>() * plan.ranks / left).ceil();
            most_ranks = ranks.max(most_ranks);
            format!("It fits with {ranks:.0} ranks")
        } else if users > items + parameters {
            format!(
                "Users take {:.0} GB on every rank: give each more memory, or learn from a sample of them",
                users / 1e9
            )
        } else {
            format!(
                "Items take {:.0} GB on every rank: give each more memory, or drop items that few users have",
                (items + parameters) / 1e9
            )
        };
        lines.push(format!("Memory: {:.0} GB a rank, of {:.0} GB. {change}.", memory / 1e9, plan.memory / 1e9));
    }
    let [shared, repeated, exchanging] = cost.epoch;
    if shared + repeated + exchanging > MAX_HOURS {
        let batch = plan.preset.choice.batch;
        lines.push(match () {
            () if repeated > shared.max(exchanging) => format!(
                "Time: each step moves all parameters on every rank. Fewer steps by larger batches (choice.batch, now {batch}), or \
                 fewer items."
            ),
            () if exchanging > shared => {
                format!("Time: exchanging takes longest. A faster network, or larger batches (choice.batch, now {batch}).")
            }
            () => "Time: more ranks, up to the number of blocks of 256 candidates, or more cores a rank.".into(),
        });
    }
    let blocks = (plan.users / TOGETHER as f64).ceil();
    if most_ranks > blocks {
        lines.push(format!(
            "Ranks: for the default preset users are divided by {TOGETHER}, here between {blocks:.0} ranks and no further: with more \
             ranks none holds less of them."
        ));
    }
    lines
}
