//! Load a bundle from an address, or from the contents of its three files.

use crate::catalogue;
use crate::error::{WebError, found};
use crate::fetch::{Download, sha256};
use crate::json;
use crate::reply::{kind, model, to_js};
use fewclicks_model::bundle::{Bundle, BundleFile, BundleReader, Item, MANIFEST, Manifest, ModelEntry};
use fewclicks_model::model::scale::Scale;
use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use serde::Serialize;
use std::cell::RefCell;
use std::future::poll_fn;
use std::task::Poll;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, Url};

/// The files beside the manifest, in the order in which they are read.
const FILES: [BundleFile; 2] = [BundleFile::Weights, BundleFile::Catalogue];

/// The source of a bundle.
#[derive(Debug)]
pub(crate) enum Source {
    /// The address of the folder or the manifest.
    Address(String),
    /// The contents of manifest, weights and catalogue.
    Files([Uint8Array; 3]),
}

impl Source {
    /// Read the argument of `FewClicks.load`.
    ///
    /// # Errors
    /// With code `bad-source` for a value that is not a `BundleSource`.
    pub(crate) fn read(source: &JsValue) -> Result<Self, WebError> {
        if let Some(address) = source.as_string() {
            return Ok(Source::Address(address));
        }
        if let Some(url) = source.dyn_ref::<Url>() {
            return Ok(Source::Address(url.href()));
        }
        let bad_source = |what: String| {
            let expected = "an address, or an object with manifest, weights, catalogue as Uint8Array";
            WebError::new("bad-source", format!("{what}: expected {expected}"))
        };
        if !source.is_object() && !source.is_function() {
            return Err(bad_source(format!("cannot load from {}", found(source))));
        }
        let file = |name: &str| {
            let bytes = Reflect::get(source, &name.into()).ok().and_then(|bytes| bytes.dyn_into().ok());
            bytes.ok_or_else(|| bad_source(format!("source.{name} is no Uint8Array")))
        };
        Ok(Source::Files([file("manifest")?, file("weights")?, file("catalogue")?]))
    }

    /// Load the bundle and its items, by position; `watch` is called with `Progress`, and `stop` aborts the requests.
    ///
    /// # Errors
    /// As `FewClicks.load` in `lib.rs`.
    pub(crate) async fn load(
        self,
        watch: Option<Function>,
        stop: &AbortController,
    ) -> Result<(Bundle, Array), JsValue> {
        let loaded = self.arrive(stop, watch).await;
        // An error aborts the requests for other files.
        loaded.inspect_err(|_| stop.abort())?.finish()
    }

    /// Let the files arrive, and verify them.
    async fn arrive(self, stop: &AbortController, watch: Option<Function>) -> Result<Loading, JsValue> {
        let loading = match self {
            Source::Address(address) => fetch(&Address::parse(&address), stop, watch).await?,
            Source::Files(files) => take(&files, watch)?,
        };
        for file in FILES {
            loading.verify(file).await?;
        }
        Ok(loading)
    }
}

/// Fetch the files of the bundle at an address.
async fn fetch(address: &Address<'_>, stop: &AbortController, watch: Option<Function>) -> Result<Loading, JsValue> {
    let mut manifest = Vec::new();
    let collect = |piece: &[u8]| {
        manifest.extend_from_slice(piece);
        // The rest is not downloaded.
        Ok(Manifest::check_size(manifest.len()).map_err(WebError::from)?)
    };
    // A cached manifest may name files that a newer bundle has replaced.
    Download::start(address.manifest(), &stop.signal(), true).read(Box::new(collect)).await?;
    let loading = RefCell::new(Loading::new(&manifest, watch)?);
    let [weights, catalogue] = FILES.map(|file| {
        let download = Download::start(address.file(loading.borrow().name(file)), &stop.signal(), false);
        let loading = &loading;
        download.read(Box::new(move |piece| loading.borrow_mut().push(file, piece)))
    });
    // Both are read at the same time. Progress counts the bytes of both; the first error ends loading.
    let mut reading = vec![weights, catalogue];
    poll_fn(|context| {
        let mut index = 0;
        while let Some(file) = reading.get_mut(index) {
            match file.as_mut().poll(context) {
                Poll::Pending => index += 1,
                Poll::Ready(Ok(())) => drop(reading.swap_remove(index)),
                Poll::Ready(error) => return Poll::Ready(error),
            }
        }
        if reading.is_empty() { Poll::Ready(Ok(())) } else { Poll::Pending }
    })
    .await?;
    drop(reading);
    Ok(loading.into_inner())
}

/// Take the three files of a bundle.
fn take([manifest, weights, catalogue]: &[Uint8Array; 3], watch: Option<Function>) -> Result<Loading, JsValue> {
    Manifest::check_size(manifest.length() as usize).map_err(WebError::from)?;
    let mut loading = Loading::new(&manifest.to_vec(), watch)?;
    for (file, content) in FILES.into_iter().zip([weights, catalogue]) {
        loading.push(file, &content.to_vec())?;
    }
    Ok(loading)
}

/// The address of a bundle.
#[derive(Debug)]
struct Address<'a> {
    /// The address of the folder, with a slash at its end; empty for the folder of the page.
    folder: String,
    /// The query and the fragment of the manifest's address.
    rest: &'a str,
}

impl<'a> Address<'a> {
    /// Split the address of a folder or of its manifest.
    fn parse(address: &'a str) -> Self {
        let end = address.find(['?', '#']).unwrap_or(address.len());
        let (path, rest) = (address.get(..end).unwrap_or_default(), address.get(end..).unwrap_or_default());
        let folder = match path.strip_suffix(MANIFEST) {
            Some(folder) => folder.to_owned(),
            None if path.is_empty() => String::new(),
            None => format!("{}/", path.trim_end_matches('/')),
        };
        Self { folder, rest }
    }

    /// Return the address of the manifest.
    fn manifest(&self) -> String {
        format!("{}{MANIFEST}{}", self.folder, self.rest)
    }

    /// Return the address of a file beside the manifest.
    fn file(&self, name: &str) -> String {
        format!("{}{name}", self.folder)
    }
}

/// A bundle whose files are arriving, and the function to call with its progress.
struct Loading {
    reader: BundleReader,
    watch: Option<Function>,
    /// The constant part of `Progress`: without `loaded`.
    constants: JsValue,
    /// The number of bytes that have arrived.
    loaded: usize,
}

/// The constant part of `Progress`.
#[derive(Serialize)]
struct Constants<'a> {
    total: f64,
    opening: &'a [Item],
    kind: &'static str,
    model: &'static str,
    scale: Scale,
}

impl Loading {
    /// Read the manifest, and call `watch` for the first time.
    fn new(manifest: &[u8], watch: Option<Function>) -> Result<Self, JsValue> {
        let manifest = Manifest::parse(manifest, json::parse).map_err(WebError::from)?;
        let constants = to_js(&Constants {
            total: manifest.weights.bytes.saturating_add(manifest.catalogue.bytes) as f64,
            opening: &manifest.opening,
            kind: kind(manifest.model.feedback()),
            model: model(matches!(manifest.model, ModelEntry::Halves(_))),
            scale: manifest.scale,
        });
        let reader = BundleReader::new(manifest).map_err(WebError::from)?;
        let loading = Self { reader, watch, constants, loaded: 0 };
        loading.report_progress()?;
        Ok(loading)
    }

    /// Return the name of a file.
    fn name(&self, file: BundleFile) -> &str {
        let manifest = self.reader.manifest();
        match file {
            BundleFile::Weights => &manifest.weights.file,
            BundleFile::Catalogue => &manifest.catalogue.file,
        }
    }

    /// Append a piece of a file.
    fn push(&mut self, file: BundleFile, piece: &[u8]) -> Result<(), JsValue> {
        self.reader.push(file, piece).map_err(WebError::from)?;
        self.loaded += piece.len();
        self.report_progress()
    }

    /// Call `watch` with `Progress`.
    fn report_progress(&self) -> Result<(), JsValue> {
        let Some(watch) = &self.watch else { return Ok(()) };
        let progress = Object::assign(&Object::new(), self.constants.unchecked_ref());
        Reflect::set(&progress, &"loaded".into(), &(self.loaded as f64).into())?;
        watch.call1(&JsValue::UNDEFINED, &progress).map(drop)
    }

    /// Verify a file that has arrived, except where the browser cannot compute its hash.
    async fn verify(&self, file: BundleFile) -> Result<(), JsValue> {
        if let Some(hash) = sha256(self.reader.bytes(file)).await {
            self.reader.verify(file, &hash).map_err(WebError::from)?;
        }
        Ok(())
    }

    /// Create the bundle from its files.
    fn finish(self) -> Result<(Bundle, Array), JsValue> {
        let bytes = self.reader.bytes(BundleFile::Catalogue);
        let (catalogue, items) = catalogue::read(self.name(BundleFile::Catalogue), bytes).map_err(WebError::from)?;
        Ok((self.reader.finish(catalogue, json::parse).map_err(WebError::from)?, items))
    }
}
