//! The metrics, their names, and which way is better.

use super::rows::Row;

/// A metric, computed task by task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// Mean absolute error of ratings as they are shown: read out.
    Mae,
    /// Root mean squared error of expected ratings, over all query ratings.
    Rmse,
    /// Mean absolute error of expected ratings.
    MaeAtMean,
    /// nDCG@1 of the query items, with the rating as gain.
    Ndcg1,
    /// nDCG@3 of the query items.
    Ndcg3,
    /// nDCG@5 of the query items.
    Ndcg5,
    /// nDCG@10 of the query items.
    Ndcg10,
    /// nDCG@10 of the list, where the whole catalogue competes and liked query items are relevant.
    ListNdcg10,
    /// Share of the list's ten that the user dislikes.
    Disliked10,
    /// nDCG@10 of picks, where the whole catalogue competes.
    PickNdcg10,
    /// Recall@20 of picks.
    Recall20,
    /// nDCG@100 of picks.
    PickNdcg100,
}

impl Metric {
    /// Return the name, as JSON and tables have it. It is unique among metrics of ratings, and among those of picks.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mae => "mae",
            Self::Rmse => "rmse",
            Self::MaeAtMean => "mae at the mean",
            Self::Ndcg1 => "ndcg@1",
            Self::Ndcg3 => "ndcg@3",
            Self::Ndcg5 => "ndcg@5",
            Self::Ndcg10 | Self::PickNdcg10 => "ndcg@10",
            Self::ListNdcg10 => "list ndcg@10",
            Self::Disliked10 => "disliked@10",
            Self::Recall20 => "recall@20",
            Self::PickNdcg100 => "ndcg@100",
        }
    }

    /// Return whether a row with a metric of this name has this one, and not the other of the same name.
    pub fn is_measured_in(self, row: &Row) -> bool {
        let is_picks = row.values.contains_key(Self::Recall20.name());
        is_picks == matches!(self, Self::PickNdcg10 | Self::Recall20 | Self::PickNdcg100)
    }

    /// Return the name as people write it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Mae => "MAE",
            Self::Rmse => "RMSE",
            Self::MaeAtMean => "MAE at the mean",
            Self::Ndcg1 => "nDCG@1",
            Self::Ndcg3 => "nDCG@3",
            Self::Ndcg5 => "nDCG@5",
            Self::Ndcg10 | Self::PickNdcg10 => "nDCG@10",
            Self::ListNdcg10 => "list nDCG@10",
            Self::Disliked10 => "disliked@10",
            Self::Recall20 => "recall@20",
            Self::PickNdcg100 => "nDCG@100",
        }
    }

    /// Return what the metric measures.
    pub fn about(self) -> &'static str {
        match self {
            Self::Mae => "mean absolute error of the ratings that are shown",
            Self::Rmse => "root of the mean squared error of expected ratings",
            Self::MaeAtMean => "mean absolute error of expected ratings",
            Self::Ndcg1 => "is what it ranks first the best of what the person rated?",
            Self::Ndcg3 => "order of what the person rated, first three",
            Self::Ndcg5 => "order of what the person rated, first five",
            Self::Ndcg10 => "order of what the person rated, first ten",
            Self::ListNdcg10 => "liked items among the ten it recommends of the whole catalogue",
            Self::Disliked10 => "share of those ten that the person dislikes",
            Self::PickNdcg10 => "picks among its first ten, higher ranks counting more",
            Self::Recall20 => "picks among its first twenty, of those there could be",
            Self::PickNdcg100 => "picks among its first hundred, higher ranks counting more",
        }
    }

    /// Return whether less is better.
    pub fn is_error(self) -> bool {
        matches!(self, Self::Mae | Self::Rmse | Self::MaeAtMean | Self::Disliked10)
    }

    /// Return how much better `other` is than `one`.
    pub fn gain(self, one: f64, other: f64) -> f64 {
        if self.is_error() { one - other } else { other - one }
    }
}
