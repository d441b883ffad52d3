//! What to change where a plan does not fit.

use super::cost::{Cost, Plan};

/// An epoch that takes longer than this many hours is not planned for.
const MAX_HOURS: f64 = 24.0;

/// Return a line for each thing that does not fit, and what to change.
pub fn advice(plan: &Plan, cost: &Cost) -> Vec<String> {
    let mut lines = Vec::new();
    let memory = cost.total_memory();
    if memory > plan.memory {
        let [ratings, users, ..] = cost.memory;
        let kept = plan.memory / memory;
        lines.push(format!(
            "Memory: {:.0} GB a rank, of {:.0} GB. Each rank has all ratings, users and items: more ranks do not help. Give each \
             rank more memory, or learn from a sample of {:.2} % of the users, {}.",
            memory / 1e9,
            plan.memory / 1e9,
            100.0 * kept,
            if ratings + users > 0.5 * memory { "who take most of it" } else { "and drop items that few of them have, which take most of it" }
        ));
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
    lines
}
