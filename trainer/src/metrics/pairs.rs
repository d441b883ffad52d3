//! Pairs predictions with what they are judged by.

/// What is expected of each task beside what it is judged by.
pub fn pairs<'a, T>(expected: &'a [Vec<T>], judged_by: &'a [Vec<T>]) -> impl Iterator<Item = (&'a [T], &'a [T])> {
    expected.iter().zip(judged_by).map(|(expected, judged_by)| (expected.as_slice(), judged_by.as_slice()))
}
