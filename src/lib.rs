//! The browser's view of a [`fewclicks_model::Visitor`]: one class, `FewClicks`. This crate converts; the model decides.
//!
//! It is built for `wasm32-unknown-unknown` alone, by `wasm-pack build --target web`; elsewhere it is empty.
#![cfg(target_arch = "wasm32")]

mod argument;
mod catalogue;
mod error;
mod fetch;
mod json;
mod load;
mod reply;
mod types;

use argument::{count, include_answered, item_id, optional_string, saved_state, string};
use error::{Result, WebError};
use fewclicks_model::visitor::{Answer, Visitor};
use js_sys::{Array, Function};
use load::Source;
use reply::to_js;
use std::sync::Arc;
use wasm_bindgen::prelude::*;

/// A recommender for one visitor. All work happens on the device; after `load` nothing is requested or sent.
#[wasm_bindgen]
#[derive(Debug)]
pub struct FewClicks {
    visitor: Visitor,
    /// What there is to show of the catalogue's items, by position.
    items: Array,
    /// How long the latest local update and ranking took.
    milliseconds: f64,
}

#[wasm_bindgen]
impl FewClicks {
    /// Loads a bundle: from the address of its folder or manifest, or from the bytes of its three files. Rejects with
    /// code `network`, or names the file and field of a bundle that is not sound. `watch` is called with what has arrived,
    /// first as soon as there are items to open with.
    #[wasm_bindgen(unchecked_return_type = "FewClicks")]
    pub async fn load(
        #[wasm_bindgen(unchecked_param_type = "BundleSource")] source: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "(progress: Progress) => void")] watch: JsValue,
    ) -> std::result::Result<FewClicks, JsValue> {
        let (bundle, items) = Source::read(&source)?.load(watch.dyn_into::<Function>().ok()).await?;
        Ok(Self { visitor: Visitor::new(Arc::new(bundle), visitor_seed()?), items, milliseconds: 0.0 })
    }

    /// A second, empty session with the same bundle.
    #[wasm_bindgen(js_name = newSession)]
    pub fn new_session(&self) -> Result<FewClicks> {
        let visitor = self.visitor.new_session(visitor_seed()?);
        Ok(Self { visitor, items: self.items.clone(), milliseconds: 0.0 })
    }

    /// What the bundle is.
    #[wasm_bindgen(getter, unchecked_return_type = "BundleInfo")]
    pub fn info(&self) -> JsValue {
        to_js(&reply::Info::of(self.visitor.bundle()))
    }

    /// The best `n` evidence candidates without an answer yet.
    #[wasm_bindgen(unchecked_return_type = "Item[]")]
    pub fn candidates(&self, n: f64) -> Result<Array> {
        Ok(self.items_at(&self.visitor.candidates(count(n)?)))
    }

    /// The best item to ask about next.
    #[wasm_bindgen(js_name = nextQuestion, unchecked_return_type = "Item | null")]
    pub fn next_question(&self) -> JsValue {
        self.visitor.next_question().map_or(JsValue::NULL, |item| self.items.get(item as u32))
    }

    /// The `n` best items to ask about next, beside those whose ids are `shown`, which are being asked about already.
    #[wasm_bindgen(unchecked_return_type = "Item[]")]
    pub fn questions(
        &self,
        n: f64,
        #[wasm_bindgen(unchecked_param_type = "string[]")] shown: JsValue,
    ) -> Result<Array> {
        let shown = self.known(&shown)?;
        Ok(self.items_at(&self.visitor.questions(count(n)?, &shown)))
    }

    /// The whole catalogue.
    #[wasm_bindgen(unchecked_return_type = "Item[]")]
    pub fn items(&self) -> Array {
        // A list of its own: the page may sort it.
        self.items.slice(0, self.items.length())
    }

    /// Neither asks about the items with these ids any more nor recommends them, in place of those named before.
    pub fn exclude(&mut self, #[wasm_bindgen(unchecked_param_type = "string[]")] ids: JsValue) -> Result<()> {
        let items = self.known(&ids)?;
        self.visitor.exclude(&items);
        Ok(())
    }

    /// What the local update did.
    #[wasm_bindgen(unchecked_return_type = "Adaptation")]
    pub fn adaptation(&self) -> JsValue {
        to_js(&reply::Adaptation::of(&self.visitor.adaptation(), self.milliseconds))
    }

    /// Takes an answer; another one for the same item changes it. Throws `unknown-item` or `bad-answer`.
    pub fn answer(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Answer")] value: JsValue,
    ) -> Result<()> {
        let id = item_id(&id)?;
        let answer = argument::read(&value, "bad-answer", Answer::EXPECTED, Answer::read)?;
        Ok(self.visitor.answer(&id, answer)?)
    }

    /// Takes back the answer for an item, or the latest one; returns it, or `null` where there is none.
    #[wasm_bindgen(unchecked_return_type = "Answered | null")]
    pub fn undo(
        &mut self,
        #[wasm_bindgen(unchecked_optional_param_type = "string | null")] id: JsValue,
    ) -> Result<JsValue> {
        let id = optional_string(&id, "unknown-item", "item ids")?;
        let undone = self.visitor.undo(id.as_deref())?;
        Ok(to_js(&undone.map(|answer| reply::Answered::of(&self.items, &answer))))
    }

    /// All answers, oldest first.
    #[wasm_bindgen(unchecked_return_type = "Answered[]")]
    pub fn answers(&self) -> JsValue {
        let answers = self.visitor.answers().iter();
        to_js(&answers.map(|answer| reply::Answered::of(&self.items, answer)).collect::<Vec<_>>())
    }

    /// The `k` best items, best first, without those already answered unless asked for.
    #[wasm_bindgen(unchecked_return_type = "Recommendation[]")]
    pub fn recommend(
        &mut self,
        k: f64,
        #[wasm_bindgen(unchecked_optional_param_type = "RecommendOptions")] options: JsValue,
    ) -> Result<JsValue> {
        let include_answered = include_answered(&options)?;
        let k = count(k)?;
        let start = fetch::now();
        let recommended = self.visitor.recommend(k, include_answered);
        self.milliseconds = fetch::now() - start;
        let recommended = recommended.iter().map(|item| reply::Recommendation::of(&self.items, item));
        Ok(to_js(&recommended.collect::<Vec<_>>()))
    }

    /// Does the local update on the answers so far, unless it is done: what is asked for next then need not wait for it.
    pub fn adapt(&mut self) {
        self.visitor.adapt();
    }

    /// The ids of the `k` items that `recommend` would name, best first, without the work of finding reasons.
    #[wasm_bindgen(unchecked_return_type = "string[]")]
    pub fn rank(&mut self, k: f64) -> Result<JsValue> {
        let items = self.visitor.rank(count(k)?, false);
        let catalogue = &self.visitor.bundle().catalogue;
        Ok(to_js(&items.iter().map(|&item| catalogue.id(item)).collect::<Vec<_>>()))
    }

    /// How far each answer, at most the latest 50 with a rating, moved the prediction for an item, strongest first.
    /// Throws `unknown-item`.
    #[wasm_bindgen(unchecked_return_type = "Reason[]")]
    pub fn explain(&self, #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue) -> Result<JsValue> {
        let reasons = self.visitor.explain(&item_id(&id)?)?;
        Ok(to_js(&reasons.iter().map(|reason| reply::Reason::of(&self.items, reason)).collect::<Vec<_>>()))
    }

    /// The predicted rating of an item; it may lie a little outside the scale. Throws `unknown-item`.
    pub fn predict(&mut self, #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue) -> Result<f32> {
        Ok(self.visitor.predict(&item_id(&id)?)?)
    }

    /// Says something of the visitor, such as an age band; `null` takes it back. Throws `unknown-field` or
    /// `unknown-value`.
    pub fn describe(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "string")] field: JsValue,
        #[wasm_bindgen(unchecked_param_type = "string | null")] value: JsValue,
    ) -> Result<()> {
        let field = string(&field, "unknown-field", "names of user fields")?;
        let value = optional_string(&value, "unknown-value", "values of user fields")?;
        Ok(self.visitor.describe(&field, value.as_deref())?)
    }

    /// What to keep to go on later: plain JSON.
    #[wasm_bindgen(unchecked_return_type = "SavedState")]
    pub fn save(&self) -> JsValue {
        to_js(&self.visitor.save())
    }

    /// Goes on from what `save` gave, in place of everything said so far. Returns the ids of answered items that this
    /// bundle does not have any more. Throws `bad-state`, and then changes nothing.
    #[wasm_bindgen(unchecked_return_type = "string[]")]
    pub fn restore(&mut self, #[wasm_bindgen(unchecked_param_type = "SavedState")] state: JsValue) -> Result<JsValue> {
        Ok(to_js(&self.visitor.restore(&saved_state(&state)?)?))
    }

    /// Forgets everything the visitor said.
    pub fn forget(&mut self) {
        self.visitor.forget();
    }

    fn items_at(&self, positions: &[usize]) -> Array {
        positions.iter().map(|&position| self.items.get(position as u32)).collect()
    }

    /// Positions of the items with these ids, without those that the catalogue does not have.
    fn known(&self, ids: &JsValue) -> Result<Vec<usize>> {
        let expected = "a list of item ids, which are strings";
        let ids = argument::read(ids, "unknown-item", expected, |ids| ids.list(|id| id.string()))?;
        Ok(self.visitor.positions(&ids))
    }
}

/// The visitor's own order of equals.
fn visitor_seed() -> Result<u32> {
    getrandom::u32().map_err(|error| WebError::new("wasm", format!("no random numbers: {error}")))
}
