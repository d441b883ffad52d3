//! A visitor's session: answers, predictions, recommendations, reasons and saved states, natively and in wasm.

mod small;

use fewclicks_model::bundle::Bundle;
use fewclicks_model::compact::decimal::Decimal;
use fewclicks_model::model::vocabulary::UNKNOWN;
use fewclicks_model::network::architecture::Scope;
use fewclicks_model::network::loss::Loss;
use fewclicks_model::network::task::Examples;
use fewclicks_model::recommender::Network;
use fewclicks_model::visitor::Answer::{self, Dislike, Like, Unknown};
use fewclicks_model::visitor::{ListOptions, Recommendation, SavedAnswer, Visitor, VisitorError};
use std::collections::HashSet;
use std::sync::Arc;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// Return a bundle for every scope and loss of ratings.
fn bundles() -> impl Iterator<Item = Arc<Bundle>> {
    let scopes = [Scope::Last, Scope::Decision, Scope::All];
    scopes
        .into_iter()
        .flat_map(|scope| [Loss::SquaredError, Loss::BceWithLogits].map(|loss| Arc::new(small::bundle(scope, loss))))
}

fn visitors() -> impl Iterator<Item = Visitor> {
    bundles().map(|bundle| Visitor::new(bundle, 1))
}

fn answered(bundle: &Arc<Bundle>, answers: &[(&str, Answer)]) -> Visitor {
    let mut visitor = Visitor::new(bundle.clone(), 1);
    answers.iter().for_each(|&(id, answer)| visitor.answer(id, answer).unwrap());
    visitor
}

fn ids(visitor: &Visitor) -> Vec<String> {
    let catalogue = &visitor.bundle().catalogue;
    (0..catalogue.len()).map(|position| catalogue.id(position).into()).collect()
}

/// Return the predictions for the whole catalogue.
fn scores(visitor: &mut Visitor) -> Vec<f32> {
    ids(visitor).iter().map(|id| visitor.predict(id).unwrap()).collect()
}

fn items(recommended: &[Recommendation]) -> Vec<usize> {
    recommended.iter().map(|recommendation| recommendation.item).collect()
}

#[test]
fn the_next_question_is_about_another_kind_than_the_answers() {
    let bundle = Arc::new(small::halves());
    let is_soup = |item: usize| item < 3;
    let next = |answers: &[(&str, Answer)]| answered(&bundle, answers).next_question().unwrap();
    let sweets_asked = [("tiramisu", Like), ("brownie", Like), ("sorbet", Like)];
    assert!(is_soup(next(&sweets_asked[..1])), "one sweet is answered");
    let first = next(&[]);
    let same_kind: &[(&str, Answer)] = if is_soup(first) { &[("pho", Like), ("udon", Like)] } else { &sweets_asked };
    assert_ne!(is_soup(next(same_kind)), is_soup(first), "its kind is answered already");
}

#[test]
fn of_picks_only_likes_count() {
    let bundle = Arc::new(small::picks());
    let before = scores(&mut answered(&bundle, &[]));
    for silent in [Dislike, Unknown, Answer::Rating(2.0)] {
        assert_eq!(scores(&mut answered(&bundle, &[("ramen", silent)])), before, "{silent:?}");
    }
    let mut visitor = answered(&bundle, &[("ramen", Like), ("brownie", Dislike)]);
    let after = scores(&mut visitor);
    assert_eq!(after, scores(&mut answered(&bundle, &[("ramen", Answer::Rating(5.0))])));
    // Only the order of scores means something: soups rose more than sweets.
    let rise = |item: usize| after[item] - before[item];
    assert!([1, 2].into_iter().all(|soup| [3, 4, 5].into_iter().all(|sweet| rise(soup) > rise(sweet))), "{after:?}");
    let recommended = visitor.recommend(4, &ListOptions::default());
    let because = recommended[0].because.as_ref().expect("the like is a reason");
    assert_eq!((because.item, because.answer), (0, Like));
}

fn assert_close(got: f32, expected: f32) {
    assert!((got - expected).abs() <= 1e-5 * expected.abs().max(1.0), "{got}, expected {expected}");
}

#[test]
fn answers_move_predictions_in_their_own_direction() {
    for bundle in bundles() {
        let before = scores(&mut answered(&bundle, &[]));
        for (answer, sign) in [(Like, 1.0), (Answer::Rating(5.0), 1.0), (Dislike, -1.0), (Answer::Rating(1.0), -1.0)] {
            let after = scores(&mut answered(&bundle, &[("ramen", answer)]));
            let moved: Vec<f32> = after.iter().zip(&before).map(|(after, before)| sign * (after - before)).collect();
            let [ramen, pho, udon, tiramisu, brownie, _] = moved[..] else { panic!("six dishes") };
            assert!(ramen > 0.01, "{answer:?}: ramen moved by {ramen}");
            assert_close(pho, ramen);
            assert!(udon > tiramisu.max(brownie), "{answer:?}: a soup moves with a soup, {moved:?}");
        }
    }
}

#[test]
fn predictions_are_those_of_the_model() {
    for bundle in bundles() {
        let Network { model, items } = small::network(&bundle);
        let loss = model.update.loss().expect("a bundle of ratings");
        let said = [(4, 5.0), (0, 1.0), (2, 3.5)];
        for said in (0..=said.len()).map(|count| &said[..count]) {
            let examples = Examples {
                items: items.select(said.iter().map(|&(item, _)| item)),
                labels: said.iter().map(|&(_, rating)| model.scale.label(rating, loss)).collect(),
            };
            let expected = model.predict(&vec![vec![UNKNOWN]], examples, items.clone());
            let mut visitor = Visitor::new(bundle.clone(), 1);
            for &(item, rating) in said {
                visitor.answer(bundle.catalogue.id(item), Answer::Rating(rating)).unwrap();
            }
            scores(&mut visitor).into_iter().zip(expected).for_each(|(got, expected)| assert_close(got, expected));
        }
    }
}

#[test]
fn a_changed_answer_replaces_the_first_in_its_place() {
    for bundle in bundles() {
        let mut changed = answered(&bundle, &[("ramen", Like), ("sorbet", Like), ("ramen", Dislike)]);
        let mut direct = answered(&bundle, &[("ramen", Dislike), ("sorbet", Like)]);
        assert_eq!(changed.answers(), direct.answers());
        assert_eq!(scores(&mut changed), scores(&mut direct));
    }
}

#[test]
fn undo_returns_to_exactly_what_was() {
    for mut visitor in visitors() {
        assert_eq!(visitor.undo(None), Ok(None));
        let empty = scores(&mut visitor);
        visitor.answer("ramen", Like).unwrap();
        let one = scores(&mut visitor);
        visitor.answer("brownie", Dislike).unwrap();
        assert_ne!(scores(&mut visitor), one);
        assert_eq!(visitor.undo(None), Ok(Some((4, Dislike))), "the latest");
        assert_eq!(scores(&mut visitor), one);
        visitor.answer("brownie", Dislike).unwrap();
        assert_eq!(visitor.undo(Some("brownie")), Ok(Some((4, Dislike))), "the one named");
        assert_eq!(visitor.undo(Some("brownie")), Ok(None), "no answer is left");
        assert_eq!(scores(&mut visitor), one);
        visitor.undo(Some("ramen")).unwrap();
        assert_eq!(scores(&mut visitor), empty);
        assert_eq!(visitor.undo(Some("pizza")), Err(VisitorError::UnknownItem("pizza".into())));
    }
}

#[test]
fn unknown_moves_nothing_and_explains_nothing() {
    for mut visitor in visitors() {
        visitor.answer("ramen", Like).unwrap();
        let before = scores(&mut visitor);
        visitor.answer("brownie", Unknown).unwrap();
        assert_eq!(scores(&mut visitor), before);
        assert_eq!(visitor.explain("pho").unwrap().len(), 1);
    }
}

#[test]
fn bad_answers_are_refused_and_change_nothing() {
    for mut visitor in visitors() {
        let unknown = VisitorError::UnknownItem("pizza".into());
        assert_eq!(visitor.answer("pizza", Like), Err(unknown.clone()));
        assert_eq!(visitor.predict("pizza"), Err(unknown.clone()));
        assert_eq!(visitor.explain("pizza"), Err(unknown));
        for rating in [0.99, 5.01, f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            let refused = visitor.answer("ramen", Answer::Rating(rating));
            assert!(
                matches!(refused, Err(VisitorError::BadRating { min: Decimal(1.0), max: Decimal(5.0), .. })),
                "{refused:?}"
            );
        }
        assert_eq!(visitor.answers(), []);
    }
}

#[test]
fn recommendations_leave_answered_items_out_unless_asked() {
    for mut visitor in visitors() {
        for (id, answer) in [("ramen", Like), ("brownie", Dislike), ("udon", Unknown)] {
            visitor.answer(id, answer).unwrap();
        }
        let scores = scores(&mut visitor);
        let new = visitor.recommend(100, &ListOptions::default());
        assert_eq!(items(&new).into_iter().collect::<HashSet<_>>(), HashSet::from([1, 3, 5]));
        let all = visitor.recommend(100, &small::ALL);
        assert_eq!(items(&all).into_iter().collect::<HashSet<_>>().len(), 6);
        assert!(all.is_sorted_by(|a, b| a.score >= b.score), "best first");
        assert!(all.iter().all(|r| r.score == scores[r.item]), "with the score that predict gives");
        assert_eq!(visitor.recommend(2, &ListOptions::default()), new[..2]);
        assert_eq!(visitor.recommend(0, &small::ALL), []);
    }
}

#[test]
fn an_influence_is_what_undoing_the_answer_takes_away() {
    let answers = [("ramen", Like), ("brownie", Dislike), ("tiramisu", Unknown), ("udon", Answer::Rating(3.0))];
    for bundle in bundles() {
        let mut visitor = answered(&bundle, &answers);
        for id in ids(&visitor) {
            let reasons = visitor.explain(&id).unwrap();
            assert_eq!(reasons.len(), 3, "one for each answer that says something");
            assert!(reasons.is_sorted_by(|a, b| a.influence.abs() >= b.influence.abs()), "strongest first");
            for reason in reasons {
                let because = bundle.catalogue.id(reason.item);
                let mut without = answered(&bundle, &answers);
                let undone = without.undo(Some(because)).unwrap();
                assert_eq!(undone, Some((reason.item, reason.answer)));
                let expected = visitor.predict(&id).unwrap() - without.predict(&id).unwrap();
                assert_close(reason.influence, expected);
            }
        }
    }
}

fn canteen(count: usize) -> Arc<Bundle> {
    Arc::new(small::canteen(count, Scope::Last, Loss::SquaredError))
}

#[test]
fn reasons_are_among_the_latest_fifty_rated_answers() {
    let mut visitor = Visitor::new(canteen(101), 1);
    for i in 0..100 {
        // Of 100 answers every fourth says nothing: the latest 50 that do begin with number 33.
        let answer = if i % 4 == 3 { Unknown } else { Like };
        visitor.answer(&i.to_string(), answer).unwrap();
    }
    let mut answered: Vec<usize> = visitor.explain("100").unwrap().iter().map(|reason| reason.item).collect();
    answered.sort();
    let latest: Vec<usize> = (0..100).filter(|i| i % 4 != 3).skip(25).collect();
    assert_eq!(answered, latest);
}

#[test]
fn a_session_takes_no_more_answers_than_it_can_restore() {
    let mut visitor = Visitor::new(canteen(1001), 1);
    (0..1000).for_each(|i| visitor.answer(&i.to_string(), Like).unwrap());
    assert_eq!(visitor.answer("1000", Like), Err(VisitorError::TooMany(1000)));
    assert_eq!(visitor.answer("0", Dislike), Ok(()), "a changed answer is no more");
    let saved = visitor.save();
    assert_eq!(visitor.restore(&saved), Ok(vec![]));
    assert_eq!(visitor.save(), saved);
    visitor.undo(None).unwrap();
    assert_eq!(visitor.answer("1000", Like), Ok(()));
}

#[test]
fn because_is_the_liked_answer_that_helped_most() {
    // 3.1 is a like, but may be less than the prediction, and then lowers it.
    let liked = [Like, Answer::Rating(5.0), Answer::Rating(3.1)];
    let kinds = [liked[0], liked[1], liked[2], Dislike, Unknown];
    let (mut helped, mut harmed) = (false, false);
    for bundle in bundles() {
        for combination in 0..kinds.len().pow(3) {
            let kind = |digit: u32| kinds[combination / kinds.len().pow(digit) % kinds.len()];
            let mut visitor = answered(&bundle, &[("ramen", kind(0)), ("brownie", kind(1)), ("sorbet", kind(2))]);
            for recommended in visitor.recommend(6, &small::ALL) {
                let mut reasons = visitor.explain(bundle.catalogue.id(recommended.item)).unwrap();
                reasons.retain(|reason| liked.contains(&reason.answer));
                harmed |= reasons.iter().any(|reason| reason.influence < 0.0);
                let expected = reasons.into_iter().find(|reason| reason.influence > 0.0);
                helped |= expected.is_some();
                assert_eq!(recommended.because.map(|r| r.item), expected.map(|r| r.item));
            }
        }
    }
    assert!(helped && harmed, "both occur");
}

#[test]
fn a_restored_session_goes_on_where_it_was() {
    for bundle in bundles() {
        let answers = [("brownie", Dislike), ("ramen", Like), ("udon", Unknown), ("sorbet", Answer::Rating(2.5))];
        let mut visitor = answered(&bundle, &answers);
        visitor.describe("age", Some("old")).unwrap();
        let saved = visitor.save();
        let expected = visitor.recommend(6, &small::ALL);

        let mut restored = answered(&bundle, &[("pho", Dislike)]);
        assert_eq!(restored.restore(&saved), Ok(vec![]));
        assert_eq!(restored.save(), saved);
        assert_eq!(restored.recommend(6, &small::ALL), expected);
    }
}

#[test]
fn what_the_bundle_does_not_have_any_more_is_left_out() {
    for mut visitor in visitors() {
        visitor.answer("ramen", Like).unwrap();
        let expected = (visitor.save(), scores(&mut visitor));
        let mut state = visitor.save();
        state.answers.insert(0, SavedAnswer { id: "pizza".into(), value: Like });
        state.answers.push(SavedAnswer { id: "curry".into(), value: Answer::Rating(2.0) });
        state.user = [("age", "ancient"), ("hunger", "great")].map(|(k, v)| (k.into(), v.into())).into();
        assert_eq!(visitor.restore(&state), Ok(vec!["pizza".into(), "curry".into()]));
        assert_eq!((visitor.save(), scores(&mut visitor)), expected);
    }
}

#[test]
fn a_bad_state_is_refused_and_changes_nothing() {
    for mut visitor in visitors() {
        visitor.answer("ramen", Like).unwrap();
        visitor.describe("age", Some("old")).unwrap();
        let good = visitor.save();
        let before = (good.clone(), scores(&mut visitor));
        let with = |id: &str, rating: f32| {
            let mut state = good.clone();
            state.answers.push(SavedAnswer { id: id.into(), value: Answer::Rating(rating) });
            state
        };
        let (mut other_version, mut too_many) = (good.clone(), good.clone());
        other_version.version = 2;
        too_many.answers = vec![good.answers[0].clone(); 1001];
        for (state, reason) in [
            (other_version, "version 2, expected 1"),
            (too_many, "1001 answers, expected at most 1000"),
            (with("brownie", 6.0), "brownie: rating 6: expected a number from 1 to 5"),
            (with("pizza", f32::NAN), "pizza: rating NaN: expected a number from 1 to 5"),
        ] {
            assert_eq!(visitor.restore(&state), Err(VisitorError::BadState(reason.into())));
            assert_eq!((visitor.save(), scores(&mut visitor)), before);
        }
    }
}

#[test]
fn a_description_changes_predictions_until_taken_back_or_forgotten() {
    for mut visitor in visitors() {
        let plain = scores(&mut visitor);
        visitor.describe("age", Some("young")).unwrap();
        let young = scores(&mut visitor);
        visitor.describe("age", Some("old")).unwrap();
        let old = scores(&mut visitor);
        assert!(plain != young && young != old && old != plain);
        visitor.describe("age", None).unwrap();
        assert_eq!(scores(&mut visitor), plain);

        let unknown = visitor.describe("hunger", Some("great")).unwrap_err();
        assert_eq!(unknown, VisitorError::UnknownField { field: "hunger".into(), known: "age".into() });
        let unknown = visitor.describe("age", Some("ancient")).unwrap_err();
        assert_eq!(unknown, VisitorError::UnknownValue { field: "age".into(), value: "ancient".into() });
        assert_eq!(scores(&mut visitor), plain);

        visitor.describe("age", Some("young")).unwrap();
        visitor.answer("ramen", Like).unwrap();
        visitor.forget();
        assert_eq!(scores(&mut visitor), plain);
        assert_eq!((visitor.answers(), visitor.save().user.len()), (&[][..], 0));
    }
}

#[test]
fn seeds_order_equals_and_nothing_else() {
    for bundle in bundles() {
        let ranked = |seed| {
            let mut visitor = Visitor::new(bundle.clone(), seed);
            visitor.recommend(6, &ListOptions::default()).into_iter().map(|r| (r.item, r.score)).collect::<Vec<_>>()
        };
        let orders: Vec<_> = (0..16).map(ranked).collect();
        // Ramen and pho are the only equals: two orders.
        let orders_seen: HashSet<Vec<usize>> = orders.iter().map(|o| o.iter().map(|r| r.0).collect()).collect();
        assert_eq!(orders_seen.len(), 2, "{orders_seen:?}");
        assert!(orders.iter().all(|order| order.is_sorted_by(|a, b| a.1 >= b.1)));
        assert_eq!(orders[3], ranked(3), "one seed, one order");

        let asked: HashSet<Vec<usize>> = (0..64).map(|seed| Visitor::new(bundle.clone(), seed).candidates(9)).collect();
        assert_eq!(asked.len(), 6, "all orders of three equals, {asked:?}");
        assert!(asked.iter().all(|order| order[0] == 0), "the better one comes first");
    }
}

#[test]
fn questions_skip_what_was_answered() {
    for mut visitor in visitors() {
        let all = visitor.candidates(100);
        assert_eq!(all.len(), 4);
        assert_eq!((visitor.candidates(2), visitor.candidates(0)), (all[..2].to_vec(), vec![]));
        let ids = ids(&visitor);
        let mut asked = HashSet::new();
        for answer in [Like, Unknown, Dislike, Answer::Rating(3.0)] {
            let next = visitor.next_question().unwrap();
            assert!(all.contains(&next) && asked.insert(next), "each candidate once: {next} after {asked:?}");
            visitor.answer(&ids[next], answer).unwrap();
            assert!(!visitor.candidates(100).contains(&next));
        }
        assert_eq!(visitor.next_question(), None);
        let last = visitor.undo(None).unwrap().map(|(item, _)| item);
        assert_eq!(visitor.next_question(), last, "it may be asked again");
    }
}
