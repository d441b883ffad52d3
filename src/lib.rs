//! The JavaScript bindings of [`fewclicks_model::Visitor`]: the class `FewClicks`. This crate loads bundles, and checks and
//! converts arguments and results.
//!
//! It is built for `wasm32-unknown-unknown` by `wasm-pack build --target web`; for other targets it is empty.
#![cfg(target_arch = "wasm32")]
#![deny(missing_docs, unreachable_pub)]
#![allow(
    clippy::missing_errors_doc,
    reason = "the documentation is that of the JavaScript class, which says what it throws"
)]

mod argument;
mod catalogue;
mod error;
mod fetch;
mod json;
mod load;
mod reply;
mod types;

use argument::{count, item_id, list_options, optional_string, saved_state, string};
use error::Result;
use fewclicks_model::visitor::{Answer, ListOptions, Visitor};
use js_sys::{Array, Function};
use load::Source;
use reply::to_js;
use std::sync::Arc;
use wasm_bindgen::prelude::*;
use web_sys::AbortController;

pub use error::WebError;

/// A recommender for one visitor. It computes on the device: after `load` it sends no requests.
#[wasm_bindgen]
#[derive(Debug)]
pub struct FewClicks {
    visitor: Visitor,
    /// The items of the catalogue, by position.
    items: Array,
    /// The duration of the latest local update and ranking.
    milliseconds: f64,
}

#[wasm_bindgen]
impl FewClicks {
    /// Load a bundle from the address of its folder or manifest, or from the contents of its three files. `watch` is called
    /// with the progress, first when the manifest has arrived. `stop` aborts the requests. Rejects with code `network` where a
    /// file does not arrive, `bad-source`, or a code of an invalid bundle, with the file and the field in the message.
    #[wasm_bindgen(unchecked_return_type = "FewClicks")]
    pub async fn load(
        #[wasm_bindgen(unchecked_param_type = "BundleSource")] source: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "(progress: Progress) => void")] watch: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "AbortController")] stop: Option<AbortController>,
    ) -> std::result::Result<FewClicks, JsValue> {
        let stop = stop.map_or_else(AbortController::new, Ok)?;
        let (bundle, items) = Source::read(&source)?.load(watch.dyn_into::<Function>().ok(), &stop).await?;
        Ok(Self { visitor: Visitor::new(Arc::new(bundle), visitor_seed()?), items, milliseconds: 0.0 })
    }

    /// Start another session, without answers, with the same bundle. Throws `wasm` where there are no random numbers.
    #[wasm_bindgen(js_name = newSession)]
    pub fn new_session(&self) -> Result<FewClicks> {
        let visitor = self.visitor.new_session(visitor_seed()?);
        Ok(Self { visitor, items: self.items.clone(), milliseconds: 0.0 })
    }

    /// The description of the bundle.
    #[wasm_bindgen(getter, unchecked_return_type = "BundleInfo")]
    pub fn info(&self) -> JsValue {
        to_js(&reply::Info::of(self.visitor.bundle()))
    }

    /// Return the best `n` evidence candidates without an answer. Throws `bad-options`.
    #[wasm_bindgen(unchecked_return_type = "Item[]")]
    pub fn candidates(&self, n: f64) -> Result<Array> {
        Ok(self.items_at(&self.visitor.candidates(count(n)?)))
    }

    /// Return the best item to ask about next; `null` where there is no candidate left.
    #[wasm_bindgen(js_name = nextQuestion, unchecked_return_type = "Item | null")]
    pub fn next_question(&self) -> JsValue {
        self.visitor.next_question().map_or(JsValue::NULL, |item| self.items.get(item as u32))
    }

    /// Return the best `n` items to ask about next, in addition to the items with the ids `shown`, which are being asked
    /// about already. Throws `bad-options` or `unknown-item`.
    #[wasm_bindgen(unchecked_return_type = "Item[]")]
    pub fn questions(
        &self,
        n: f64,
        #[wasm_bindgen(unchecked_param_type = "string[]")] shown: JsValue,
    ) -> Result<Array> {
        let shown = self.positions(&shown)?;
        Ok(self.items_at(&self.visitor.questions(count(n)?, &shown)))
    }

    /// Return all items of the catalogue, in a new list.
    #[wasm_bindgen(unchecked_return_type = "Item[]")]
    pub fn items(&self) -> Array {
        // A copy, because the page may change it.
        self.items.slice(0, self.items.length())
    }

    /// Exclude the items with these ids, and no others, from questions and recommendations. Throws
    /// `unknown-item` where `ids` is not a list of strings.
    pub fn exclude(&mut self, #[wasm_bindgen(unchecked_param_type = "string[]")] ids: JsValue) -> Result<()> {
        let items = self.positions(&ids)?;
        self.visitor.exclude(&items);
        Ok(())
    }

    /// Describe the local update on the answers so far.
    #[wasm_bindgen(unchecked_return_type = "Adaptation")]
    pub fn adaptation(&self) -> JsValue {
        to_js(&reply::Adaptation::of(&self.visitor.adaptation(), self.milliseconds))
    }

    /// Add an answer about an item, or replace the answer about it. Throws `unknown-item` or `bad-answer`.
    pub fn answer(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Answer")] value: JsValue,
    ) -> Result<()> {
        let id = item_id(&id)?;
        let answer = argument::read(&value, "bad-answer", Answer::EXPECTED, Answer::read)?;
        Ok(self.visitor.answer(&id, answer)?)
    }

    /// Remove the answer about an item, or the latest answer; return it, or `null` where there is none. Throws
    /// `unknown-item`.
    #[wasm_bindgen(unchecked_return_type = "Answered | null")]
    pub fn undo(
        &mut self,
        #[wasm_bindgen(unchecked_optional_param_type = "string | null")] id: JsValue,
    ) -> Result<JsValue> {
        let id = optional_string(&id, "unknown-item", "item ids")?;
        let undone = self.visitor.undo(id.as_deref())?;
        Ok(undone.map_or(JsValue::NULL, |answer| to_js(&reply::Answered::of(&self.items, &answer))))
    }

    /// Return all answers, oldest first.
    #[wasm_bindgen(unchecked_return_type = "Answered[]")]
    pub fn answers(&self) -> Array {
        self.visitor.answers().iter().map(|answer| to_js(&reply::Answered::of(&self.items, answer))).collect()
    }

    /// Return the best `k` items, best first, without answered ones unless `includeAnswered`. Throws `bad-options`,
    /// or `weights` where the model has no finite scores.
    #[wasm_bindgen(unchecked_return_type = "Recommendation[]")]
    pub fn recommend(
        &mut self,
        k: f64,
        #[wasm_bindgen(unchecked_optional_param_type = "RecommendOptions")] options: JsValue,
    ) -> Result<Array> {
        let options = list_options(&options)?;
        let k = count(k)?;
        let start = fetch::now();
        self.visitor.check_finite()?;
        let recommended = self.visitor.recommend(k, &options);
        self.milliseconds = fetch::now() - start;
        Ok(recommended.iter().map(|item| to_js(&reply::Recommendation::of(&self.items, item))).collect())
    }

    /// Do the local update now if answers have changed, so that the next call need not wait for it.
    pub fn adapt(&mut self) {
        self.visitor.adapt();
    }

    /// Return the ids of the items that `recommend` returns, without the time to compute reasons. Throws `bad-options` or
    /// `weights`.
    #[wasm_bindgen(unchecked_return_type = "string[]")]
    pub fn rank(&mut self, k: f64) -> Result<JsValue> {
        let k = count(k)?;
        self.visitor.check_finite()?;
        let items = self.visitor.rank(k, &ListOptions::default());
        let catalogue = &self.visitor.bundle().catalogue;
        Ok(to_js(&items.iter().map(|&item| catalogue.id(item)).collect::<Vec<_>>()))
    }

    /// Return the influence of each answer on an item's score in the list, strongest first; at most of the latest 50 answers
    /// that the model reads. Throws `unknown-item`.
    #[wasm_bindgen(unchecked_return_type = "Reason[]")]
    pub fn explain(&self, #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue) -> Result<Array> {
        let reasons = self.visitor.explain(&item_id(&id)?)?;
        Ok(reasons.iter().map(|reason| to_js(&reply::Reason::of(&self.items, reason))).collect())
    }

    /// Return the predicted rating of an item, which may lie slightly outside the scale; with picks a score. Throws
    /// `unknown-item`.
    pub fn predict(&mut self, #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue) -> Result<f32> {
        Ok(self.visitor.predict(&item_id(&id)?)?)
    }

    /// Set a user field, such as an age group; `null` removes it. Throws `unknown-field` or `unknown-value`.
    pub fn describe(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "string")] field: JsValue,
        #[wasm_bindgen(unchecked_param_type = "string | null")] value: JsValue,
    ) -> Result<()> {
        let field = string(&field, "unknown-field", "names of user fields")?;
        let value = optional_string(&value, "unknown-value", "values of user fields")?;
        Ok(self.visitor.describe(&field, value.as_deref())?)
    }

    /// Return the state to save: plain JSON.
    #[wasm_bindgen(unchecked_return_type = "SavedState")]
    pub fn save(&self) -> JsValue {
        to_js(&self.visitor.save())
    }

    /// Replace answers and user fields by those of a saved state. Return the ids of answered items that are not in this
    /// bundle. Throws `bad-state`, and then changes nothing.
    #[wasm_bindgen(unchecked_return_type = "string[]")]
    pub fn restore(&mut self, #[wasm_bindgen(unchecked_param_type = "SavedState")] state: JsValue) -> Result<JsValue> {
        Ok(to_js(&self.visitor.restore(&saved_state(&state)?)?))
    }

    /// Remove all answers and user fields.
    pub fn forget(&mut self) {
        self.visitor.forget();
    }

    /// Return the items at these positions.
    fn items_at(&self, positions: &[usize]) -> Array {
        positions.iter().map(|&position| self.items.get(position as u32)).collect()
    }

    /// Return the positions of the items with these ids, without ids that are not in the catalogue.
    fn positions(&self, ids: &JsValue) -> Result<Vec<usize>> {
        let expected = "a list of item ids, which are strings";
        let ids = argument::read(ids, "unknown-item", expected, |ids| ids.list(|id| id.string()))?;
        Ok(self.visitor.positions(&ids))
    }
}

/// Return a random seed for the order of items with equal scores.
fn visitor_seed() -> Result<u32> {
    getrandom::u32().map_err(|error| WebError::new("wasm", format!("no random numbers: {error}")))
}
