#![cfg(target_arch = "wasm32")]
//! The browser's view of a [`Visitor`]: one class, `FewClicks`. Everything here converts; nothing decides.

mod convert;
mod error;
mod js;
mod loader;
mod types;
mod words;

use convert::{count, from_js, optional_string, saved_state, string};
use error::Result;
use fewclicks_model::visitor::{Answer, Visitor};
use loader::{Loader, download};
use wasm_bindgen::prelude::*;

/// A recommender for one visitor. All work happens on the device; after `load` nothing is requested or sent.
#[wasm_bindgen]
pub struct FewClicks {
    visitor: Visitor,
}

#[wasm_bindgen]
impl FewClicks {
    /// Loads a bundle: from the address of its folder or manifest, or from the bytes of its three files. Rejects with
    /// code `network`, or names the file and field of a bundle that is not sound. `watch` hears of what has arrived, first
    /// as soon as there are items to open with.
    #[wasm_bindgen(unchecked_return_type = "Promise<FewClicks>")]
    pub fn load(
        #[wasm_bindgen(unchecked_param_type = "BundleSource")] source: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "(progress: Progress) => void")] watch: JsValue,
    ) -> JsValue {
        download(Loader::default(), source, watch)
    }

    /// A second, empty session with the same bundle.
    pub fn another(&self) -> FewClicks {
        Self { visitor: self.visitor.another(visitor_seed()) }
    }

    /// What the bundle is.
    #[wasm_bindgen(getter, unchecked_return_type = "BundleInfo")]
    pub fn info(&self) -> JsValue {
        convert::info(self.visitor.bundle())
    }

    /// The best `n` evidence candidates without an answer yet.
    #[wasm_bindgen(unchecked_return_type = "Item[]")]
    pub fn candidates(&self, n: f64) -> Result<JsValue> {
        let items = self.visitor.candidates(count(n)?);
        Ok(convert::list(&items, &|&item| self.item(item)))
    }

    /// The best item to ask about next.
    #[wasm_bindgen(js_name = nextQuestion, unchecked_return_type = "Item | null")]
    pub fn next_question(&self) -> JsValue {
        self.visitor.next_question().map_or(JsValue::NULL, |item| self.item(item))
    }

    /// The `n` best items to ask about next, beside those whose ids are `shown`, which are being asked about already.
    #[wasm_bindgen(unchecked_return_type = "Item[]")]
    pub fn questions(
        &self,
        n: f64,
        #[wasm_bindgen(unchecked_param_type = "string[]")] shown: JsValue,
    ) -> Result<JsValue> {
        let shown = self.known(&shown)?;
        let items = self.visitor.questions(count(n)?, &shown);
        Ok(convert::list(&items, &|&item| self.item(item)))
    }

    /// The whole catalogue.
    #[wasm_bindgen(unchecked_return_type = "Item[]")]
    pub fn items(&self) -> JsValue {
        let positions: Vec<usize> = (0..self.visitor.bundle().catalogue.len()).collect();
        convert::list(&positions, &|&item| self.item(item))
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
        convert::adaptation(&self.visitor.adaptation())
    }

    /// Takes an answer; another one for the same item changes it. Throws `unknown-item` or `bad-answer`.
    pub fn answer(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Answer")] value: JsValue,
    ) -> Result<()> {
        let id = item_id(&id)?;
        let answer = from_js(&value, "bad-answer", Answer::EXPECTED, Answer::read)?;
        Ok(self.visitor.answer(&id, answer)?)
    }

    /// Takes back the answer for an item, or the latest one; returns it, or `null` where there is none.
    #[wasm_bindgen(unchecked_return_type = "Answered | null")]
    pub fn undo(
        &mut self,
        #[wasm_bindgen(unchecked_optional_param_type = "string | null")] id: JsValue,
    ) -> Result<JsValue> {
        let id = optional_string(&id, "unknown-item", ITEM_IDS)?;
        let undone = self.visitor.undo(id.as_deref())?;
        Ok(undone.map_or(JsValue::NULL, |answer| convert::answered(self.visitor.bundle(), &answer)))
    }

    /// All answers, oldest first.
    #[wasm_bindgen(unchecked_return_type = "Answered[]")]
    pub fn answers(&self) -> JsValue {
        convert::list(self.visitor.answers(), &|answer| convert::answered(self.visitor.bundle(), answer))
    }

    /// The `k` best items, best first, without those already answered unless asked for.
    #[wasm_bindgen(unchecked_return_type = "Recommendation[]")]
    pub fn recommend(
        &mut self,
        k: f64,
        #[wasm_bindgen(unchecked_optional_param_type = "RecommendOptions")] options: JsValue,
    ) -> Result<JsValue> {
        let expected = "an object with includeAnswered: true or false";
        let include_answered = from_js(&options, "bad-options", expected, convert::include_answered)?;
        let recommended = self.visitor.recommend(count(k)?, include_answered);
        let bundle = self.visitor.bundle();
        Ok(convert::list(&recommended, &|item| convert::recommendation(bundle, item)))
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
        Ok(convert::list(&items, &|&item| catalogue.item(item).id.into()))
    }

    /// How far each answer, at most the latest 50 with a rating, moved the prediction for an item, strongest first.
    /// Throws `unknown-item`.
    #[wasm_bindgen(unchecked_return_type = "Reason[]")]
    pub fn explain(&self, #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue) -> Result<JsValue> {
        let reasons = self.visitor.explain(&item_id(&id)?)?;
        let bundle = self.visitor.bundle();
        Ok(convert::list(&reasons, &|reason| convert::reason(bundle, reason)))
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
        convert::state(&self.visitor.save())
    }

    /// Goes on from what `save` gave, in place of everything said so far. Returns the ids of answered items that this
    /// bundle does not have any more. Throws `bad-state`, and then changes nothing.
    #[wasm_bindgen(unchecked_return_type = "string[]")]
    pub fn restore(&mut self, #[wasm_bindgen(unchecked_param_type = "SavedState")] state: JsValue) -> Result<JsValue> {
        Ok(convert::texts(&self.visitor.restore(&saved_state(&state)?)?))
    }

    /// Forgets everything the visitor said.
    pub fn forget(&mut self) {
        self.visitor.forget();
    }

    fn item(&self, position: usize) -> JsValue {
        convert::item(self.visitor.bundle(), position)
    }

    /// Positions of the items with these ids, without those that the catalogue does not have.
    fn known(&self, ids: &JsValue) -> Result<Vec<usize>> {
        let ids =
            from_js(ids, "unknown-item", "a list of item ids, which are strings", |ids| ids.list(|id| id.text()))?;
        Ok(self.visitor.known(&ids))
    }
}

const ITEM_IDS: &str = "item ids";

fn item_id(id: &JsValue) -> Result<String> {
    string(id, "unknown-item", ITEM_IDS)
}

/// The visitor's own order of equals.
fn visitor_seed() -> u32 {
    (js::random() * f64::from(u32::MAX)) as u32
}
