//! The manifest, `manifest.json`: the description of the model, and the names, sizes and hashes of the other files.

use super::error::{BundleError, BundleErrorKind};
use super::halves::HalvesEntry;
use super::item::Item;
use super::network::NetworkEntry;
use super::shared::{error, range, readout, scale, vocabulary};
use crate::adapt::Feedback;
use crate::compact::decimal::Decimal;
use crate::compact::json::Parse;
use crate::compact::node::{self, Node};
use crate::model::readout::Readout;
use crate::model::scale::Scale;
use crate::model::vocabulary::Vocabulary;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The name of the file.
pub const MANIFEST: &str = "manifest.json";
/// The version of the bundle format.
pub const FORMAT: usize = 5;
/// The maximum size of the manifest.
const MAX_MANIFEST_BYTES: usize = 4 << 20;
/// The maximum size of weights and catalogue.
const MAX_FILE_BYTES: usize = 1 << 30;

/// The content of the manifest.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: usize,
    /// The description of the data and the model.
    pub about: About,
    /// The model.
    pub model: ModelEntry,
    /// The rating scale.
    pub scale: Scale,
    /// The function from the expected rating to the rating to show; `None` for the identity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readout: Option<Readout>,
    /// The vocabularies of the user fields, in the order of the model.
    pub user_fields: Vec<Vocabulary>,
    /// The items of the best evidence candidates, which a page can show before the catalogue has arrived.
    pub opening: Vec<Item>,
    /// The weights file, with the parameters.
    pub weights: FileEntry,
    /// The catalogue file, with the items and the evidence candidates.
    pub catalogue: FileEntry,
}

/// The description of the model: all of it but the numbers in the weights.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum ModelEntry {
    /// The network, with its local update.
    Network(NetworkEntry),
    /// The default model in two halves.
    Halves(HalvesEntry),
}

impl ModelEntry {
    /// Return the kind of feedback that the model learned from.
    pub fn feedback(&self) -> Feedback {
        match self {
            Self::Network(network) => network.local_update.feedback(),
            Self::Halves(HalvesEntry { stars: Some(_), .. }) => Feedback::Ratings,
            Self::Halves(_) => Feedback::Picks,
        }
    }
}

/// The description of a bundle.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct About {
    /// The name of the data.
    pub name: String,
    /// A notice about the data, such as its source.
    pub notice: String,
    /// The preset that the model was trained with.
    pub preset: String,
    /// How the bundle was made: the version of the trainer, the day of the export, the seed, and the SHA-256 of the data that was
    /// learned from.
    pub made: String,
    /// The metrics at export, by name.
    #[serde(serialize_with = "super::entries::serialize")]
    pub metrics: Vec<(String, f64)>,
}

/// A file beside the manifest.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileEntry {
    /// The name, without folders.
    pub file: String,
    /// The size in bytes.
    pub bytes: usize,
    /// The SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

impl FileEntry {
    /// Create the entry of a file with `content`. Its name is `stem`, the first 16 digits of its SHA-256, and `extension`.
    pub fn of(stem: &str, extension: &str, content: &[u8]) -> Self {
        let sha256 = sha256(content);
        Self { file: format!("{stem}-{}.{extension}", &sha256[..16]), bytes: content.len(), sha256 }
    }
}

/// Return the SHA-256 of `content` in lower-case hexadecimal.
pub fn sha256(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Manifest {
    /// Read and check the content of a manifest, with the JSON parser `parse`.
    ///
    /// # Errors
    /// Where it is larger than 4 MiB, not JSON, of another format version, or a field breaks a rule; the error names the
    /// field.
    pub fn parse(bytes: &[u8], parse: Parse) -> Result<Self, BundleError> {
        Self::check_size(bytes.len())?;
        let json = parse(bytes).map_err(|reason| error("JSON", BundleErrorKind::Syntax(reason)))?;
        let schema = |error| BundleError::schema(MANIFEST, "", error);
        let format = node::read(&json, |node| node.field("format").usize()).map_err(schema)?;
        if format != FORMAT {
            return Err(error("format", BundleErrorKind::Format { found: format, expected: FORMAT }));
        }
        let manifest = node::read(&json, read).map_err(schema)?;
        manifest.check()?;
        Ok(manifest)
    }

    /// Check the size of a manifest, or of the part that has arrived.
    ///
    /// # Errors
    /// Where it is larger than 4 MiB.
    pub fn check_size(bytes: usize) -> Result<(), BundleError> {
        if bytes > MAX_MANIFEST_BYTES {
            return Err(error("size", BundleErrorKind::TooLarge { bytes, max: MAX_MANIFEST_BYTES }));
        }
        Ok(())
    }

    /// Check the values of all fields but the architecture of a network.
    fn check(&self) -> Result<(), BundleError> {
        for (name, entry) in [("weights", &self.weights), ("catalogue", &self.catalogue)] {
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
            if entry.file.is_empty() || entry.file.starts_with('.') || !entry.file.chars().all(plain) {
                return Err(error(&format!("{name}.file"), BundleErrorKind::FileName(entry.file.clone())));
            }
            if entry.bytes > MAX_FILE_BYTES {
                let kind = BundleErrorKind::TooLarge { bytes: entry.bytes, max: MAX_FILE_BYTES };
                return Err(error(&format!("{name}.bytes"), kind));
            }
        }
        if let ModelEntry::Network(network) = &self.model {
            network.check(&self.user_fields)?;
        }
        if !self.readout.as_ref().is_none_or(Readout::is_valid) {
            let expected = "2 to 256 pairs of finite numbers, strictly ascending in both";
            return range("readout", "other knots", expected);
        }
        let Scale { min, max, like, dislike } = self.scale;
        if !self.scale.is_valid() {
            let [min, max, like, dislike] = [min, max, like, dislike].map(Decimal::from);
            let found = format!("{min} to {max}, like {like}, dislike {dislike}");
            return range("scale", &found, "finite numbers, min < max, like and dislike between");
        }
        Ok(())
    }
}

fn read(node: &Node<'_>) -> Manifest {
    node.expect_only(&[
        "format",
        "about",
        "model",
        "scale",
        "readout",
        "user_fields",
        "opening",
        "weights",
        "catalogue",
    ]);
    Manifest {
        format: node.field("format").usize(),
        about: read_about(&node.field("about")),
        model: read_model(&node.field("model")),
        scale: scale(&node.field("scale")),
        readout: node.optional("readout").map(|knots| readout(&knots)),
        user_fields: node.field("user_fields").list(vocabulary),
        opening: node.field("opening").list(Item::read),
        weights: read_entry(&node.field("weights")),
        catalogue: read_entry(&node.field("catalogue")),
    }
}

fn read_model(node: &Node<'_>) -> ModelEntry {
    match node.field("kind").one_of(&[("network", true), ("halves", false)]) {
        true => ModelEntry::Network(NetworkEntry::read(node)),
        false => ModelEntry::Halves(HalvesEntry::read(node)),
    }
}

fn read_about(node: &Node<'_>) -> About {
    node.expect_only(&["name", "notice", "preset", "made", "metrics"]);
    About {
        name: node.field("name").string(),
        notice: node.field("notice").string(),
        preset: node.field("preset").string(),
        made: node.field("made").string(),
        metrics: node.field("metrics").map(|number| number.number()),
    }
}

fn read_entry(node: &Node<'_>) -> FileEntry {
    node.expect_only(&["file", "bytes", "sha256"]);
    FileEntry {
        file: node.field("file").string(),
        bytes: node.field("bytes").usize(),
        sha256: node.field("sha256").string(),
    }
}
