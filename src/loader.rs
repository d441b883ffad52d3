//! A bundle on its way into the browser. `pkg/download.js` fetches; here is where the bytes go.

use super::convert;
use super::error::{Result, WebError};
use super::js::Object;
use super::{FewClicks, visitor_seed};
use fewclicks_model::bundle::{Arriving, FileEntry, Manifest, Part};
use fewclicks_model::visitor::Visitor;
use std::sync::Arc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/pkg/download.js")]
extern "C" {
    /// The promise of a [`FewClicks`].
    pub fn download(loader: Loader, source: JsValue, watch: JsValue) -> JsValue;
    /// The promise of the SHA-256; undefined where the browser offers none.
    fn digest(bytes: &[u8]) -> JsValue;
}

/// Takes a bundle's files piece by piece.
#[wasm_bindgen]
#[derive(Default)]
pub struct Loader {
    arriving: Option<Arriving>,
}

#[wasm_bindgen]
impl Loader {
    /// Reads the manifest; returns what to load, and what can be shown already.
    #[wasm_bindgen(
        unchecked_return_type = "{ entries: { file: string; bytes: number }[] } & Omit<Progress, \"loaded\" | \"total\">"
    )]
    pub fn manifest(&mut self, bytes: &[u8]) -> Result<JsValue> {
        let manifest = Manifest::parse(bytes)?;
        let entry =
            |entry: &&FileEntry| Object::new().with("file", &entry.file).with("bytes", entry.bytes as f64).into();
        let entries = convert::list(&[&manifest.weights, &manifest.catalogue], &entry);
        let opening = convert::list(&manifest.opening, &convert::shown);
        let asking = convert::asking(&manifest.local_update, manifest.scale);
        self.arriving = Some(Arriving::new(manifest)?);
        Ok(asking.with("entries", entries).with("opening", opening).into())
    }

    /// Takes the next piece of a file: 0 the weights, 1 the catalogue.
    pub fn take(&mut self, part: u32, piece: &[u8]) -> Result<()> {
        Ok(self.arriving()?.take(of(part), piece)?)
    }

    /// The promise of a file's SHA-256, as far as it has come; undefined where the browser offers none.
    pub fn hash(&mut self, part: u32) -> Result<JsValue> {
        Ok(digest(self.arriving()?.content(of(part))))
    }

    /// Whether a file is what the manifest means, by its SHA-256 in hexadecimal.
    pub fn compare(&mut self, part: u32, hash: String) -> Result<()> {
        Ok(self.arriving()?.compare(of(part), hash)?)
    }

    /// The model, once all has come.
    pub fn bundle(mut self) -> Result<FewClicks> {
        let arriving = self.arriving.take().ok_or_else(nothing)?;
        Ok(FewClicks { visitor: Visitor::new(Arc::new(arriving.bundle()?), visitor_seed()) })
    }

    fn arriving(&mut self) -> Result<&mut Arriving> {
        self.arriving.as_mut().ok_or_else(nothing)
    }
}

fn of(part: u32) -> Part {
    if part == 0 { Part::Weights } else { Part::Catalogue }
}

fn nothing() -> WebError {
    WebError::new("manifest", "the manifest comes first".into())
}
