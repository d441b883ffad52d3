//! Items as people see them.

use crate::compact::node::Node;
use crate::compact::vec_map::VecMap;
use serde::Serialize;

/// An item as people see it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Item {
    /// The site's id.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Whatever else there is to show, such as `year` or `genre`; a list of values each, in the site's order.
    pub fields: VecMap<Vec<String>>,
}

impl Item {
    /// Read an item of a catalogue or a manifest.
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
