//! Fetch files piece by piece, and hash them, by the browser's own means.

use crate::error::{WebError, text};
use js_sys::{JsString, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, ReadableStreamDefaultReader, ReadableStreamReadResult, RequestInit, Response, WorkerGlobalScope,
};

/// The global scope of a page or of a worker. What is used here is called the same in both, and in Node.js.
fn global() -> WorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Milliseconds since the page was opened; 0 where there is no clock.
pub fn now() -> f64 {
    global().performance().map_or(0.0, |performance| performance.now())
}

/// A file under way: its request has been sent.
#[derive(Debug)]
pub struct Download {
    address: String,
    response: JsFuture,
}

impl Download {
    /// Send the request for a file.
    pub fn start(address: String, signal: &AbortSignal) -> Self {
        let options = RequestInit::new();
        options.set_signal(Some(signal));
        let response = JsFuture::from(global().fetch_with_str_and_init(&address, &options));
        Self { address, response }
    }

    /// Pass the file to `take`, piece by piece as it arrives.
    ///
    /// # Errors
    /// With code `network` where it does not arrive, and those of `take`.
    pub async fn read(self, mut take: impl FnMut(&[u8]) -> Result<(), JsValue>) -> Result<(), JsValue> {
        let Self { address, response } = self;
        let network = |cause: JsValue| {
            let advice = "is the bundle's folder on the server, and is its address right?";
            WebError::new("network", format!("{address}: {} ({advice})", text(&cause)))
        };
        let response: Response = response.await.map_err(network)?.unchecked_into();
        if !response.ok() {
            let status = format!("status {} {}", response.status(), response.status_text());
            return Err(network(JsString::from(status.trim()).into()).into());
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

/// The SHA-256 of some bytes in lower-case hexadecimal; `None` where the browser offers none, as on plain http. There,
/// who changes a file could change its hash as well.
pub async fn sha256(bytes: &[u8]) -> Option<String> {
    let subtle = global().crypto().ok().filter(|crypto| !crypto.is_undefined())?.subtle();
    if subtle.is_undefined() {
        return None;
    }
    let hash = JsFuture::from(subtle.digest_with_str_and_u8_array("SHA-256", bytes).ok()?).await.ok()?;
    let hash = Uint8Array::new(&hash).to_vec();
    Some(hash.iter().map(|byte| format!("{byte:02x}")).collect())
}
