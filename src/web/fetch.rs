//! Where a bundle's bytes come from: the page's own server, or the page itself.

use super::error::{Result, WebError};
use super::words::{found, reason};
use crate::bundle::{MANIFEST, Manifest};
use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

#[wasm_bindgen]
extern "C" {
    /// The global one: of the window, or of a worker.
    #[wasm_bindgen(catch, js_name = fetch)]
    fn global_fetch(url: &str) -> std::result::Result<Promise, JsValue>;
}

/// Manifest, weights and catalogue.
pub async fn files(source: JsValue) -> Result<[Vec<u8>; 3]> {
    if let Some(url) = source.as_string().or_else(|| href(&source)) {
        return download(&url).await;
    }
    let refused = |wrong: String| {
        let expected = "expected an address, or an object with manifest, weights, catalogue as Uint8Array";
        WebError::new("bad-source", format!("{wrong}: {expected}"))
    };
    if !source.is_object() {
        return Err(refused(format!("cannot load from {}", found(&source))));
    }
    let bytes = |name: &str| -> Result<Vec<u8>> {
        let value = Reflect::get(&source, &name.into()).unwrap_or_default();
        let array = value.dyn_into::<Uint8Array>();
        Ok(array.map_err(|_| refused(format!("source.{name} is no Uint8Array")))?.to_vec())
    };
    Ok([bytes("manifest")?, bytes("weights")?, bytes("catalogue")?])
}

/// The address of a `URL` object.
fn href(source: &JsValue) -> Option<String> {
    source.dyn_ref::<js_sys::Object>().and_then(|url| Reflect::get(url, &"href".into()).ok()?.as_string())
}

async fn download(url: &str) -> Result<[Vec<u8>; 3]> {
    let (path, query) = match url.find(['?', '#']) {
        Some(end) => url.split_at(end),
        None => (url, ""),
    };
    let folder = match path.strip_suffix(MANIFEST) {
        Some(folder) => folder.to_owned(),
        // Nothing at all is the page's own folder.
        None if path.is_empty() => String::new(),
        None => format!("{}/", path.trim_end_matches('/')),
    };
    let manifest = get(&format!("{folder}{MANIFEST}{query}")).await?;
    let parsed = Manifest::parse(&manifest)?;
    let (weights, catalogue) =
        (format!("{folder}{}", parsed.weights.file), format!("{folder}{}", parsed.catalogue.file));
    // Both requests are under way before the first is awaited.
    let (weights, catalogue) = (start(&weights)?, start(&catalogue)?);
    Ok([manifest, weights.bytes().await?, catalogue.bytes().await?])
}

async fn get(url: &str) -> Result<Vec<u8>> {
    start(url)?.bytes().await
}

/// A request under way. Its failure is heard even if nobody waits for it any more.
struct Download<'a> {
    url: &'a str,
    response: JsFuture,
}

fn start(url: &str) -> Result<Download<'_>> {
    let response = global_fetch(url).map_err(|error| network(url, &reason(&error)))?;
    Ok(Download { url, response: JsFuture::from(response) })
}

impl Download<'_> {
    async fn bytes(self) -> Result<Vec<u8>> {
        let failed = |error: JsValue| network(self.url, &reason(&error));
        let response: Response = self.response.await.map_err(failed)?.unchecked_into();
        if !response.ok() {
            return Err(network(self.url, &format!("status {} {}", response.status(), response.status_text())));
        }
        let buffer = JsFuture::from(response.array_buffer().map_err(failed)?).await.map_err(failed)?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }
}

fn network(url: &str, reason: &str) -> WebError {
    let advice = "is the bundle's folder on the server, and is its address right?";
    WebError::new("network", format!("{url}: {} ({advice})", reason.trim()))
}
