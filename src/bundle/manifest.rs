//! `manifest.json`: what the model is, and which files belong to it.

use super::catalogue::Item;
use super::error::{BundleError, Rule, refuse};
use super::fields;
use crate::adapt::{LocalUpdate, MOST_STEPS, Method, Steps};
use crate::decimal::decimal;
use crate::entries::Entries;
use crate::features::Vocabulary;
use crate::layout::{Architecture, Layout, Scope};
use crate::loss::Loss;
use crate::readout::Readout;
use crate::scale::Scale;
use crate::words::listed;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The file's name.
pub const MANIFEST: &str = "manifest.json";
/// The version of the bundle's format.
pub const FORMAT: usize = 3;
const MOST_MANIFEST_BYTES: usize = 4 << 20;
const MOST_FILE_BYTES: usize = 1 << 30;

/// The parsed file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Manifest {
    pub format: usize,
    pub about: About,
    pub architecture: Architecture,
    pub local_update: LocalUpdate,
    /// The local rate, where all parameters share one; else the weights have a tensor of rates per moved tensor.
    pub rate: Option<f32>,
    pub scale: Scale,
    /// From the rating to expect to the rating to say; none where they are the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readout: Option<Readout>,
    /// The values of each user field.
    pub user_fields: Vec<Vocabulary>,
    /// The best evidence candidates once more: what a page can show before the catalogue has come.
    pub opening: Vec<Item>,
    pub weights: FileEntry,
    pub catalogue: FileEntry,
}

/// What people may want to know of a bundle.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct About {
    /// Of the data.
    pub name: String,
    /// A sentence about the data.
    pub notice: String,
    pub preset: String,
    /// Measured at export; name to figure.
    pub metrics: Entries<f64>,
}

/// A file beside the manifest.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileEntry {
    pub file: String,
    pub bytes: usize,
    /// In lower-case hexadecimal.
    pub sha256: String,
}

impl FileEntry {
    /// The entry of `content` in a file called after `stem`, its own hash, and `extension`.
    pub fn of(stem: &str, extension: &str, content: &[u8]) -> Self {
        let sha256 = sha256(content);
        Self { file: format!("{stem}-{}.{extension}", &sha256[..16]), bytes: content.len(), sha256 }
    }
}

/// The SHA-256 of `content` in lower-case hexadecimal.
pub fn sha256(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Manifest {
    /// Reads and checks the file's bytes.
    ///
    /// # Errors
    /// Names the field and the rule it breaks.
    pub fn parse(bytes: &[u8]) -> Result<Self, Box<BundleError>> {
        let most = MOST_MANIFEST_BYTES;
        if bytes.len() > most {
            return Err(refuse(MANIFEST, "size", Rule::TooLarge { bytes: bytes.len(), most }));
        }
        let json = fields::document(MANIFEST, bytes)?;
        let format = fields::read(MANIFEST, &json, fields::format)?;
        if format != FORMAT {
            return Err(refuse(MANIFEST, "format", Rule::Format { found: format, expected: FORMAT }));
        }
        let manifest = fields::read(MANIFEST, &json, fields::manifest)?;
        manifest.check()?;
        Ok(manifest)
    }

    /// The place of every parameter.
    ///
    /// # Errors
    /// Where the architecture makes no model.
    pub fn layout(&self) -> Result<Layout, Box<BundleError>> {
        Layout::new(self.architecture.clone()).map_err(|error| refuse(MANIFEST, "architecture", error.into()))
    }

    fn check(&self) -> Result<(), Box<BundleError>> {
        for (name, entry) in [("weights", &self.weights), ("catalogue", &self.catalogue)] {
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
            if entry.file.is_empty() || entry.file.starts_with('.') || !entry.file.chars().all(plain) {
                return Err(refuse(MANIFEST, &format!("{name}.file"), Rule::FileName(entry.file.clone())));
            }
            if entry.bytes > MOST_FILE_BYTES {
                let rule = Rule::TooLarge { bytes: entry.bytes, most: MOST_FILE_BYTES };
                return Err(refuse(MANIFEST, &format!("{name}.bytes"), rule));
            }
        }
        for (field, ok, found, expected) in self.ranges() {
            if !ok {
                return Err(refuse(MANIFEST, field, Rule::Range { found, expected: expected.into() }));
            }
        }
        self.check_user_fields()
    }

    /// Per rule the field it is about, whether that keeps to it, what it is, and what it should be.
    fn ranges(&self) -> [(&'static str, bool, String, &'static str); 9] {
        let LocalUpdate { scope, loss, method } = self.local_update;
        let Architecture { hidden, linear, start, .. } = &self.architecture;
        let (Steps { steps, kappa }, ridge) = match method {
            Method::Gradient(steps) => (steps, false),
            Method::Ridge => (Steps { steps: 0, kappa: 0.0 }, true),
        };
        let alone = scope == Scope::Linear && hidden.is_empty();
        let solvable = scope == Scope::Linear && loss == Loss::SquaredError;
        let Scale { min, max, like, dislike } = self.scale;
        let number = |x: f32| decimal(x.into());
        [
            ("local_update.steps", steps <= MOST_STEPS, steps.to_string(), "at most 1000"),
            ("local_update.kappa", kappa >= 0.0 && kappa.is_finite(), decimal(kappa), "a finite number, 0 or more"),
            (
                "local_update.loss",
                ridge || !self.local_update.learns_picks() || alone,
                format!("softmax with {scope:?}"),
                "the scope linear and no hidden layers, as a softmax has no other",
            ),
            (
                "local_update",
                !ridge || solvable,
                format!("{scope:?} and {loss:?}"),
                "the scope linear and the loss squared-error, as ridge has no other",
            ),
            (
                "architecture.start",
                scope != Scope::All || start.is_none(),
                "a start under the scope all".into(),
                "no start where embeddings move",
            ),
            (
                "local_update.scope",
                scope != Scope::Linear || *linear,
                "linear, without a linear path".into(),
                "a scope that moves something",
            ),
            (
                "rate",
                self.rate.is_none_or(f32::is_finite),
                decimal(self.rate.unwrap_or_default().into()),
                "a finite number or null",
            ),
            (
                "scale",
                self.scale.is_valid(),
                format!("{} to {}, like {}, dislike {}", number(min), number(max), number(like), number(dislike)),
                "finite numbers, min < max, like and dislike between",
            ),
            (
                "readout",
                self.readout.as_ref().is_none_or(Readout::is_valid),
                "other knots".into(),
                "2 to 256 pairs of finite numbers, strictly ascending in both",
            ),
        ]
    }

    fn check_user_fields(&self) -> Result<(), Box<BundleError>> {
        let described = |name: &str, rows: usize| format!("{name} with {rows} rows");
        let (mut found, mut expected) = (Vec::new(), Vec::new());
        for vocabulary in &self.user_fields {
            found.push(described(vocabulary.name(), vocabulary.table_rows()));
        }
        for field in &self.architecture.user_fields {
            expected.push(described(&field.name, field.rows));
        }
        if found != expected {
            let rule = Rule::Shape { found: listed("", &found), expected: listed("", &expected) };
            return Err(refuse(MANIFEST, "user_fields", rule));
        }
        Ok(())
    }
}
