//! `trainer serve` and `trainer preview`: each kind of file has its type and the strict headers, hidden files are refused, and errors say
//! what to do.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;
use tempfile::TempDir;

const HEADERS: [&str; 4] = [
    "content-security-policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'",
    "x-content-type-options: nosniff",
    "referrer-policy: no-referrer",
    "cache-control: no-cache",
];

/// Path, beginning of the type, contents.
const FILES: [(&str, &str, &str); 7] = [
    ("www/index.html", "text/html", "<!doctype html>"),
    ("www/style.css", "text/css", "p {}"),
    ("www/main.js", "text/javascript", "export {}"),
    ("pkg/few-clicks.js", "text/javascript", "// the element"),
    ("pkg/fewclicks_bg.wasm", "application/wasm", "\0asm"),
    ("bundle/manifest.json", "application/json", "{}"),
    ("bundle/weights-0.safetensors", "application/octet-stream", "numbers"),
];

#[test]
fn every_file_has_its_type_and_the_strict_headers() {
    let server = Server::start();
    for (path, kind, contents) in FILES {
        let response = server.get(&url(path));
        assert_eq!(response.status, 200, "{path}");
        assert!(response.header("content-type").starts_with(kind), "{path}: {}", response.header("content-type"));
        assert_eq!(response.body, contents, "{path}");
        response.check_headers(path);
    }
    assert_eq!(server.get("/").body, "<!doctype html>");
}

#[test]
fn hidden_files_and_other_folders_are_refused() {
    let server = Server::start();
    let paths = [
        "/.secret",
        "/%2esecret",
        "/pkg/.secret",
        "/bundle/.secret",
        "/folder/.secret",
        "/folder%2f.secret",
        "/../secret",
        "/pkg/../../secret",
        "/pkg/%2e%2e/%2E%2E/secret",
        "/..%2fsecret",
        "/pkg/..%5c..%5csecret",
        "/absent.html",
    ];
    for path in paths {
        let response = server.get(path);
        assert_eq!((response.status, response.body.as_str()), (404, ""), "{path}");
        response.check_headers(path);
    }
}

/// A link may lead to any file of the machine; a name of 300 bytes to none.
#[cfg(unix)]
#[test]
fn links_out_of_a_folder_and_names_too_long_are_not_found() {
    let server = Server::start();
    let link = |target: &str, link: &str| {
        std::os::unix::fs::symlink(server.folder.path().join(target), server.folder.path().join(link)).unwrap();
    };
    link("secret", "www/link");
    link(".", "bundle/all");
    fs::create_dir(server.folder.path().join("www/linked")).unwrap();
    link("secret", "www/linked/index.html");
    link("www/style.css", "www/inner.css");
    let long = format!("/{}", "a".repeat(300));
    for path in ["/link", "/%6cink", "/bundle/all/secret", "/linked/", "/linked/index.html", &long] {
        let response = server.get(path);
        assert_eq!((response.status, response.body.as_str()), (404, ""), "{path}");
        response.check_headers(path);
    }
    assert_eq!(server.get("/inner.css").status, 200);
}

/// The playground is in the program: it needs the package and a bundle, and no folder of pages.
#[test]
fn a_bundle_is_previewed_on_its_own() {
    let folder = site();
    fs::remove_dir_all(folder.path().join("www")).unwrap();
    fs::write(folder.path().join("report.html"), "<!doctype html><title>Report</title>").unwrap();
    let options = ["--bundle", "bundle", "--report", "report.html", "--port", "0"];
    let preview = command("preview", folder.path(), &options);
    let server = Server::spawn(folder, preview);
    let page = server.get("/");
    assert!(page.header("content-security-policy").contains("img-src * data:;"), "{}", page.head);
    // Every address that the page names is served.
    let mut named: Vec<&str> = page.body.split(['"', '`']).filter(|text| is_file(text)).collect();
    let script = server.get("/playground.js").body;
    named.extend(script.split('"').filter(|text| is_file(text)));
    for expected in
        ["playground.css", "playground.js", "./snippets.js", "favicon.svg", "../pkg/few-clicks.js", "report.html"]
    {
        assert!(named.contains(&expected), "{expected} is not named: {named:?}");
    }
    for name in named.into_iter().chain(["bundle/manifest.json"]) {
        let path = format!("/{}", name.trim_start_matches(['.', '/']));
        let response = server.get(&path);
        assert_eq!(response.status, 200, "{path}");
        assert!(!response.header("content-type").is_empty() && !response.body.is_empty(), "{path}");
        assert_eq!(response.header("x-content-type-options"), "nosniff");
    }
    for path in ["/index.html", "/bundle/.secret", "/bundle/../secret"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
}

/// Return whether a text in quotes names a file beside the page.
fn is_file(text: &str) -> bool {
    let name = text.trim_start_matches(['.', '/']);
    [".js", ".css", ".html", ".svg"].iter().any(|end| name.ends_with(end)) && !name.contains([' ', ':', '<'])
}

#[test]
fn idle_connections_are_closed() {
    let server = Server::start();
    let silent = TcpStream::connect(&server.address).unwrap();
    let mut kept = TcpStream::connect(&server.address).unwrap();
    write!(kept, "GET /style.css HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    for (name, mut stream) in [("silent", silent), ("kept alive", kept)] {
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut text = String::new();
        // Ends when the server closes the connection.
        stream.read_to_string(&mut text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(text.contains("p {}"), name == "kept alive");
    }
}

#[cfg(unix)]
#[test]
fn only_this_machine_can_connect_and_ctrl_c_ends_it_well() {
    let mut server = Server::start();
    assert!(server.address.starts_with("127.0.0.1:"), "{}", server.address);
    // An open connection, as a browser keeps it, must not keep the server from ending.
    let _idle = TcpStream::connect(&server.address).unwrap();
    let id = server.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
}

#[test]
fn refusals_say_what_to_do() {
    let folder = site();
    let port = TcpListener::bind("127.0.0.1:0").unwrap();
    let number = port.local_addr().unwrap().port().to_string();
    refused(folder.path(), &["--port", &number], &[&number, "in use", "--port"]);
    refused(folder.path(), &["--bundle", "www"], &["--bundle", "manifest.json", "trainer export"]);
    refused(folder.path(), &["--www", "absent"], &["--www", "absent", "not a folder"]);
    refused(folder.path(), &["--pkg", "www"], &["--pkg", "fewclicks_bg.wasm", "cargo xtask demo"]);
}

fn refused(folder: &Path, options: &[&str], words: &[&str]) {
    let bundle: &[&str] = if options.contains(&"--bundle") { &[] } else { &["--bundle", "bundle"] };
    let Output { status, stdout, stderr } = serve(folder, &[bundle, options].concat()).output().unwrap();
    let stderr = String::from_utf8(stderr).unwrap();
    assert_eq!((status.code(), stdout.len()), (Some(1), 0), "{options:?}: {stderr}");
    words.iter().for_each(|word| assert!(stderr.contains(word), "{options:?}: no {word:?} in: {stderr}"));
}

fn serve(folder: &Path, options: &[&str]) -> Command {
    command("serve", folder, options)
}

fn command(name: &str, folder: &Path, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trainer"));
    command.current_dir(folder).arg(name).args(options).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Create a folder with page, package and bundle, and with hidden files.
fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let secrets = ["secret", "www/.secret", "www/folder/.secret", "pkg/.secret", "bundle/.secret"];
    let secrets = secrets.map(|path| (path, "", "hush"));
    for (path, _, contents) in FILES.iter().chain(&secrets) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }
    folder
}

/// Return the URL of a file of [`site`].
fn url(path: &str) -> String {
    format!("/{}", path.strip_prefix("www/").unwrap_or(path))
}

struct Server {
    child: Child,
    address: String,
    folder: TempDir,
}

impl Server {
    fn start() -> Self {
        let folder = site();
        let server = serve(folder.path(), &["--bundle", "bundle", "--port", "0"]);
        Self::spawn(folder, server)
    }

    fn spawn(folder: TempDir, mut server: Command) -> Self {
        let mut child = server.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.strip_prefix("http://").and_then(|line| line.strip_suffix("/\n"));
        let address = address.unwrap_or_else(|| panic!("printed {line:?}")).to_owned();
        Self { child, address, folder }
    }

    /// Send a request for `path` as it is: a client would normalise it.
    fn get(&self, path: &str) -> Response {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Response { status, head: head.to_owned(), body: body.to_owned() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Fails only if the server has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Response {
    status: u16,
    head: String,
    body: String,
}

impl Response {
    fn header(&self, name: &str) -> &str {
        let line = self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        line.unwrap_or_default()
    }

    fn check_headers(&self, path: &str) {
        for header in HEADERS {
            assert!(self.head.lines().any(|line| line == header), "{path}: no {header:?} in:\n{}", self.head);
        }
    }
}
