//! Self-contained HTML pages: frame, style, and content security policy.

use anyhow::ensure;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};
use std::path::Path;

/// The style, embedded in every page; the policy allows it by its hash.
const STYLE: &str = include_str!("style.css");

/// Return the content security policy of a page, for its head and for HTTP headers: it allows the style, and nothing is
/// loaded.
pub fn policy() -> String {
    let style = BASE64_STANDARD.encode(Sha256::digest(STYLE));
    format!("default-src 'none'; style-src 'sha256-{style}'; img-src data:; base-uri 'none'; form-action 'none'")
}

/// Return a whole page with the shared style.
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

/// Check that the name of a page ends in `.html`, so that a JSON file beside it has another name.
///
/// # Errors
/// Return an error if it does not.
pub fn check_html_name(html: &Path) -> anyhow::Result<()> {
    let is_html = html.extension().is_some_and(|extension| extension == "html");
    ensure!(is_html, "--out {}: expected a name that ends in .html", html.display());
    Ok(())
}
