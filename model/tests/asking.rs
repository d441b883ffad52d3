//! Questions, exclusions, and the report of what the local update did, natively and in wasm.

mod small;

use fewclicks_model::network::architecture::Scope;
use fewclicks_model::network::loss::Loss;
use fewclicks_model::visitor::{Answer, ListOptions, Visitor};
use std::sync::Arc;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn visitors() -> [Visitor; 2] {
    [small::bundle(Scope::Decision, Loss::SquaredError), small::picks()].map(|bundle| Visitor::new(Arc::new(bundle), 1))
}

#[test]
fn questions_leave_out_what_is_shown_and_what_is_answered() {
    for mut visitor in visitors() {
        let all = visitor.questions(9, &[]);
        assert_eq!(all.len(), 4, "each candidate once");
        assert_eq!(visitor.questions(2, &[]), all[..2], "the best come first");
        assert_eq!(visitor.next_question(), all.first().copied());
        for &shown in &all {
            let others = visitor.questions(9, &[shown]);
            assert_eq!((others.len(), others.contains(&shown)), (3, false));
        }
        visitor.answer("tiramisu", Answer::Like).unwrap();
        assert_eq!(
            visitor.questions(9, &[0, 0, 1]).len(),
            2,
            "tiramisu has an answer, ramen is shown, pho is no candidate"
        );
    }
}

#[test]
fn the_second_question_is_about_another_kind_than_the_one_shown() {
    let visitor = &visitors()[0];
    let is_soup = |item: usize| item < 3;
    let sweets = [3, 4];
    assert!(is_soup(visitor.questions(1, &sweets)[0]), "both sweets are shown already");
}

#[test]
fn what_is_excluded_is_neither_asked_about_nor_recommended() {
    for mut visitor in visitors() {
        let everything = visitor.recommend(9, &ListOptions::default()).len();
        let named = visitor.positions(&["ramen", "sorbet", "no such dish"].map(String::from));
        visitor.exclude(&named);
        assert!(!visitor.questions(9, &[]).contains(&0));
        assert!(!visitor.candidates(9).contains(&0));
        let recommended: Vec<usize> = visitor.recommend(9, &small::ALL).iter().map(|r| r.item).collect();
        assert_eq!(recommended.len(), everything - 2);
        assert!(!recommended.contains(&0) && !recommended.contains(&5));
        visitor.forget();
        assert_eq!(
            visitor.recommend(9, &ListOptions::default()).len(),
            everything - 2,
            "what is excluded outlives the answers"
        );
        visitor.exclude(&[]);
        assert_eq!(visitor.recommend(9, &ListOptions::default()).len(), everything, "a second list replaces the first");
    }
}

#[test]
fn the_local_update_lowers_the_loss_of_the_answers() {
    for (mut visitor, method) in visitors().into_iter().zip(["gradient", "softmax"]) {
        let nothing = visitor.adaptation();
        assert_eq!((nothing.method, nothing.answers, nothing.loss_before, nothing.loss_after), (method, 0, 0.0, 0.0));
        visitor.answer("ramen", Answer::Like).unwrap();
        visitor.answer("pho", Answer::Like).unwrap();
        visitor.answer("udon", Answer::Unknown).unwrap();
        let two = visitor.adaptation();
        assert_eq!(two.answers, 2, "\"unknown\" says nothing");
        assert!(two.steps >= 1);
        assert!(two.loss_after < two.loss_before, "{two:?}");
        visitor.answer("brownie", Answer::Dislike).unwrap();
        assert_eq!(visitor.adaptation().answers, if method == "softmax" { 2 } else { 3 }, "a dislike is no pick");
    }
}

#[test]
fn the_loss_is_that_of_the_predictions() {
    let mut visitor = Visitor::new(Arc::new(small::bundle(Scope::Decision, Loss::SquaredError)), 1);
    let before = visitor.predict("ramen").unwrap();
    visitor.answer("ramen", Answer::Rating(5.0)).unwrap();
    let after = visitor.predict("ramen").unwrap();
    let adaptation = visitor.adaptation();
    for (prediction, loss) in [(before, adaptation.loss_before), (after, adaptation.loss_after)] {
        assert!(((5.0 - prediction).powi(2) - loss).abs() < 1e-4, "{prediction} and {loss}");
    }
}
