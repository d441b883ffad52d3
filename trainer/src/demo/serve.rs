//! A web server for the demo pages, on this machine alone: static files with strict headers.

use super::playground::{playground, with_policy};
use anyhow::Context;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use percent_encoding::percent_decode_str;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// Paths of reports, which have a content security policy of their own.
const REPORTS: [&str; 2] = ["report.html", "comics/report.html"];

/// How long a connection may be open without a request.
const MAX_IDLE: Duration = Duration::from_secs(5);

/// Headers of every response. The policy allows a page its own files and WebAssembly, and nothing else; reports have a
/// stricter one, which allows their own style.
const HEADERS: [(&str, &str); 4] = [
    (
        "content-security-policy",
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         object-src 'none'; base-uri 'none'; form-action 'self'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    // A rebuilt page is seen after reloading.
    ("cache-control", "no-cache"),
];

/// The pages that are served at `/`.
#[derive(Clone, Debug)]
pub enum Pages {
    /// Those of a folder.
    Folder(PathBuf),
    /// The playground, with the report of the model, if there is one.
    Playground { report: Option<PathBuf> },
}

/// What is served.
#[derive(Clone, Debug)]
pub struct Folders {
    /// The pages, at `/`.
    pub pages: Pages,
    /// The package, at `/pkg/`.
    pub pkg: PathBuf,
    /// The model, at `/bundle/`.
    pub bundle: PathBuf,
}

/// Serve on the loopback address until Ctrl-C. `listening` is called once with the address; port 0 takes a free one.
///
/// # Errors
/// Return an error if the port cannot be used.
pub fn serve(folders: &Folders, port: u16, listening: impl FnOnce(SocketAddr)) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = bind(port).await?;
        let address = listener.local_addr()?;
        tokio::select! {
            // Ctrl-C is caught from the moment that the address is known, and does not wait for open connections, of
            // which browsers keep some.
            biased;
            outcome = tokio::signal::ctrl_c() => outcome.context("cannot wait for Ctrl-C"),
            outcome = async {
                listening(address);
                accept(listener, router(folders)).await
            } => outcome,
        }
    })
}

/// Serve each connection until it has been idle for [`MAX_IDLE`].
async fn accept(listener: TcpListener, router: Router) -> anyhow::Result<()> {
    loop {
        let (stream, _) = listener.accept().await.context("the server stopped")?;
        let service = TowerToHyperService::new(router.clone());
        let mut connection = http1::Builder::new();
        connection.timer(TokioTimer::new()).header_read_timeout(MAX_IDLE);
        // A connection that breaks is no matter of the others.
        tokio::spawn(connection.serve_connection(TokioIo::new(stream), service));
    }
}

async fn bind(port: u16) -> anyhow::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| {
        let reason = match error.kind() {
            ErrorKind::AddrInUse => "is in use".into(),
            _ => format!("cannot be used ({error})"),
        };
        anyhow::anyhow!("port {port} {reason}: choose another with --port, or any free one with --port 0")
    })
}

fn router(folders: &Folders) -> Router {
    let pages = match &folders.pages {
        Pages::Folder(www) => {
            let report =
                |router: Router, path: &&str| router.route_service(&format!("/{path}"), with_policy(&www.join(path)));
            REPORTS.iter().fold(Router::new(), report).fallback_service(ServeDir::new(www))
        }
        Pages::Playground { report } => playground(report.as_deref()),
    };
    let router = pages
        .nest_service("/pkg", ServeDir::new(&folders.pkg))
        .nest_service("/bundle", ServeDir::new(&folders.bundle))
        .layer(from_fn_with_state(folders.clone(), refuse_outside))
        .layer(from_fn(refuse_hidden));
    HEADERS.into_iter().fold(router, |router, (name, value)| {
        let (name, value) = (HeaderName::from_static(name), HeaderValue::from_static(value));
        router.layer(SetResponseHeaderLayer::if_not_present(name, value))
    })
}

/// Answer 404 if any part of the path begins with a dot: hidden files, and `..`.
async fn refuse_hidden(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_ascii_lowercase();
    // No served file needs encoded dots or slashes.
    if ["/.", "%2e", "%2f"].iter().any(|hidden| path.contains(hidden)) {
        return StatusCode::NOT_FOUND.into_response();
    }
    next.run(request).await
}

/// Answer 404 if the file is not below its folder, as behind a symbolic link, or cannot have a name so long.
async fn refuse_outside(State(folders): State<Folders>, request: Request, next: Next) -> Response {
    let path = percent_decode_str(request.uri().path()).decode_utf8_lossy();
    let inside = |folder: &Path, path: &str| {
        let (Ok(folder), Ok(file)) = (folder.canonicalize(), folder.join(path.trim_matches('/')).canonicalize()) else {
            return false;
        };
        let index = file.join("index.html");
        let index = if index.exists() { index.canonicalize().ok() } else { None };
        file.starts_with(&folder) && index.is_none_or(|index| index.starts_with(&folder))
    };
    let served = match (path.strip_prefix("/pkg/"), path.strip_prefix("/bundle/")) {
        (Some(path), _) => inside(&folders.pkg, path),
        (_, Some(path)) => inside(&folders.bundle, path),
        _ => match &folders.pages {
            Pages::Folder(www) => inside(www, &path),
            Pages::Playground { .. } => true,
        },
    };
    if served { next.run(request).await } else { StatusCode::NOT_FOUND.into_response() }
}
