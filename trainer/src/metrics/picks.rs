//! Recommended items: how many of those that a user went on to pick, and how high.

use super::dcg::discounted;
use super::pairs::pairs;
use crate::data::tasks_file::TaskRows;
use std::collections::HashSet;
use std::iter::repeat_n;

/// Means over tasks; the whole catalogue competes.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct PickMetrics {
    pub tasks: usize,
    /// nDCG@10: a query item has gain 1, anything else none.
    #[serde(rename = "ndcg@10")]
    pub ndcg10: f64,
    /// Query items among the first 20, as a share of what could be there: 20 at most.
    #[serde(rename = "recall@20")]
    pub recall20: f64,
    #[serde(rename = "ndcg@100")]
    pub ndcg100: f64,
}

impl PickMetrics {
    /// How many recommendations count.
    pub const LISTED: usize = 100;

    /// As [`PickMetrics::of`], of what is `listed` for each of `tasks`.
    pub fn of_tasks(listed: &[Vec<u32>], tasks: &[TaskRows]) -> Self {
        let queries: Vec<Vec<u32>> = tasks.iter().map(TaskRows::query_items).collect();
        Self::of(pairs(listed, &queries))
    }

    /// Of recommended items (best first, without the support set, each once, [`Self::LISTED`] of them unless the
    /// catalogue is smaller) against the query items, task by task. Tasks without query items are passed over.
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

/// Discounted hits among the first `cut`, as a share of those of a list that begins with all that is `wanted`.
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

    /// Hits in places 2, 11 and 21 are within one cut fewer each.
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
