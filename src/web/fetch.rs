//! Where a bundle's bytes come from: the page's own server, or the page itself.

use super::error::{Result, WebError};
use super::js::{self, Array, Object, Promise, Response, Uint8Array};
use super::words::{found, thrown};
use crate::bundle::{MANIFEST, Manifest};
use crate::decimal::whole;
use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use wasm_bindgen::prelude::*;

/// What comes of a promise, or why nothing does.
type Step = core::result::Result<JsValue, JsValue>;

/// The promise of what `step` makes of what `promise` promised. Rust's own futures would bring a scheduler along.
pub fn then(promise: Promise, step: impl FnOnce(JsValue) -> Step + 'static) -> Promise {
    promise.then(&closure(step), &JsValue::UNDEFINED)
}

fn closure(step: impl FnOnce(JsValue) -> Step + 'static) -> JsValue {
    // Behind a pointer, as every kind of closure would be compiled with its own way in.
    let step: Box<dyn FnOnce(JsValue) -> Step> = Box::new(step);
    Closure::<dyn FnMut(JsValue) -> Step>::once(step).into_js_value()
}

/// The promise of manifest, weights and catalogue, a list of buffers or arrays of bytes.
pub fn files(source: JsValue) -> Result<Promise> {
    if let Some(url) = source.as_string().or_else(|| href(&source)) {
        return Ok(download(&url));
    }
    let refused = |wrong: String| {
        let expected = "expected an address, or an object with manifest, weights, catalogue as Uint8Array";
        WebError::new("bad-source", [&wrong, ": ", expected].concat())
    };
    if !source.is_object() {
        return Err(refused(["cannot load from ", &found(&source)].concat()));
    }
    let files = Array::new();
    for name in ["manifest", "weights", "catalogue"] {
        let value = js::property(&source, name).unwrap_or_default();
        if !value.is_instance_of::<Uint8Array>() {
            return Err(refused(["source.", name, " is no Uint8Array"].concat()));
        }
        files.push(&value);
    }
    Ok(Promise::resolve(&files))
}

/// The bytes of a buffer or an array of bytes.
pub fn bytes(buffer: &JsValue) -> Vec<u8> {
    let source = Uint8Array::new(buffer);
    let mut bytes = vec![0; source.length() as usize];
    js::copy(&mut bytes, &source);
    bytes
}

/// The address of a `URL` object.
fn href(source: &JsValue) -> Option<String> {
    source.dyn_ref::<Object>().and_then(|url| js::property(url, "href").ok()?.as_string())
}

fn download(url: &str) -> Promise {
    let (path, query) = match url.find(['?', '#']).and_then(|end| url.split_at_checked(end)) {
        Some(parts) => parts,
        None => (url, ""),
    };
    let folder = match path.strip_suffix(MANIFEST) {
        Some(folder) => folder.to_owned(),
        // Nothing at all is the page's own folder.
        None if path.is_empty() => String::new(),
        None => [path.trim_end_matches('/'), "/"].concat(),
    };
    let manifest = get([&folder, MANIFEST, query].concat());
    then(manifest, move |manifest| {
        let parsed = Manifest::parse(&bytes(&manifest)).map_err(WebError::from)?;
        let weights = get([&folder, &*parsed.weights.file].concat());
        let catalogue = get([&folder, &*parsed.catalogue.file].concat());
        let files = Array::new();
        [manifest, weights.into(), catalogue.into()].iter().for_each(|file| files.push(file));
        Ok(Promise::all(&files).into())
    })
}

/// The promise of the bytes at an address.
fn get(url: String) -> Promise {
    let response = js::fetch(&url).unwrap_or_else(|error| Promise::reject(&error));
    let content = then(response, |response| {
        let response: Response = response.unchecked_into();
        match response.ok() {
            true => response.array_buffer(),
            false => Err(["status ", &whole(response.status() as usize), " ", &response.status_text()].concat().into()),
        }
    });
    let network = move |error: JsValue| {
        let (reason, advice) = (thrown(&error), "is the bundle's folder on the server, and is its address right?");
        Err(WebError::new("network", [&url, ": ", reason.trim_end_matches(' '), " (", advice, ")"].concat()).into())
    };
    content.then(&JsValue::UNDEFINED, &closure(network))
}
