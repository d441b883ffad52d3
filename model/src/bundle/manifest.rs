//! `manifest.json`: what the model is, and which files belong to it.

use super::catalogue::Item;
use super::error::{BundleError, Rule, refuse};
use super::fields;
use crate::adapt::{LocalUpdate, MAX_STEPS, Method, Steps};
use crate::compact::decimal::{decimal, whole};
use crate::compact::entries::Entries;
use crate::compact::words::listed;
use crate::model::features::Vocabulary;
use crate::model::readout::Readout;
use crate::model::scale::Scale;
use crate::network::layout::{Architecture, Layout, Scope};
use crate::network::loss::Loss;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The file's name.
pub const MANIFEST: &str = "manifest.json";
/// The version of the bundle's format.
pub const FORMAT: usize = 3;
const MAX_MANIFEST_BYTES: usize = 4 << 20;
const MAX_FILE_BYTES: usize = 1 << 30;

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
        Self { file: [stem, "-", &sha256[..16], ".", extension].concat(), bytes: content.len(), sha256 }
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
        let most = MAX_MANIFEST_BYTES;
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
                return Err(refuse(MANIFEST, &[name, ".file"].concat(), Rule::FileName(entry.file.clone())));
            }
            if entry.bytes > MAX_FILE_BYTES {
                let rule = Rule::TooLarge { bytes: entry.bytes, most: MAX_FILE_BYTES };
                return Err(refuse(MANIFEST, &[name, ".bytes"].concat(), rule));
            }
        }
        self.check_update()?;
        let Scale { min, max, like, dislike } = self.scale;
        if !self.rate.is_none_or(f32::is_finite) {
            return range("rate", decimal(self.rate.unwrap_or_default().into()), "a finite number or null");
        }
        if !self.scale.is_valid() {
            let number = |x: f32| decimal(x.into());
            let found = [&number(min), " to ", &number(max), ", like ", &number(like), ", dislike ", &number(dislike)];
            return range("scale", found.concat(), "finite numbers, min < max, like and dislike between");
        }
        if !self.readout.as_ref().is_none_or(Readout::is_valid) {
            let expected = "2 to 256 pairs of finite numbers, strictly ascending in both";
            return range("readout", "other knots".into(), expected);
        }
        self.check_user_fields()
    }

    /// Whether the local update is one that there is, of a part that the model has.
    fn check_update(&self) -> Result<(), Box<BundleError>> {
        let LocalUpdate { scope, loss, method } = self.local_update;
        let Architecture { hidden, linear, start, .. } = &self.architecture;
        let (scope_name, loss_name) = (fields::SCOPES[scope as usize], fields::LOSSES[loss as usize]);
        match method {
            Method::Gradient(Steps { steps, .. }) if steps > MAX_STEPS => {
                return range("local_update.steps", whole(steps), "at most 1000");
            }
            Method::Gradient(Steps { kappa, .. }) if !(kappa >= 0.0 && kappa.is_finite()) => {
                return range("local_update.kappa", decimal(kappa), "a finite number, 0 or more");
            }
            Method::Gradient(_)
                if self.local_update.learns_picks() && !(scope == Scope::Linear && hidden.is_empty()) =>
            {
                let expected = "the scope linear and no hidden layers, as a softmax has no other";
                return range("local_update.loss", ["softmax with ", scope_name].concat(), expected);
            }
            Method::Ridge if !(scope == Scope::Linear && loss == Loss::SquaredError) => {
                let expected = "the scope linear and the loss squared-error, as ridge has no other";
                return range("local_update", [scope_name, " and ", loss_name].concat(), expected);
            }
            _ => {}
        }
        if scope == Scope::All && start.is_some() {
            let expected = "no start where embeddings move";
            return range("architecture.start", "a start under the scope all".into(), expected);
        }
        if scope == Scope::Linear && !linear {
            let expected = "a scope that moves something";
            return range("local_update.scope", "linear, without a linear path".into(), expected);
        }
        Ok(())
    }

    fn check_user_fields(&self) -> Result<(), Box<BundleError>> {
        let described = |name: &str, rows: usize| [name, " with ", &whole(rows), " rows"].concat();
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

fn range(field: &str, found: String, expected: &str) -> Result<(), Box<BundleError>> {
    Err(refuse(MANIFEST, field, Rule::Range { found, expected: expected.into() }))
}
