//! Metrics of recommended items: nDCG and recall of the items that a user picked.

use super::dcg::discounted;
use super::pairs::pairs;
use crate::data::tasks_file::TaskRows;
use std::collections::HashSet;
use std::iter::repeat_n;

/// Means over tasks, with the whole catalogue as candidates.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct PickMetrics {
    /// Number of tasks with a query set.
    pub tasks: usize,
    /// nDCG@10 with gain 1 for a query item and 0 for any other.
    #[serde(rename = "ndcg@10")]
    pub ndcg10: f64,
    /// Recall@20: query items among the first 20, divided by min(20, number of query items).
    #[serde(rename = "recall@20")]
    pub recall20: f64,
    /// nDCG@100.
    #[serde(rename = "ndcg@100")]
    pub ndcg100: f64,
}

impl PickMetrics {
    /// Length of the recommended lists that are measured.
    pub const LISTED: usize = 100;

    /// Measure what is `listed` for each of `tasks`: see [`PickMetrics::of`].
    pub fn of_tasks(listed: &[Vec<u32>], tasks: &[TaskRows]) -> Self {
        let queries: Vec<Vec<u32>> = tasks.iter().map(TaskRows::query_items).collect();
        Self::of(pairs(listed, &queries))
    }

    /// Measure lists of recommended items against query items, task by task. A list is sorted best first, without the
    /// support set or duplicates, and has [`Self::LISTED`] items unless the catalogue is smaller. Tasks without query
    /// items are skipped.
    pub fn of<'a>(tasks: impl Iterator<Item = (&'a [u32], &'a [u32])>) -> Self {
        let mut sums = Self { tasks: 0, ndcg10: 0.0, recall20: 0.0, ndcg100: 0.0 };
        for (listed, query) in tasks.filter(|(_, query)| !query.is_empty()) {
            let wanted: HashSet<u32> = query.iter().copied().collect();
            let hits: Vec<f64> = listed.iter().map(|item| f64::from(u8::from(wanted.contains(item)))).collect();
            sums.ndcg10 += ndcg(&hits, wanted.len(), 10);
            sums.recall20 += hits.iter().take(20).sum::<f64>() / wanted.len().min(20) as f64;
            sums.ndcg100 += ndcg(&hits, wanted.len(), Self::LISTED);
            sums.tasks += 1;
        }
        let mean = |sum: f64| sum / sums.tasks.max(1) as f64;
        Self { ndcg10: mean(sums.ndcg10), recall20: mean(sums.recall20), ndcg100: mean(sums.ndcg100), ..sums }
    }
}

/// Compute nDCG@`cut` of binary `hits`, of which the ideal list has `wanted` at its top.
fn ndcg(hits: &[f64], wanted: usize, cut: usize) -> f64 {
    discounted(hits.iter().copied().take(cut)) / discounted(repeat_n(1.0, wanted.min(cut)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(listed: &[u32], query: &[u32]) -> PickMetrics {
        PickMetrics::of([(listed, query)].into_iter())
    }

    #[test]
    fn a_list_that_begins_with_the_query_is_perfect() {
        let listed: Vec<u32> = (0..100).collect();
        for query in [1, 10, 15, 20, 100, 130] {
            let PickMetrics { ndcg10, recall20, ndcg100, .. } = of(&listed, &(0..query).rev().collect::<Vec<_>>());
            assert_eq!([ndcg10, recall20, ndcg100], [1.0; 3], "{query} query items");
        }
    }

    /// Hits at ranks 2, 11 and 21 count for the metrics whose cut-off they are within.
    #[test]
    fn places_and_cuts_count() {
        let listed: Vec<u32> = (1..=100).collect();
        let discount = |place: f64| 1.0 / (place + 1.0).log2();
        let ideal = discount(1.0) + discount(2.0) + discount(3.0);
        let metrics = of(&listed, &[2, 11, 21]);
        assert_eq!(metrics.ndcg10, discount(2.0) / ideal);
        assert_eq!(metrics.recall20, 2.0 / 3.0);
        assert!((metrics.ndcg100 - (discount(2.0) + discount(11.0) + discount(21.0)) / ideal).abs() < 1e-12);
    }

    #[test]
    fn a_mean_is_over_tasks_that_have_a_query() {
        let tasks = [(&[1, 2][..], &[1][..]), (&[1, 2], &[3]), (&[1, 2], &[])];
        let metrics = PickMetrics::of(tasks.into_iter());
        assert_eq!((metrics.tasks, metrics.ndcg10, metrics.recall20), (2, 0.5, 0.5));
    }
}
