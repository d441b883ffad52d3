//! The items of a catalogue, for display.

use crate::compact::node::Node;
use serde::Serialize;

/// An item of the catalogue, for display.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Item {
    /// The id, unique in the catalogue.
    pub id: String,
    /// The title.
    pub title: String,
    /// Other fields, such as `year` or `genre`, each with a list of values.
    #[serde(serialize_with = "super::entries::serialize")]
    pub fields: Vec<(String, Vec<String>)>,
}

impl Item {
    /// Read an item of a catalogue or a manifest; errors are recorded at `node`.
    pub fn read(node: &Node<'_>) -> Self {
        node.expect_only(&["id", "title", "fields"]);
        let texts = |node: &Node<'_>| node.list(|text| text.string());
        Self {
            id: node.field("id").string(),
            title: node.field("title").string(),
            fields: node.optional("fields").map(|fields| fields.map(texts)).unwrap_or_default(),
        }
    }
}
