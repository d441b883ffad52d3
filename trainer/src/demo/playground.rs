//! The playground as pages of their own: whatever bundle is served beside it.

use crate::page::policy;
use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;
use std::path::Path;
use tower_http::services::ServeFile;
use tower_http::set_header::SetResponseHeader;

/// Path, type and content of each file.
const FILES: [(&str, &str, &str); 5] = [
    ("/", "text/html; charset=utf-8", include_str!("../../../www/playground.html")),
    ("/playground.css", "text/css", include_str!("../../../www/playground.css")),
    ("/playground.js", "text/javascript", include_str!("../../../www/playground.js")),
    ("/snippets.js", "text/javascript", include_str!("../../../www/snippets.js")),
    ("/favicon.svg", "image/svg+xml", include_str!("../../../www/favicon.svg")),
];

/// Its content security policy: images may be anywhere, as those of a site are.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src * data:; \
                      object-src 'none'; base-uri 'none'; form-action 'self'";

/// Where the page links to a report.
const NAVIGATION_END: &str = "</nav>";

/// Return the pages, with the `report` of the model at `/report.html`, if there is one.
pub fn playground(report: Option<&Path>) -> Router {
    let mut router = Router::new();
    for (path, kind, content) in FILES {
        let content = match report {
            Some(_) => content.replace(NAVIGATION_END, " <a href=\"report.html\">Report of the model</a></nav>"),
            None => content.to_owned(),
        };
        let serve = async move || ([(CONTENT_TYPE, kind), (CONTENT_SECURITY_POLICY, POLICY)], content).into_response();
        router = router.route(path, get(serve));
    }
    match report {
        Some(report) => router.route_service("/report.html", with_policy(report)),
        None => router,
    }
}

/// Serve a report, with the policy of reports, which allows their own style.
pub fn with_policy(report: &Path) -> SetResponseHeader<ServeFile, HeaderValue> {
    let policy = HeaderValue::from_str(&policy()).expect("a policy is ASCII");
    SetResponseHeader::overriding(ServeFile::new(report), CONTENT_SECURITY_POLICY, policy)
}
