//! A plan as text.

use super::advice::advice;
use super::cost::Plan;
use std::fmt::Write;

/// Return the costs of a plan, and what to change where it does not fit.
pub fn text(plan: &Plan) -> String {
    let cost = plan.cost();
    let mut text = String::new();
    let mut line = |name: &str, value: String| writeln!(text, "{name:<34} {value}").expect("a text takes all");
    let gigabytes = |bytes: f64| format!("{:>12.2} GB", bytes / 1e9);
    for (name, bytes) in ["ratings", "users"].iter().zip(cost.divided) {
        line(&format!("memory a rank: its {name}"), gigabytes(bytes));
    }
    let parts = ["all users", "all items", "parameters and moments", "teacher", "program"];
    for (name, bytes) in parts.iter().zip(cost.repeated) {
        line(&format!("memory a rank: {name}"), gigabytes(bytes));
    }
    line("memory a rank", gigabytes(cost.total_memory()));
    line("steps an epoch", format!("{:>12.0}", cost.steps));
    line("received a rank and step", format!("{:>12.2} MB", cost.bytes_a_step / 1e6));
    let hours = |hours: f64| format!("{hours:>12.2} h");
    let [shared, repeated, exchanging] = cost.epoch;
    line("epoch: shared between ranks", hours(shared));
    line("epoch: repeated on each rank", hours(repeated));
    line("epoch: exchanging", hours(exchanging));
    line("epoch", hours(shared + repeated + exchanging));
    let [fitting, exchanging] = cost.round;
    line("round of stars, once before epochs", hours(fitting + exchanging));
    line("teacher, once or twice", hours(cost.teacher));
    let advice = advice(plan, &cost);
    match advice.is_empty() {
        true => text.push_str("\nIt fits.\n"),
        false => advice.iter().for_each(|advice| text.push_str(&format!("\n{advice}\n"))),
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::{DEFAULT, Preset};

    fn plan(ratings: f64, users: f64, items: f64, ranks: f64) -> Plan {
        let Preset::Halves(preset) = Preset::load(DEFAULT).unwrap() else { panic!("the default has two halves") };
        Plan { ratings, users, items, ranks, cores: 4.0, memory: 64e9, bandwidth: 1.25e9, preset }
    }

    /// Proves that a small site fits and a huge one does not, and that more ranks share what is shared and nothing else.
    #[test]
    fn costs_grow_as_they_should() {
        assert!(text(&plan(1e6, 6e3, 4e3, 1.0)).ends_with("It fits.\n"));
        let huge = text(&plan(1e10, 1e8, 1e7, 64.0));
        assert!(huge.contains("\nMemory: ") && huge.contains("\nTime: each step moves all parameters"), "{huge}");
        let [two, four] = [2.0, 4.0].map(|ranks| plan(1e8, 1e6, 1e5, ranks).cost());
        assert_eq!(two.repeated, four.repeated);
        assert_eq!(two.divided, four.divided.map(|bytes| 2.0 * bytes));
        let advised = |ranks| text(&plan(1e10, 1e7, 1e4, ranks));
        let count: f64 = advised(4.0).split("with ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
        assert!(advised(count - 1.0).contains("Memory: ") && !advised(count).contains("Memory: "), "{count}");
        assert!((two.epoch[0] / four.epoch[0] - 2.0).abs() < 1e-9);
        assert_eq!(two.epoch[1..], four.epoch[1..]);
        assert_eq!(plan(1e8, 1e6, 1e5, 1.0).cost().epoch[2], 0.0, "one rank exchanges nothing");
    }

    /// Proves that the bytes of a step are those that `metrics.jsonl` has for a catalogue of 2,000 items, in an epoch that fits no
    /// teacher.
    #[test]
    fn a_step_exchanges_what_was_measured() {
        let bytes = plan(25e4, 5e3, 2e3, 2.0).cost().bytes_a_step;
        assert!((bytes / 2_184_049.0 - 1.0).abs() < 0.005, "{bytes}");
    }
}
