//! A session with every call a visitor can make.

use crate::{files, small};
use fewclicks_model::bundle::{Bundle, Files};
use fewclicks_model::recommender::Recommender;
use fewclicks_model::visitor::{Answer, ListOptions, Visitor, VisitorError};
use std::sync::Arc;

/// Read the files of a bundle, and make every call of a session with it; return it if it was not refused.
pub fn serve_or_refuse(files: Files) -> Option<Bundle> {
    let bundle = files::read(&files).ok()?;
    drive(bundle.clone());
    Some(bundle)
}

/// Make every call of a session with `bundle`. What is asserted holds for every bundle that can be read.
pub fn drive(bundle: Bundle) {
    let bundle = Arc::new(bundle);
    let (count, max) = (bundle.catalogue.len(), bundle.model.scale().max);
    let ids: Vec<String> = (0..count).map(|item| bundle.catalogue.id(item).into()).collect();
    let mut visitor = Visitor::new(bundle.clone(), 1);
    look(&mut visitor, &ids);
    for vocabulary in &bundle.user_vocabularies {
        let value = vocabulary.values().last().map(String::as_str);
        visitor.describe(vocabulary.name(), value).unwrap();
    }
    let answers = [Answer::Like, Answer::Dislike, Answer::Unknown, Answer::Rating(max)];
    for (turn, answer) in answers.into_iter().enumerate() {
        let item = visitor.next_question().unwrap_or(turn % count);
        visitor.answer(&ids[item], answer).unwrap();
        look(&mut visitor, &ids);
    }

    let saved = visitor.save();
    let mut other = visitor.new_session(2);
    assert_eq!(other.restore(&saved), Ok(Vec::new()));
    assert_eq!(other.save(), saved);
    look(&mut other, &ids);

    other.exclude(&[count - 1]);
    look(&mut other, &ids);
    let latest = visitor.answers().last().copied();
    assert_eq!(visitor.undo(None), Ok(latest));
    while let Some(&(item, answer)) = visitor.answers().first() {
        assert_eq!(visitor.undo(Some(&ids[item])), Ok(Some((item, answer))));
        look(&mut visitor, &ids);
    }
    other.forget();
    assert!(other.save().answers.is_empty());
}

/// Ask for questions, recommendations, predictions and reasons.
fn look(visitor: &mut Visitor, ids: &[String]) {
    visitor.adaptation();
    visitor.candidates(3);
    let questions = visitor.questions(3, &[0]);
    assert!(questions.iter().all(|&item| item != 0 && item < ids.len()), "{questions:?}");
    let halves = matches!(visitor.bundle().model, Recommender::Halves(_));
    if let Err(error) = visitor.check_finite() {
        assert!(
            !halves && matches!(error, VisitorError::NotFinite(_)),
            "numbers of the default model are bounded: {error}"
        );
        return;
    }
    let recommended = visitor.recommend(10, &small::ALL);
    assert!(recommended.len() >= 10.min(ids.len() - 1), "a list leaves out at most the excluded item: {recommended:?}");
    assert!(recommended.iter().all(|recommended| recommended.score.is_finite()), "{recommended:?}");
    assert!(visitor.recommend(10, &ListOptions::default()).len() <= recommended.len());
    let [first, .., last] = ids else { return };
    for id in [first, last] {
        let rating = visitor.predict(id).unwrap();
        let reasons = visitor.explain(id).unwrap();
        let finite = rating.is_finite() && reasons.iter().all(|reason| reason.influence.is_finite());
        assert!(finite || !halves, "numbers of the default model are bounded: {rating}, {reasons:?}");
    }
}
