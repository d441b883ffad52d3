//! The objects that are returned to JavaScript. Their types are declared in `types.rs`.

use fewclicks_model::adapt::Feedback;
use fewclicks_model::bundle::{Bundle, Item};
use fewclicks_model::model::scale::Scale;
use fewclicks_model::recommender;
use fewclicks_model::recommender::Recommender;
use fewclicks_model::visitor::{Answer, Reason, Recommendation, SavedState};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

/// Create an object with these fields.
pub(crate) fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a property of a new object cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

/// Create a list of strings.
pub(crate) fn strings<'a>(texts: &mut dyn Iterator<Item = &'a str>) -> JsValue {
    texts.map(JsValue::from_str).collect::<Array>().into()
}

/// `Item`.
pub(crate) fn item(item: &Item) -> JsValue {
    let fields = Object::new();
    for (name, values) in &item.fields {
        let values = strings(&mut values.iter().map(String::as_str));
        let _ = Reflect::set(&fields, &name.into(), &values);
    }
    object(&[("id", (&item.id).into()), ("title", (&item.title).into()), ("fields", fields.into())])
}

/// `BundleInfo`.
pub(crate) fn info(bundle: &Bundle) -> JsValue {
    let fields = Array::new();
    for vocabulary in &bundle.user_vocabularies {
        let values = strings(&mut vocabulary.values().iter().map(String::as_str));
        fields.push(&object(&[("name", vocabulary.name().into()), ("values", values)]));
    }
    object(&[
        ("kind", kind(bundle.model.feedback())),
        ("model", model(matches!(bundle.model, Recommender::Halves(_)))),
        ("scale", scale(bundle.model.scale())),
        ("name", (&bundle.about.name).into()),
        ("notice", (&bundle.about.notice).into()),
        ("preset", (&bundle.about.preset).into()),
        ("itemCount", bundle.catalogue.len().into()),
        ("userFields", fields.into()),
    ])
}

/// Return the name of a kind of feedback.
pub(crate) fn kind(feedback: Feedback) -> JsValue {
    match feedback {
        Feedback::Ratings => "ratings".into(),
        Feedback::Picks => "picks".into(),
    }
}

/// Return the name of a kind of model.
pub(crate) fn model(halves: bool) -> JsValue {
    if halves { "halves".into() } else { "network".into() }
}

/// Return the scale of a `BundleInfo`.
pub(crate) fn scale(scale: &Scale) -> JsValue {
    let Scale { min, max, like, dislike } = *scale;
    object(&[("min", min.into()), ("max", max.into()), ("like", like.into()), ("dislike", dislike.into())])
}

/// `Answer`.
fn answer(answer: Answer) -> JsValue {
    match answer {
        Answer::Rating(rating) => rating.into(),
        Answer::Like => "like".into(),
        Answer::Dislike => "dislike".into(),
        Answer::Unknown => "unknown".into(),
    }
}

/// `Answered`, of the item at a position of `items`.
pub(crate) fn answered(items: &Array, &(position, value): &(usize, Answer)) -> JsValue {
    object(&[("item", items.get(position as u32)), ("value", answer(value))])
}

/// `Reason`, whose position is one of `items`.
pub(crate) fn reason(items: &Array, reason: &Reason) -> JsValue {
    let item = items.get(reason.item as u32);
    object(&[("item", item), ("value", answer(reason.answer)), ("influence", reason.influence.into())])
}

/// `Recommendation`, whose position is one of `items`.
pub(crate) fn recommendation(items: &Array, recommended: &Recommendation) -> JsValue {
    let because = recommended.because.as_ref().map_or(JsValue::NULL, |because| reason(items, because));
    object(&[("item", items.get(recommended.item as u32)), ("score", recommended.score.into()), ("because", because)])
}

/// `Adaptation`, whose local update took `milliseconds` together with ranking.
pub(crate) fn adaptation(adaptation: &recommender::Adaptation, milliseconds: f64) -> JsValue {
    object(&[
        ("method", adaptation.method.into()),
        ("steps", adaptation.steps.into()),
        ("answers", adaptation.answers.into()),
        ("lossBefore", adaptation.loss_before.into()),
        ("lossAfter", adaptation.loss_after.into()),
        ("milliseconds", milliseconds.into()),
    ])
}

/// `SavedState`.
pub(crate) fn saved_state(state: &SavedState) -> JsValue {
    let (answers, user) = (Array::new(), Object::new());
    for saved in &state.answers {
        answers.push(&object(&[("id", (&saved.id).into()), ("value", answer(saved.value))]));
    }
    for (field, value) in &state.user {
        let _ = Reflect::set(&user, &field.into(), &value.into());
    }
    object(&[("version", state.version.into()), ("answers", answers.into()), ("user", user.into())])
}
