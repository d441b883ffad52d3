//! A text table of the costs of training.

use super::costs::{Costs, PresetCosts};
use std::fmt::Write;

/// Return the table, with a line per preset, order and number of threads.
pub fn table(costs: &Costs) -> String {
    let Costs { machine, data, users, items, ratings, read_seconds, presets } = costs;
    let mut text = format!(
        "{data}: {ratings} ratings of {items} items by {users} users, read in {read_seconds:.2} s. {} cores.\n\n\
         {:<14}{:<8}{:>8}{:>8}{:>11}{:>10}{:>10}{:>11}{:>8}{:>10}\n",
        machine.cores,
        "preset",
        "order",
        "threads",
        "tasks",
        "tasks/s",
        "epoch, s",
        "CPU s",
        "ns/rating",
        "×first",
        "peak, MB"
    );
    for costs in presets {
        lines(costs, &mut text);
    }
    text
}

fn lines(costs: &PresetCosts, text: &mut String) {
    for speed in &costs.speeds {
        let first = costs.speeds.iter().find(|other| other.threads == speed.threads && other.order == "first");
        let times = first.map(|first| speed.epoch_cpu_seconds / first.epoch_cpu_seconds);
        let known = |number: Option<f64>, digits| number.map_or("–".into(), |number| format!("{number:.digits$}"));
        writeln!(
            text,
            "{:<14}{:<8}{:>8}{:>8}{:>11.0}{:>10.2}{:>10.2}{:>11.0}{:>8}{:>10}",
            costs.preset,
            speed.order,
            speed.threads,
            costs.tasks,
            speed.tasks_per_second,
            speed.epoch_seconds,
            speed.epoch_cpu_seconds,
            speed.nanoseconds_per_rating,
            known(times, 2),
            known(speed.peak_bytes.map(|bytes| bytes as f64 / 1e6), 0),
        )
        .expect("writing to a String succeeds");
    }
}

#[cfg(test)]
mod tests {
    use super::super::machine::Machine;
    use super::super::speed::Speed;
    use super::*;

    fn speed(order: &'static str, threads: usize, cpu: f64) -> Speed {
        Speed {
            order,
            threads,
            tasks: 100,
            tasks_per_second: 50.0,
            epoch_seconds: 2.0,
            epoch_cpu_seconds: cpu,
            nanoseconds_per_rating: 700.0,
            peak_bytes: (threads == 1).then_some(123_000_000),
        }
    }

    #[test]
    fn second_order_is_told_as_a_multiple_of_first_order_on_as_many_threads() {
        let speeds =
            vec![speed("first", 1, 2.0), speed("first", 2, 4.0), speed("second", 1, 5.0), speed("second", 2, 6.0)];
        let presets = vec![PresetCosts { preset: "melu".into(), encode_seconds: 0.1, tasks: 100, speeds }];
        let machine = Machine::this();
        let costs = Costs { machine, data: "d".into(), users: 3, items: 4, ratings: 5, read_seconds: 0.5, presets };
        let text = table(&costs);
        let words: Vec<Vec<&str>> = text.lines().skip(3).map(|line| line.split_whitespace().collect()).collect();
        let expected = ["melu", "second", "1", "100", "50", "2.00", "5.00", "700", "2.50", "123"];
        assert_eq!(words[2], expected);
        assert_eq!(words[3][8..], ["1.50", "–"]);
    }
}
