//! Metrics of ratings and of picks in one form.

use crate::measure::evaluate::{Measured, Row};

/// A metric of all contenders at every number of answers.
pub struct Figures {
    pub metric: &'static str,
    /// Whether less is better.
    pub lower: bool,
    /// Explanation of the metric.
    pub about: &'static str,
    pub rows: Vec<Figure>,
}

/// The value of a metric.
pub struct Figure {
    pub contender: String,
    pub answers: Option<usize>,
    pub value: f64,
}

impl Figures {
    /// Return all metrics; the main metric comes first.
    pub fn of(measured: &Measured) -> Vec<Self> {
        match measured {
            Measured::Ratings(rows) => vec![
                Self::by(rows, ("MAE", true, "mean absolute error"), |m| m.mae),
                Self::by(rows, ("RMSE", true, "root of the mean squared error"), |m| m.rmse),
                Self::by(rows, ("nDCG@1", false, "is what it ranks first the best?"), |m| m.ndcg[0]),
                Self::by(rows, ("nDCG@3", false, "order of its first three"), |m| m.ndcg[1]),
                Self::by(rows, ("nDCG@5", false, "order of its first five"), |m| m.ndcg[2]),
            ],
            Measured::Picks(rows) => vec![
                Self::by(rows, ("nDCG@10", false, "picks among its first ten, higher places counting more"), |m| {
                    m.ndcg10
                }),
                Self::by(rows, ("recall@20", false, "picks among its first twenty, of those there could be"), |m| {
                    m.recall20
                }),
                Self::by(
                    rows,
                    ("nDCG@100", false, "picks among its first hundred, higher places counting more"),
                    |m| m.ndcg100,
                ),
            ],
        }
    }

    fn by<M>(
        rows: &[Row<M>],
        (metric, lower, about): (&'static str, bool, &'static str),
        value: impl Fn(&M) -> f64,
    ) -> Self {
        let figure = |row: &Row<M>| Figure {
            contender: row.contender.clone(),
            answers: row.answers,
            value: value(&row.metrics),
        };
        Self { metric, lower, about, rows: rows.iter().map(figure).collect() }
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
        let is = |figure: &&Figure| figure.contender == contender && figure.answers == answers;
        self.rows.iter().find(is).map(|figure| figure.value)
    }

    /// Return the best value at `answers`.
    pub fn best(&self, answers: Option<usize>) -> f64 {
        let values = self.rows.iter().filter(|figure| figure.answers == answers).map(|figure| figure.value);
        if self.lower { values.fold(f64::INFINITY, f64::min) } else { values.fold(f64::NEG_INFINITY, f64::max) }
    }
}
