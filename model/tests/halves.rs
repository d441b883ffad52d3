//! A session with the default model: every answer counts, lists weigh choices and stars, and reasons leave answers out;
//! natively and in wasm.

mod small;

use fewclicks_model::adapt::Feedback;
use fewclicks_model::bundle::Bundle;
use fewclicks_model::halves::{Given, Halves};
use fewclicks_model::recommender::Recommender;
use fewclicks_model::visitor::Answer::{self, Dislike, Like, Unknown};
use fewclicks_model::visitor::{ListOptions, Visitor};
use std::sync::Arc;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const ANSWERS: [(&str, Answer); 4] =
    [("ramen", Like), ("brownie", Dislike), ("tiramisu", Unknown), ("udon", Answer::Rating(3.0))];

fn halves(bundle: &Bundle) -> &Halves {
    match &bundle.model {
        Recommender::Halves(halves) => halves,
        Recommender::Network(_) => panic!("a network, expected halves"),
    }
}

fn answered(bundle: &Bundle, answers: &[(&str, Answer)]) -> Visitor {
    let mut visitor = Visitor::new(Arc::new(bundle.clone()), 1);
    answers.iter().for_each(|&(id, answer)| visitor.answer(id, answer).unwrap());
    visitor
}

fn given(bundle: &Bundle, answers: &[(&str, Answer)]) -> Vec<Given> {
    let scale = bundle.model.scale();
    let given = |&(id, answer): &(&str, Answer)| Given {
        item: bundle.catalogue.find(id).unwrap(),
        rating: answer.rating(scale),
    };
    answers.iter().map(given).collect()
}

/// Return the list scores of all items after `answers`.
fn list_scores(bundle: &Bundle, answers: &[(&str, Answer)]) -> Vec<f32> {
    let model = halves(bundle);
    model.scores(&model.adapt(&vec![vec![0]], &given(bundle, answers)))
}

fn assert_close(got: f32, expected: f32, tolerance: f32) {
    assert!((got - expected).abs() <= tolerance * expected.abs().max(1.0), "{got}, expected {expected}");
}

#[test]
fn a_list_is_sorted_by_choice_and_stars_and_shows_read_out_ratings() {
    let bundle = small::halves();
    assert_eq!(bundle.model.feedback(), Feedback::Ratings);
    let scores = list_scores(&bundle, &ANSWERS);
    let mut visitor = answered(&bundle, &ANSWERS);
    let recommended = visitor.recommend(6, &small::ALL);
    assert!(recommended.is_sorted_by(|a, b| scores[a.item] >= scores[b.item]), "{recommended:?} {scores:?}");
    assert!(!recommended.is_sorted_by(|a, b| a.score >= b.score), "the ratings alone give another order");
    let stars = halves(&bundle).stars.as_ref().unwrap();
    let expected = stars.expect_all(&stars.adapt(&vec![vec![0]], &[(0, 4.5), (4, 1.5), (2, 3.0)]));
    for recommended in recommended {
        assert_close(recommended.score, stars.read_out(expected[recommended.item]), 1e-6);
        let id = bundle.catalogue.id(recommended.item);
        assert_eq!(visitor.predict(id), Ok(recommended.score));
    }
}

#[test]
fn with_picks_only_scores_are_those_of_the_choice_half() {
    let bundle = small::halves_of_picks();
    assert_eq!(bundle.model.feedback(), Feedback::Picks);
    let mut visitor = answered(&bundle, &ANSWERS);
    let scores = list_scores(&bundle, &ANSWERS);
    let recommended = visitor.recommend(6, &small::ALL);
    assert!(
        recommended.iter().all(|r| r.score == scores[r.item]) && recommended.is_sorted_by(|a, b| a.score >= b.score)
    );
    assert_eq!(visitor.questions(9, &[]), visitor.candidates(9), "the best candidates by score");
    assert_eq!(visitor.adaptation().method, "softmax");
}

#[test]
fn unknown_moves_the_list_and_not_the_ratings() {
    let bundle = small::halves();
    let ids = ["ramen", "pho", "udon", "tiramisu", "brownie", "sorbet"];
    let ratings = |answers| {
        let mut visitor = answered(&bundle, answers);
        ids.map(|id| visitor.predict(id).unwrap())
    };
    assert_eq!(ratings(&[("ramen", Like)]), ratings(&[("ramen", Like), ("brownie", Unknown)]));
    let [with, without] = [&[("ramen", Like), ("brownie", Unknown)][..], &[("ramen", Like)]];
    let [with, without] = [with, without].map(|answers| list_scores(&bundle, answers));
    assert_ne!(with, without);
    assert_eq!(answered(&bundle, &ANSWERS).adaptation().answers, 4, "every answer is in the support set");
}

#[test]
fn user_fields_move_both_halves() {
    let bundle = small::halves();
    let mut visitor = answered(&bundle, &ANSWERS);
    let before = (visitor.predict("pho").unwrap(), visitor.rank(6, &small::ALL));
    visitor.describe("age", Some("old")).unwrap();
    assert_ne!(visitor.predict("pho").unwrap(), before.0);
    visitor.describe("age", None).unwrap();
    assert_eq!((visitor.predict("pho").unwrap(), visitor.rank(6, &small::ALL)), before);
}

/// Proves that influences are exact with one gradient step, and close with two, whose second softmax is approximated.
#[test]
fn an_influence_is_what_leaving_the_answer_out_takes_away() {
    for (steps, tolerance) in [(1, 1e-5), (2, 0.1)] {
        for mut bundle in [small::halves(), small::halves_of_picks()] {
            if let Recommender::Halves(model) = &mut bundle.model {
                model.choice.rates.truncate(2 * steps);
            }
            let all = list_scores(&bundle, &ANSWERS);
            let visitor = answered(&bundle, &ANSWERS);
            for (item, &with) in all.iter().enumerate() {
                let reasons = visitor.explain(bundle.catalogue.id(item)).unwrap();
                assert_eq!(reasons.len(), 4, "one for each answer");
                assert!(reasons.is_sorted_by(|a, b| a.influence.abs() >= b.influence.abs()), "strongest first");
                for reason in reasons {
                    let id = bundle.catalogue.id(reason.item);
                    let others: Vec<(&str, Answer)> = ANSWERS.into_iter().filter(|(other, _)| *other != id).collect();
                    assert_close(reason.influence, with - list_scores(&bundle, &others)[item], tolerance);
                }
            }
        }
    }
}

/// Proves that every reason moved its item up: leaving the answer out lowers the list score of the item. With one gradient step
/// this is exact; "unknown" is never a reason.
#[test]
fn reasons_are_the_answers_without_which_the_item_would_score_lower() {
    let (mut named, mut disliked) = (0, false);
    for mut bundle in [small::halves(), small::halves_of_picks()] {
        if let Recommender::Halves(model) = &mut bundle.model {
            model.choice.rates.truncate(2);
        }
        let all = list_scores(&bundle, &ANSWERS);
        for recommended in answered(&bundle, &ANSWERS).recommend(6, &small::ALL) {
            assert!(recommended.reasons.is_sorted_by(|a, b| a.influence >= b.influence), "strongest first");
            let reasons: Vec<&str> =
                recommended.reasons.iter().map(|reason| bundle.catalogue.id(reason.item)).collect();
            for (id, answer) in ANSWERS {
                let others: Vec<(&str, Answer)> = ANSWERS.into_iter().filter(|(other, _)| *other != id).collect();
                let lowers = list_scores(&bundle, &others)[recommended.item] < all[recommended.item];
                assert_eq!(reasons.contains(&id), lowers && answer != Unknown, "{id} for {}", recommended.item);
                named += usize::from(reasons.contains(&id));
                disliked |= reasons.contains(&id) && answer == Dislike;
            }
        }
    }
    assert!(named > 0 && disliked, "likes and dislikes are reasons");
}

/// Proves that variety changes the order of a list and neither its items nor their scores, and that a network ignores it.
#[test]
fn variety_reorders_the_list() {
    let list = |bundle: &Bundle, variety| {
        answered(bundle, &ANSWERS[..1]).recommend(6, &ListOptions { include_answered: true, variety })
    };
    for (bundle, varies) in [(small::halves(), true), (small::ridge(), false)] {
        let (sorted, mut varied) = (list(&bundle, 0.0), list(&bundle, 1.0));
        assert_eq!(sorted != varied, varies);
        assert_eq!(varied[0], sorted[0], "the best item stays first");
        varied.sort_by_key(|own| sorted.iter().position(|other| other.item == own.item));
        assert_eq!(varied, sorted);
    }
}

#[test]
fn questions_are_about_what_the_answers_tell_least_of() {
    let bundle = small::halves();
    let is_soup = |item: usize| item < 3;
    let next = |answers: &[(&str, Answer)]| answered(&bundle, answers).next_question().unwrap();
    assert!(is_soup(next(&[("tiramisu", Like), ("sorbet", Dislike)])), "two sweets are answered");
    assert!(!is_soup(next(&[("pho", Like), ("udon", Answer::Rating(4.0))])), "two soups are answered");
    assert_eq!(answered(&bundle, &[]).questions(9, &[]).len(), 4, "each candidate once");
}

#[test]
fn the_local_update_lowers_the_loss_of_the_answers() {
    for (bundle, method) in [(small::halves(), "halves"), (small::halves_of_picks(), "softmax")] {
        let adaptation = answered(&bundle, &ANSWERS).adaptation();
        assert_eq!((adaptation.method, adaptation.steps), (method, 2));
        assert!(0.0 < adaptation.loss_after && adaptation.loss_after < adaptation.loss_before, "{adaptation:?}");
        let none = answered(&bundle, &[("ramen", Unknown)]).adaptation();
        assert_eq!((none.loss_before, none.loss_after), (0.0, 0.0), "an unknown item has no loss");
    }
}
