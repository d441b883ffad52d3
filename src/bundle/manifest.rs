//! `manifest.json`: what the model is, and which files belong to it.

use super::error::{BundleError, Rule, refuse};
use crate::adapt::{LocalUpdate, MOST_STEPS, Method, Steps};
use crate::features::Vocabulary;
use crate::layout::{Architecture, Layout, Scope};
use crate::loss::Loss;
use crate::readout::{MOST_KNOTS, Readout};
use crate::scale::Scale;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The file's name.
pub const MANIFEST: &str = "manifest.json";
/// The version of the bundle's format.
pub const FORMAT: u32 = 2;
const MOST_MANIFEST_BYTES: usize = 4 << 20;
const MOST_FILE_BYTES: usize = 1 << 30;

/// The parsed file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub format: u32,
    pub about: About,
    pub architecture: Architecture,
    pub local_update: LocalUpdate,
    /// The local rate, where all parameters share one; else the weights have a tensor of rates per moved tensor.
    pub rate: Option<f32>,
    pub scale: Scale,
    /// From the rating to expect to the rating to say; none where they are the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readout: Option<Readout>,
    /// The values of each user field.
    pub user_fields: Vec<Vocabulary>,
    pub weights: FileEntry,
    pub catalogue: FileEntry,
}

/// What people may want to know of a bundle.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// Of the data.
    pub name: String,
    /// A sentence about the data.
    pub notice: String,
    pub preset: String,
    /// Measured at export; name to figure.
    pub metrics: std::collections::BTreeMap<String, f64>,
}

/// A file beside the manifest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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

    /// Whether `content` is what the manifest means.
    pub(super) fn check(&self, content: &[u8]) -> Result<(), BundleError> {
        if content.len() != self.bytes {
            return Err(refuse(&self.file, "size", Rule::Size { bytes: content.len(), expected: self.bytes }));
        }
        let found = sha256(content);
        if found != self.sha256 {
            return Err(refuse(&self.file, "sha256", Rule::Hash { found, expected: self.sha256.clone() }));
        }
        Ok(())
    }
}

/// The SHA-256 of `content` in lower-case hexadecimal.
pub fn sha256(content: &[u8]) -> String {
    Sha256::digest(content).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string takes any text");
        hex
    })
}

impl Manifest {
    /// Reads and checks the file's bytes.
    ///
    /// # Errors
    /// Names the field and the rule it breaks.
    pub fn parse(bytes: &[u8]) -> Result<Self, BundleError> {
        let most = MOST_MANIFEST_BYTES;
        if bytes.len() > most {
            return Err(refuse(MANIFEST, "size", Rule::TooLarge { bytes: bytes.len(), most }));
        }
        #[derive(Deserialize)]
        struct Version {
            format: u32,
        }
        let syntax = |error: serde_json::Error| refuse(MANIFEST, "JSON", Rule::Syntax(error.to_string()));
        let Version { format } = serde_json::from_slice(bytes).map_err(syntax)?;
        if format != FORMAT {
            return Err(refuse(MANIFEST, "format", Rule::Format { found: format, expected: FORMAT }));
        }
        let manifest: Self = serde_json::from_slice(bytes).map_err(syntax)?;
        manifest.check()?;
        Ok(manifest)
    }

    /// The place of every parameter.
    ///
    /// # Errors
    /// Where the architecture makes no model.
    pub fn layout(&self) -> Result<Layout, BundleError> {
        Layout::new(self.architecture.clone()).map_err(|error| refuse(MANIFEST, "architecture", error))
    }

    fn check(&self) -> Result<(), BundleError> {
        for (name, entry) in [("weights", &self.weights), ("catalogue", &self.catalogue)] {
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
            if entry.file.is_empty() || entry.file.starts_with('.') || !entry.file.chars().all(plain) {
                return Err(refuse(MANIFEST, format!("{name}.file"), Rule::FileName(entry.file.clone())));
            }
            if entry.bytes > MOST_FILE_BYTES {
                let rule = Rule::TooLarge { bytes: entry.bytes, most: MOST_FILE_BYTES };
                return Err(refuse(MANIFEST, format!("{name}.bytes"), rule));
            }
        }
        let range = |field: &str, ok: bool, found: String, expected: &str| match ok {
            true => Ok(()),
            false => Err(refuse(MANIFEST, field, Rule::Range { found, expected: expected.into() })),
        };
        self.check_local_update(&range)?;
        let rate_ok = self.rate.is_none_or(f32::is_finite);
        range("rate", rate_ok, self.rate.unwrap_or_default().to_string(), "a finite number or null")?;
        let Scale { min, max, like, dislike } = self.scale;
        let scale = format!("{min} to {max}, like {like}, dislike {dislike}");
        range("scale", self.scale.is_valid(), scale, "finite numbers, min < max, like and dislike between")?;
        let readout_ok = self.readout.as_ref().is_none_or(Readout::is_valid);
        let ascending = format!("2 to {MOST_KNOTS} pairs of finite numbers, strictly ascending in both");
        range("readout", readout_ok, "other knots".into(), &ascending)?;
        self.check_user_fields()
    }

    fn check_local_update(
        &self,
        range: &impl Fn(&str, bool, String, &str) -> Result<(), BundleError>,
    ) -> Result<(), BundleError> {
        let LocalUpdate { scope, loss, method } = self.local_update;
        match method {
            Method::Gradient(Steps { steps, kappa }) => {
                range("local_update.steps", steps <= MOST_STEPS, steps.to_string(), "at most 1000")?;
                let kappa_ok = kappa >= 0.0 && kappa.is_finite();
                range("local_update.kappa", kappa_ok, kappa.to_string(), "a finite number, 0 or more")?;
                let alone = scope == Scope::Linear && self.architecture.hidden.is_empty();
                let expected = "the scope linear and no hidden layers, as a softmax has no other";
                range(
                    "local_update.loss",
                    !self.local_update.learns_picks() || alone,
                    format!("softmax with {scope:?}"),
                    expected,
                )?;
            }
            Method::Ridge => {
                let ok = scope == Scope::Linear && loss == Loss::SquaredError;
                let expected = "the scope linear and the loss squared-error, as ridge has no other";
                range("local_update", ok, format!("{scope:?} and {loss:?}"), expected)?;
            }
        }
        let starts = scope == Scope::All && self.architecture.start.is_some();
        range("architecture.start", !starts, "a start under the scope all".into(), "no start where embeddings move")?;
        let moves = scope != Scope::Linear || self.architecture.linear;
        range("local_update.scope", moves, "linear, without a linear path".into(), "a scope that moves something")
    }

    fn check_user_fields(&self) -> Result<(), BundleError> {
        let described =
            |vocabulary: &Vocabulary| format!("{} with {} rows", vocabulary.name(), vocabulary.table_rows());
        let found: Vec<String> = self.user_fields.iter().map(described).collect();
        let fields = &self.architecture.user_fields;
        let expected: Vec<String> = fields.iter().map(|f| format!("{} with {} rows", f.name, f.rows)).collect();
        if found != expected {
            let rule = Rule::Shape { found: found.join(", "), expected: expected.join(", ") };
            return Err(refuse(MANIFEST, "user_fields", rule));
        }
        Ok(())
    }
}
