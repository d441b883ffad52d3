//! Proves that a model serves a session.

use anyhow::ensure;
use fewclicks_model::halves::Given;
use fewclicks_model::model::vocabulary::UNKNOWN;
use fewclicks_model::recommender::Recommender;

/// Numbers of answers after which scores are checked.
const ANSWERS: [usize; 4] = [0, 1, 2, 5];

/// Adapt `model` to a few answers, and check that all scores, expected ratings and shown ratings are finite; `fields` is the number
/// of its user fields.
///
/// # Errors
/// Return an error that names the item and the number of answers.
pub fn prove(model: &Recommender, fields: usize) -> anyhow::Result<()> {
    let (user, scale) = (vec![vec![UNKNOWN]; fields], *model.scale());
    for count in ANSWERS.into_iter().filter(|&count| count <= model.len()) {
        let answer = |k: usize| {
            let rating = if k.is_multiple_of(2) { scale.max } else { scale.min };
            Given { item: k * model.len() / count, rating: Some(rating) }
        };
        let answers: Vec<Given> = (0..count).map(answer).collect();
        let scores = model.scores(&model.adapt(&user, &answers));
        for (item, score) in scores.list.iter().enumerate() {
            let rating = scores.rating(item);
            let finite = [*score, rating, model.read_out(rating)].iter().all(|number| number.is_finite());
            ensure!(
                finite,
                "after {count} answers the score of item {item} is {score} and its rating {rating}, expected finite numbers"
            );
        }
    }
    Ok(())
}
