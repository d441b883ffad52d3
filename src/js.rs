//! What of JavaScript is used. The usual crates declare all of it, and with every function that takes another one comes
//! code to call that, used or not.

use wasm_bindgen::prelude::*;

impl Object {
    /// The object with one more field.
    pub fn with(self, name: &str, value: impl Into<JsValue>) -> Self {
        set_property(&self, name, &value.into());
        self
    }
}

#[wasm_bindgen]
extern "C" {
    pub type Array;
    #[wasm_bindgen(constructor)]
    pub fn new() -> Array;
    #[wasm_bindgen(method)]
    pub fn push(this: &Array, value: &JsValue);

    pub type Object;
    #[wasm_bindgen(constructor)]
    pub fn new() -> Object;

    pub type Error;
    #[wasm_bindgen(constructor)]
    pub fn new(message: &str) -> Error;

    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = get)]
    pub fn property(of: &JsValue, name: &str) -> Result<JsValue, JsValue>;
    /// Of a fresh object, which takes every property.
    #[wasm_bindgen(js_namespace = Reflect, js_name = set)]
    pub fn set_property(of: &JsValue, name: &str, value: &JsValue);

    #[wasm_bindgen(js_namespace = Math)]
    pub fn random() -> f64;

    /// Nothing of what JSON does not know, such as undefined.
    #[wasm_bindgen(catch, js_namespace = JSON)]
    pub fn stringify(value: &JsValue) -> Result<Option<String>, JsValue>;

    /// `String(value)`: it knows what JSON does not, such as NaN, symbols and functions.
    #[wasm_bindgen(catch, js_name = String)]
    pub fn to_text(value: &JsValue) -> Result<String, JsValue>;
}
