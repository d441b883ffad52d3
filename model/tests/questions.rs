//! Questions of the default model: the rule for one visitor, compared with what it is defined by; natively and in wasm.

mod small;

use fewclicks_model::ask::personal::PersonalQuestions;
use fewclicks_model::bundle::Bundle;
use fewclicks_model::halves::{Asking, Given, Halves, Stars, Table};
use fewclicks_model::recommender::Recommender;
use fewclicks_model::visitor::{Answer, Visitor};
use std::sync::Arc;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn halves(bundle: &mut Bundle) -> &mut Halves {
    match &mut bundle.model {
        Recommender::Halves(halves) => halves,
        Recommender::Network(_) => panic!("a network, expected halves"),
    }
}

fn parts(halves: &Halves) -> (&Asking, &Stars) {
    (halves.asking.as_ref().expect("what to ask by"), halves.stars.as_ref().expect("a stars half"))
}

/// Return the norm of the local update of θ by a rating as far from its expectation as it is expected to be.
fn norm_of_update(stars: &Stars, item: usize) -> f32 {
    let before = stars.adapt(&Vec::new(), &[]);
    let a = stars.direction(item);
    let spread: f32 = before
        .covariance
        .chunks(a.len())
        .zip(&a)
        .map(|(row, x)| x * row.iter().zip(&a).map(|(c, y)| c * y).sum::<f32>())
        .sum();
    let size = (spread + stars.noise + stars.variance[item]).sqrt();
    let after = stars.adapt(&Vec::new(), &[(item, stars.mean + stars.bias[item] + size)]);
    after.factors.iter().zip(&before.factors).map(|(x, y)| (x - y).powi(2)).sum::<f32>().sqrt()
}

/// Proves that for a visitor of whom nothing is known the first question is that of MeLU's rule, norm of the local update ×
/// popularity, where neither what they know nor what they like has factors.
#[test]
fn for_a_new_visitor_it_is_norm_times_popularity() {
    let mut bundle = small::halves();
    let halves = halves(&mut bundle);
    let stars = halves.stars.as_mut().unwrap();
    // No context: a rating moves θ by its size alone.
    stars.context = Table::new(4, vec![0.0; 24]);
    for share in [[0.5, 0.5, 0.5, 0.5], [0.5, 0.125, 0.5, 0.0625], [0.125, 0.75, 0.0625, 0.5]] {
        let asking = halves.asking.as_mut().unwrap();
        asking.known.share = share.to_vec();
        // The same for every item, so that likes decide nothing.
        asking.liked.share = vec![0.25; 4];
        asking.liked.vectors = Table::new(2, vec![0.25, 0.0, 0.25, 0.0, 0.25, 0.0, 0.25, 0.0]);
        let (asking, stars) = parts(halves);
        let score = |row: usize| asking.known.share[row] * norm_of_update(stars, asking.items[row] as usize);
        let mut rows: Vec<usize> = (0..4).collect();
        rows.sort_by(|&a, &b| score(b).total_cmp(&score(a)));
        let mut candidates = vec![0, 2, 3, 4];
        // One at a time, so that what is on the screen changes nothing.
        for row in rows {
            let next = Recommender::from(halves.clone()).questions(&candidates, &[], &[], 1).unwrap();
            assert_eq!(next, [asking.items[row] as usize], "popularity {share:?}");
            candidates.retain(|&item| item != next[0]);
        }
    }
}

/// Proves that an item is asked about once a similar one is known, and not once a similar one was passed.
#[test]
fn what_was_passed_lowers_the_chance_of_similar_items() {
    let mut bundle = small::halves();
    let asking = halves(&mut bundle).asking.as_mut().unwrap();
    // Who does not know ramen does not know udon.
    asking.known.vectors = Table::new(2, vec![0.46875, 0.0, 0.46875, 0.0, 0.0, 0.125, 0.0, 0.125]);
    asking.known.share = vec![0.5, 0.5, 0.0625, 0.0625];
    let questions = |answer| {
        let mut visitor = Visitor::new(Arc::new(bundle.clone()), 1);
        visitor.answer("ramen", answer).unwrap();
        visitor.next_question()
    };
    assert_eq!(questions(Answer::Like), Some(2), "udon comes first");
    assert_ne!(questions(Answer::Unknown), Some(2));
}

/// Proves that each question of a wall is the best by worth × r², with r = 1 − cos² beside one item on the screen and 0 beside
/// two, as directions have two numbers here.
#[test]
fn a_wall_is_the_greedy_choice() {
    let mut bundle = small::halves();
    let halves = halves(&mut bundle).clone();
    let candidates = [0, 2, 3, 4];
    let answers = [Given { item: 1, rating: Some(4.0) }];
    let worth = PersonalQuestions::new(&halves, &candidates, &answers, &[]).unwrap().worth;
    assert!(worth.iter().all(|&worth| worth > 0.0), "{worth:?}");
    let direction = |item: usize| {
        let vector = halves.choice.vectors.row(item);
        [0, 1].map(|k| vector[k] - halves.choice.start_mean[k])
    };
    let left = |item: usize, other: usize| {
        let ([a, b], [c, d]) = (direction(item), direction(other));
        1.0 - (a * c + b * d).powi(2) / (a * a + b * b) / (c * c + d * d)
    };
    let best = |value: &dyn Fn(usize) -> f32, open: &[usize]| {
        open.iter().copied().max_by(|&a, &b| value(a).total_cmp(&value(b))).unwrap()
    };
    let first = best(&|index| worth[index], &[0, 1, 2, 3]);
    let open: Vec<usize> = (0..4).filter(|&index| index != first).collect();
    let beside = |index: usize| worth[index] * left(candidates[index], candidates[first]).powi(2);
    let second = best(&beside, &open);

    let recommender = Recommender::from(halves.clone());
    let wall = recommender.questions(&candidates, &answers, &[], 4).unwrap();
    assert_eq!(wall[..2], [candidates[first], candidates[second]]);
    assert_ne!(wall[0] < 3, wall[1] < 3, "one soup and one sweet: {wall:?}");
    let mut all = wall.clone();
    all.sort_unstable();
    assert_eq!(all, candidates, "each once");
    // On the screen already or chosen before is the same.
    assert_eq!(recommender.questions(&candidates, &answers, &wall[..1], 1).unwrap(), wall[1..2]);
}
