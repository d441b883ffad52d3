//! Fetch files in pieces, and hash them, with the browser's APIs.

use crate::error::{WebError, text};
use js_sys::{JsString, Reflect, Uint8Array};
use std::pin::Pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, ReadableStreamDefaultReader, ReadableStreamReadResult, RequestInit, Response, WorkerGlobalScope,
};

/// Return the global scope of a page or a worker. The properties that are used have the same names in both, and in Node.js.
fn global() -> WorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Return the milliseconds since the page was opened; 0 where there is no clock.
pub(crate) fn now() -> f64 {
    global().performance().map_or(0.0, |performance| performance.now())
}

/// A function that takes a piece of a file.
pub(crate) type Take<'a> = Box<dyn FnMut(&[u8]) -> Result<(), JsValue> + 'a>;

/// A file whose request has been sent.
#[derive(Debug)]
pub(crate) struct Download {
    address: String,
    response: JsFuture,
}

impl Download {
    /// Send the request for a file. With `revalidate` the server is asked whether a cached copy is the latest.
    pub(crate) fn start(address: String, signal: &AbortSignal, revalidate: bool) -> Self {
        let options = RequestInit::new();
        options.set_signal(Some(signal));
        if revalidate {
            // Setting a property of a new object cannot fail.
            let _ = Reflect::set(&options, &"cache".into(), &"no-cache".into());
        }
        let response = JsFuture::from(global().fetch_with_str_and_init(&address, &options));
        Self { address, response }
    }

    /// Pass the file to `take` in pieces as it arrives.
    ///
    /// # Errors
    /// With code `network` where the file does not arrive, and the errors of `take`.
    pub(crate) fn read(self, take: Take<'_>) -> Pin<Box<dyn Future<Output = Result<(), JsValue>> + '_>> {
        // Boxed, so that its code is not repeated in each future that awaits it.
        Box::pin(self.read_pieces(take))
    }

    async fn read_pieces(self, mut take: Take<'_>) -> Result<(), JsValue> {
        let Self { address, response } = self;
        let network = |cause: JsValue| {
            let advice = "is the bundle's folder on the server, and is its address right?";
            WebError::new("network", format!("{address}: {} ({advice})", text(&cause)))
        };
        let response: Response = response.await.map_err(network)?.unchecked_into();
        if !response.ok() {
            let (mut status, words) = (format!("status {}", response.status()), response.status_text());
            if !words.is_empty() {
                status = format!("{status} {words}");
            }
            return Err(network(JsString::from(status).into()).into());
        }
        let Some(body) = response.body() else { return Ok(()) };
        let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
        loop {
            let read: ReadableStreamReadResult = JsFuture::from(reader.read()).await.map_err(network)?.unchecked_into();
            if read.get_done().unwrap_or(false) {
                return Ok(());
            }
            take(&Uint8Array::new(&read.get_value()).to_vec())?;
        }
    }
}

/// Return the SHA-256 of `bytes` in lower-case hexadecimal; `None` where the browser has no `crypto.subtle`, as on a page
/// without https. There, an attacker who can change a file can change its hash in the manifest too.
pub(crate) async fn sha256(bytes: &[u8]) -> Option<String> {
    let subtle = global().crypto().ok().filter(|crypto| !crypto.is_undefined())?.subtle();
    if subtle.is_undefined() {
        return None;
    }
    let hash = JsFuture::from(subtle.digest_with_str_and_u8_array("SHA-256", bytes).ok()?).await.ok()?;
    let hash = Uint8Array::new(&hash).to_vec();
    Some(hash.iter().map(|byte| format!("{byte:02x}")).collect())
}
