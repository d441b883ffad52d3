//! Pairs predictions with the truth, task by task.

/// Pair what is predicted for each task with what it is measured by.
pub fn pairs<'a, T>(expected: &'a [Vec<T>], judged_by: &'a [Vec<T>]) -> impl Iterator<Item = (&'a [T], &'a [T])> {
    expected.iter().zip(judged_by).map(|(expected, judged_by)| (expected.as_slice(), judged_by.as_slice()))
}
