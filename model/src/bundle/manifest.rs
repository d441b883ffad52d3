//! The manifest, `manifest.json`: the description of the model, and the names, sizes and hashes of the other files.

use super::error::{BundleError, BundleErrorKind};
use super::item::Item;
use super::read_model;
use crate::adapt::{Gradient, LocalUpdate, MAX_STEPS, Rates, Softmax};
use crate::compact::decimal::Decimal;
use crate::compact::json::Parse;
use crate::compact::node::{self, Node};
use crate::model::readout::Readout;
use crate::model::scale::Scale;
use crate::model::vocabulary::Vocabulary;
use crate::network::architecture::{Architecture, Scope};
use crate::network::layout::Layout;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The name of the file.
pub const MANIFEST: &str = "manifest.json";
/// The version of the bundle format.
pub const FORMAT: usize = 4;
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
    /// The architecture of the model.
    pub architecture: Architecture,
    /// The local update of the model.
    pub local_update: LocalUpdate,
    /// The local rate where it is fixed. Where rates are learned, the weights have a tensor of rates per moved tensor.
    pub rate: Option<f32>,
    /// The rating scale.
    pub scale: Scale,
    /// The function from the expected rating to the rating to show; `None` for the identity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readout: Option<Readout>,
    /// The vocabularies of the user fields, in the order of the architecture.
    pub user_fields: Vec<Vocabulary>,
    /// The items of the best evidence candidates, which a page can show before the catalogue has arrived.
    pub opening: Vec<Item>,
    /// The weights file, with the parameters.
    pub weights: FileEntry,
    /// The catalogue file, with the items and the evidence candidates.
    pub catalogue: FileEntry,
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
        if bytes.len() > MAX_MANIFEST_BYTES {
            return Err(error("size", BundleErrorKind::TooLarge { bytes: bytes.len(), max: MAX_MANIFEST_BYTES }));
        }
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

    /// Lay the model out.
    ///
    /// # Errors
    /// Where the architecture is invalid.
    pub fn layout(&self) -> Result<Layout, BundleError> {
        Layout::new(self.architecture.clone()).map_err(|reason| error("architecture", reason.into()))
    }

    /// Check the values of all fields but the architecture.
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
        self.check_update()?;
        self.check_rate()?;
        let Scale { min, max, like, dislike } = self.scale;
        if !self.scale.is_valid() {
            let [min, max, like, dislike] = [min, max, like, dislike].map(Decimal::from);
            let found = format!("{min} to {max}, like {like}, dislike {dislike}");
            return range("scale", found, "finite numbers, min < max, like and dislike between");
        }
        if !self.readout.as_ref().is_none_or(Readout::is_valid) {
            let expected = "2 to 256 pairs of finite numbers, strictly ascending in both";
            return range("readout", "other knots".into(), expected);
        }
        self.check_user_fields()
    }

    /// Check that the local update moves a part that the model has, with a valid number of steps and κ.
    fn check_update(&self) -> Result<(), BundleError> {
        let Architecture { hidden, linear, implicit, .. } = &self.architecture;
        let scope = self.local_update.scope();
        if let LocalUpdate::Gradient(Gradient { steps, kappa, .. }) | LocalUpdate::Softmax(Softmax { steps, kappa }) =
            self.local_update
        {
            if steps > MAX_STEPS {
                return range("local_update.steps", steps.to_string(), "at most 1000");
            }
            if !(kappa >= 0.0 && kappa.is_finite()) {
                return range("local_update.kappa", Decimal(kappa).to_string(), "a finite number, 0 or more");
            }
        }
        if matches!(self.local_update, LocalUpdate::Softmax(_)) && !hidden.is_empty() {
            return range("architecture.hidden", "hidden layers under a softmax".into(), "none");
        }
        if scope == Scope::All && implicit.is_some() {
            let expected = "no start where embeddings move";
            return range("architecture.start", "a start under the scope all".into(), expected);
        }
        if scope == Scope::Linear && !linear {
            return range("local_update", "one of the linear path".into(), "one of a part that the model has");
        }
        Ok(())
    }

    /// Check that there is a finite rate if, and only if, rates are fixed.
    fn check_rate(&self) -> Result<(), BundleError> {
        let found = self.rate.map_or("null".into(), |rate| Decimal::from(rate).to_string());
        match (self.local_update.rates(), self.rate) {
            (Rates::Fixed, Some(rate)) if rate.is_finite() => Ok(()),
            (Rates::Fixed, _) => range("rate", found, "a finite number, as rates are fixed"),
            (_, None) => Ok(()),
            (_, Some(_)) => range("rate", found, "null, as rates are learned"),
        }
    }

    /// Check that the vocabularies match the user fields of the architecture.
    fn check_user_fields(&self) -> Result<(), BundleError> {
        let described = |name: &str, rows: usize| format!("{name} with {rows} rows");
        let found: Vec<String> = self.user_fields.iter().map(|v| described(v.name(), v.table_rows())).collect();
        let fields = self.architecture.user_fields.iter();
        let expected: Vec<String> = fields.map(|field| described(&field.name, field.rows)).collect();
        if found == expected {
            return Ok(());
        }
        let kind = BundleErrorKind::Shape { found: found.join(", "), expected: expected.join(", ") };
        Err(error("user_fields", kind))
    }
}

fn read(node: &Node<'_>) -> Manifest {
    node.expect_only(&[
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
    ]);
    Manifest {
        format: node.field("format").usize(),
        about: read_about(&node.field("about")),
        architecture: read_model::architecture(&node.field("architecture")),
        local_update: read_model::local_update(&node.field("local_update")),
        rate: node.optional("rate").map(|rate| rate.number() as f32),
        scale: read_model::scale(&node.field("scale")),
        readout: node.optional("readout").map(|readout| read_model::readout(&readout)),
        user_fields: node.field("user_fields").list(read_model::vocabulary),
        opening: node.field("opening").list(Item::read),
        weights: read_entry(&node.field("weights")),
        catalogue: read_entry(&node.field("catalogue")),
    }
}

fn read_about(node: &Node<'_>) -> About {
    node.expect_only(&["name", "notice", "preset", "metrics"]);
    About {
        name: node.field("name").string(),
        notice: node.field("notice").string(),
        preset: node.field("preset").string(),
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

fn error(field: &str, kind: BundleErrorKind) -> BundleError {
    BundleError::new(MANIFEST, field, kind)
}

fn range(field: &str, found: String, expected: &str) -> Result<(), BundleError> {
    Err(error(field, BundleErrorKind::Range { found, expected: expected.into() }))
}
