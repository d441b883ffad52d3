//! HTML pages that stand alone: their style, what they may load, and their frame.

use anyhow::ensure;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};
use std::path::Path;

/// The page's style. It stands in the page as it is, since its hash is what lets it in.
const STYLE: &str = include_str!("style.css");

/// The content security policy of a report, for its head and for whoever serves it.
pub fn policy() -> String {
    let style = BASE64_STANDARD.encode(Sha256::digest(STYLE));
    format!("default-src 'none'; style-src 'sha256-{style}'; img-src data:; base-uri 'none'; form-action 'none'")
}

/// A page of its own, in the report's style.
pub fn document(title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="icon" href="data:,";
                style { (PreEscaped(STYLE)) }
            }
            body { (body) }
        }
    }
}

/// Makes sure that the JSON file beside it has another name.
///
/// # Errors
/// Where the name does not end in `.html`.
pub fn check_html_name(html: &Path) -> anyhow::Result<()> {
    let is_html = html.extension().is_some_and(|extension| extension == "html");
    ensure!(is_html, "--out {}: expected a name that ends in .html", html.display());
    Ok(())
}
