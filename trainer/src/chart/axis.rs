//! Axes: from values to positions, with ticks.

/// An axis of a chart.
pub struct Axis {
    pub title: String,
    /// Values and their labels, ascending.
    pub ticks: Vec<(f64, String)>,
    low: f64,
    high: f64,
    transform: fn(f64) -> f64,
}

impl Axis {
    /// Create an axis from `low` to `high`, widened to multiples of a round step, with about five ticks.
    pub fn linear(title: impl Into<String>, low: f64, high: f64, label: impl Fn(f64) -> String) -> Self {
        let step = round_step(low, high);
        let (first, last) = ((low / step).floor(), (high / step).ceil().max((low / step).floor() + 1.0));
        let count = (last - first) as usize;
        let ticks = (0..=count).map(|i| (first + i as f64) * step).map(|value| (value, label(value))).collect();
        Self { title: title.into(), ticks, low: first * step, high: last * step, transform: |x| x }
    }

    /// Create an axis along log(1 + x), with a tick at those of `values`, ascending from 0, that leave room for the
    /// label before.
    pub fn logarithmic(title: impl Into<String>, values: &[usize]) -> Self {
        let transform = |x: f64| x.ln_1p();
        let high = values.last().map_or(1.0, |&last| (last as f64).max(1.0));
        let mut ticks: Vec<(f64, String)> = Vec::new();
        for &value in values {
            let room =
                |&(last, _): &(f64, String)| (transform(value as f64) - transform(last)) / transform(high) > 0.055;
            if ticks.last().is_none_or(room) {
                ticks.push((value as f64, value.to_string()));
            }
        }
        Self { title: title.into(), ticks, low: 0.0, high, transform }
    }

    /// Create an axis with a slot per label: the first around 0, the second around 1.
    pub fn slots(title: impl Into<String>, labels: &[String]) -> Self {
        Self {
            title: title.into(),
            ticks: thinned(labels, 0.0),
            low: -0.5,
            high: labels.len() as f64 - 0.5,
            transform: |x| x,
        }
    }

    /// Create an axis with slots as [`Axis::slots`] whose edges are labelled: there is one label more than slots.
    pub fn edges(title: impl Into<String>, labels: &[String]) -> Self {
        Self {
            title: title.into(),
            ticks: thinned(labels, -0.5),
            low: -0.5,
            high: labels.len() as f64 - 1.5,
            transform: |x| x,
        }
    }

    /// Return the position of a value: 0 at the low end, 1 at the high end.
    pub fn fraction(&self, value: f64) -> f64 {
        let (low, high) = ((self.transform)(self.low), (self.transform)(self.high));
        ((self.transform)(value) - low) / (high - low)
    }
}

/// Return at most twelve of the labels, at positions one unit apart from `first` on.
fn thinned(labels: &[String], first: f64) -> Vec<(f64, String)> {
    let every = labels.len().div_ceil(12).max(1);
    labels.iter().enumerate().step_by(every).map(|(i, label)| (first + i as f64, label.clone())).collect()
}

/// Return 1, 2 or 5 times a power of ten, about a fifth of the range.
fn round_step(low: f64, high: f64) -> f64 {
    let span = if high > low { high - low } else { high.abs().max(1.0) };
    let power = 10f64.powf((span / 5.0).log10().floor());
    let times = [1.0, 2.0, 5.0].into_iter().find(|times| times * power * 6.0 >= span).unwrap_or(10.0);
    times * power
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(low: f64, high: f64) -> Vec<String> {
        Axis::linear("", low, high, |x| format!("{x:.2}")).ticks.into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn ticks_are_round_and_hold_all_values() {
        assert_eq!(ticks(0.68, 0.83), ["0.65", "0.70", "0.75", "0.80", "0.85"]);
        assert_eq!(ticks(0.0, 1.0), ["0.00", "0.20", "0.40", "0.60", "0.80", "1.00"]);
        for (low, high) in [(0.0, 0.0), (3.0, 3.0), (-1.0, 7.3), (1e-9, 2e-9), (0.0, 123_456.0)] {
            let axis = Axis::linear("", low, high, |x| x.to_string());
            assert!(axis.low <= low + 1e-12 && axis.high >= high, "{low} to {high}");
            assert!((2..=8).contains(&axis.ticks.len()), "{low} to {high}: {:?}", axis.ticks);
        }
    }

    #[test]
    fn a_logarithmic_axis_begins_at_nothing() {
        let axis = Axis::logarithmic("", &[0, 1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 80]);
        assert_eq!((axis.fraction(0.0), axis.fraction(80.0)), (0.0, 1.0));
        assert!(axis.ticks.iter().any(|(value, _)| *value == 5.0) && axis.ticks[0].0 == 0.0);
    }
}
