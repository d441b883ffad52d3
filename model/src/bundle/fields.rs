//! The JSON of a bundle, field by field: the reverse of what serde writes of the same types.

use super::catalogue::{Asked, Item};
use super::error::{BundleError, Rule, refuse};
use super::manifest::{About, FileEntry, Manifest};
use crate::adapt::{LocalUpdate, Method, Steps};
use crate::compact::entries::Entries;
use crate::compact::json::{self, Json, Node, parse};
use crate::model::features::Vocabulary;
use crate::model::readout::Readout;
use crate::model::scale::Scale;
use crate::network::layout::{Architecture, Field, Scope};
use crate::network::loss::Loss;

/// Parses the JSON of `file`.
pub(super) fn document(file: &str, bytes: &[u8]) -> Result<Json, Box<BundleError>> {
    parse(bytes).map_err(|reason| refuse(file, "JSON", Rule::Syntax(reason)))
}

/// Reads a document of `file`.
pub(super) fn read<T>(file: &str, json: &Json, part: fn(&Node) -> T) -> Result<T, Box<BundleError>> {
    json::read(json, part).map_err(|unfit| {
        let field = if unfit.path.is_empty() { "JSON" } else { &unfit.path };
        refuse(file, field, Rule::Unfit(unfit.reason))
    })
}

const MANIFEST_FIELDS: [&str; 11] = [
    "format",
    "about",
    "architecture",
    "local_update",
    "rate",
    "scale",
    "readout",
    "user_fields",
    "opening",
    "weights",
    "catalogue",
];

/// In the order of [`Scope`].
pub(super) const SCOPES: [&str; 4] = ["linear", "last", "decision", "all"];
/// In the order of [`Loss`].
pub(super) const LOSSES: [&str; 3] = ["squared-error", "bce-with-logits", "softmax"];

pub(super) fn format(node: &Node) -> usize {
    node.field("format").whole()
}

pub(super) fn manifest(node: &Node) -> Manifest {
    node.has_only(&MANIFEST_FIELDS);
    Manifest {
        format: format(node),
        about: about(&node.field("about")),
        architecture: architecture(&node.field("architecture")),
        local_update: local_update(&node.field("local_update")),
        rate: node.optional("rate").map(|rate| float(&rate)),
        scale: scale(&node.field("scale")),
        readout: node.optional("readout").map(|readout| knots(&readout)),
        user_fields: node.field("user_fields").list(vocabulary),
        opening: node.field("opening").list(item),
        weights: file_entry(&node.field("weights")),
        catalogue: file_entry(&node.field("catalogue")),
    }
}

fn about(node: &Node) -> About {
    node.has_only(&["name", "notice", "preset", "metrics"]);
    About {
        name: text(node, "name"),
        notice: text(node, "notice"),
        preset: text(node, "preset"),
        metrics: node.field("metrics").map(|figure| figure.number()),
    }
}

fn file_entry(node: &Node) -> FileEntry {
    node.has_only(&["file", "bytes", "sha256"]);
    FileEntry { file: text(node, "file"), bytes: whole(node, "bytes"), sha256: text(node, "sha256") }
}

fn architecture(node: &Node) -> Architecture {
    node.has_only(&["item_fields", "user_fields", "hidden", "linear", "item_bias", "start"]);
    let rows = |name| node.optional(name).map(|rows| rows.whole());
    Architecture {
        item_fields: node.field("item_fields").list(field),
        user_fields: node.field("user_fields").list(field),
        hidden: node.field("hidden").list(|width| width.whole()),
        linear: node.field("linear").bool(),
        item_bias: rows("item_bias"),
        start: rows("start"),
    }
}

fn field(node: &Node) -> Field {
    node.has_only(&["name", "rows", "width", "adds"]);
    Field {
        name: text(node, "name"),
        rows: whole(node, "rows"),
        width: whole(node, "width"),
        adds: node.optional("adds").is_some_and(|adds| adds.bool()),
    }
}

fn local_update(node: &Node) -> LocalUpdate {
    node.has_only(&["scope", "loss", "method"]);
    let scope = node.field("scope").word(&SCOPES);
    let loss = node.field("loss").word(&LOSSES);
    LocalUpdate {
        scope: [Scope::Linear, Scope::Last, Scope::Decision, Scope::All][scope],
        loss: [Loss::SquaredError, Loss::BceWithLogits, Loss::Softmax][loss],
        method: method(&node.field("method")),
    }
}

fn method(node: &Node) -> Method {
    if node.is("ridge") {
        return Method::Ridge;
    }
    node.has_only(&["gradient"]);
    let node = node.field("gradient");
    node.has_only(&["steps", "kappa"]);
    Method::Gradient(Steps { steps: whole(&node, "steps"), kappa: node.field("kappa").number() })
}

fn scale(node: &Node) -> Scale {
    node.has_only(&["min", "max", "like", "dislike"]);
    let number = |name| float(&node.field(name));
    Scale { min: number("min"), max: number("max"), like: number("like"), dislike: number("dislike") }
}

fn knots(node: &Node) -> Readout {
    Readout { knots: node.list(|knot| knot.list(float).try_into().unwrap_or_else(|_| knot.expected("two numbers"))) }
}

fn vocabulary(node: &Node) -> Vocabulary {
    node.has_only(&["name", "values"]);
    Vocabulary::new(text(node, "name"), texts(&node.field("values")))
}

/// The candidates of a catalogue whose items were read one by one.
pub(super) fn candidates(node: &Node) -> Vec<Asked> {
    node.has_only(&["items", "candidates"]);
    node.field("items").list(|_| ());
    node.field("candidates").list(asked)
}

pub(super) fn item(node: &Node) -> Item {
    node.has_only(&["id", "title", "fields"]);
    let fields = node.optional("fields").map_or(Entries::default(), |fields| fields.map(texts));
    Item { id: text(node, "id"), title: text(node, "title"), fields }
}

fn asked(node: &Node) -> Asked {
    node.has_only(&["item", "score", "known"]);
    let (score, known) = (node.field("score"), node.field("known"));
    Asked { item: whole(node, "item"), score: score.number(), known: float(&known) }
}

fn text(node: &Node, name: &str) -> String {
    node.field(name).text()
}

fn texts(node: &Node) -> Vec<String> {
    node.list(|node| node.text())
}

fn whole(node: &Node, name: &str) -> usize {
    node.field(name).whole()
}

fn float(node: &Node) -> f32 {
    node.number() as f32
}
