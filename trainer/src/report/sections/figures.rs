//! Metrics of ratings and of picks in one form.

use crate::data::Feedback;
use crate::measure::metric::Metric;
use crate::measure::rows::Row;

/// A metric of all contenders at every number of answers.
pub struct Figures {
    pub metric: Metric,
    pub rows: Vec<Figure>,
}

/// The value of a metric.
pub struct Figure {
    pub contender: String,
    pub answers: Option<usize>,
    pub value: f64,
    /// 95 % interval; `None` for a single task.
    pub interval: Option<[f64; 2]>,
}

/// Metrics of ratings, in the order they are shown.
const OF_RATINGS: [Metric; 9] = [
    Metric::Mae,
    Metric::Rmse,
    Metric::Ndcg10,
    Metric::ListNdcg10,
    Metric::Disliked10,
    Metric::MaeAtMean,
    Metric::Ndcg1,
    Metric::Ndcg3,
    Metric::Ndcg5,
];

/// Metrics of picks, in the order they are shown.
const OF_PICKS: [Metric; 3] = [Metric::PickNdcg10, Metric::Recall20, Metric::PickNdcg100];

impl Figures {
    /// Return all metrics of anonymous visitors, or of those whose fields are given; the main metric comes first.
    pub fn of(measured: &[Row], feedback: Feedback, fields: bool) -> Vec<Self> {
        let metrics = match feedback {
            Feedback::Ratings => &OF_RATINGS[..],
            Feedback::Picks => &OF_PICKS,
        };
        metrics.iter().map(|&metric| Self::by(measured, metric, fields)).collect()
    }

    fn by(measured: &[Row], metric: Metric, fields: bool) -> Self {
        let figure = |row: &Row| {
            Some(Figure {
                contender: row.contender.clone(),
                answers: row.answers,
                value: *row.values.get(metric.name())?,
                interval: row.intervals.get(metric.name()).copied(),
            })
        };
        Self { metric, rows: measured.iter().filter(|row| row.fields == fields).filter_map(figure).collect() }
    }

    /// Return the names of the contenders, in order.
    pub fn contenders(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.rows.iter().map(|figure| figure.contender.as_str()).collect();
        names.dedup();
        names
    }

    /// Return the numbers of answers, in order.
    pub fn answers(&self) -> Vec<Option<usize>> {
        let first = self.rows.first().map(|figure| &figure.contender);
        self.rows.iter().filter(|figure| Some(&figure.contender) == first).map(|figure| figure.answers).collect()
    }

    pub fn value(&self, contender: &str, answers: Option<usize>) -> Option<f64> {
        self.figure(contender, answers).map(|figure| figure.value)
    }

    pub fn figure(&self, contender: &str, answers: Option<usize>) -> Option<&Figure> {
        self.rows.iter().find(|figure| figure.contender == contender && figure.answers == answers)
    }

    /// Return the best value at `answers`.
    pub fn best(&self, answers: Option<usize>) -> f64 {
        let values = self.rows.iter().filter(|figure| figure.answers == answers).map(|figure| figure.value);
        match self.metric.is_error() {
            true => values.fold(f64::INFINITY, f64::min),
            false => values.fold(f64::NEG_INFINITY, f64::max),
        }
    }
}
