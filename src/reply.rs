//! The objects that are returned to JavaScript. Their types are declared in `types.rs`.

use fewclicks_model::adapt::Feedback;
use fewclicks_model::bundle::Bundle;
use fewclicks_model::model::scale::Scale;
use fewclicks_model::recommender::{self, Recommender};
use fewclicks_model::visitor;
use js_sys::Array;
use serde::Serialize;
use serde_wasm_bindgen::{Serializer, preserve};
use wasm_bindgen::JsValue;

/// Convert a value to JavaScript: maps to objects, `None` to `null`.
pub(crate) fn to_js(value: &impl Serialize) -> JsValue {
    // Conversion of these types cannot fail.
    value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

/// `BundleInfo`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Info<'a> {
    kind: &'static str,
    model: &'static str,
    scale: Scale,
    name: &'a str,
    notice: &'a str,
    preset: &'a str,
    made: &'a str,
    item_count: u32,
    user_fields: Vec<UserField<'a>>,
}

#[derive(Serialize)]
struct UserField<'a> {
    name: &'a str,
    values: &'a [String],
}

impl<'a> Info<'a> {
    /// Describe a bundle.
    pub(crate) fn of(bundle: &'a Bundle) -> Self {
        let mut user_fields = Vec::new();
        for vocabulary in &bundle.user_vocabularies {
            user_fields.push(UserField { name: vocabulary.name(), values: vocabulary.values() });
        }
        Self {
            kind: kind(bundle.model.feedback()),
            model: model(matches!(bundle.model, Recommender::Halves(_))),
            scale: *bundle.model.scale(),
            name: &bundle.about.name,
            notice: &bundle.about.notice,
            preset: &bundle.about.preset,
            made: &bundle.about.made,
            item_count: bundle.catalogue.len() as u32,
            user_fields,
        }
    }
}

/// Return the name of a kind of feedback.
pub(crate) fn kind(feedback: Feedback) -> &'static str {
    match feedback {
        Feedback::Ratings => "ratings",
        Feedback::Picks => "picks",
    }
}

/// Return the name of a kind of model.
pub(crate) fn model(halves: bool) -> &'static str {
    if halves { "halves" } else { "network" }
}

/// `Answered`.
#[derive(Serialize)]
pub(crate) struct Answered {
    #[serde(with = "preserve")]
    item: JsValue,
    value: visitor::Answer,
}

impl Answered {
    /// Convert the answer about the item at a position of `items`.
    pub(crate) fn of(items: &Array, &(position, value): &(usize, visitor::Answer)) -> Self {
        Self { item: items.get(position as u32), value }
    }
}

/// `Reason`.
#[derive(Serialize)]
pub(crate) struct Reason {
    #[serde(with = "preserve")]
    item: JsValue,
    value: visitor::Answer,
    influence: f32,
}

impl Reason {
    /// Convert a reason whose position is one of `items`.
    pub(crate) fn of(items: &Array, reason: &visitor::Reason) -> Self {
        Self { item: items.get(reason.item as u32), value: reason.answer, influence: reason.influence }
    }
}

/// `Recommendation`.
#[derive(Serialize)]
pub(crate) struct Recommendation {
    #[serde(with = "preserve")]
    item: JsValue,
    score: f32,
    because: Option<Reason>,
    reasons: Vec<Reason>,
}

impl Recommendation {
    /// Convert a recommendation whose position is one of `items`.
    pub(crate) fn of(items: &Array, recommendation: &visitor::Recommendation) -> Self {
        let visitor::Recommendation { item, score, because, reasons } = recommendation;
        let reason = |reason| Reason::of(items, reason);
        let (because, reasons) = (because.as_ref().map(reason), reasons.iter().map(reason).collect());
        Self { item: items.get(*item as u32), score: *score, because, reasons }
    }
}

/// `Adaptation`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Adaptation {
    method: &'static str,
    steps: u32,
    answers: u32,
    loss_before: f32,
    loss_after: f32,
    milliseconds: f64,
}

impl Adaptation {
    /// Convert the description of a local update, which took `milliseconds` together with ranking.
    pub(crate) fn of(adaptation: &recommender::Adaptation, milliseconds: f64) -> Self {
        let recommender::Adaptation { method, steps, answers, loss_before, loss_after } = *adaptation;
        Self { method, steps: steps as u32, answers: answers as u32, loss_before, loss_after, milliseconds }
    }
}
