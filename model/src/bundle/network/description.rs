//! The description of a network in the manifest, and its checks.

use crate::adapt::{Gradient, LocalUpdate, MAX_STEPS, Rates, Softmax};
use crate::bundle::error::{BundleError, BundleErrorKind};
use crate::bundle::shared::{error, range};
use crate::compact::decimal::Decimal;
use crate::compact::node::{Node, join};
use crate::model::Model;
use crate::model::vocabulary::Vocabulary;
use crate::network::architecture::{Architecture, Field, Scope};
use crate::network::layout::Layout;
use crate::network::loss::Loss;
use crate::network::parameters::StoredParameters;
use serde::Serialize;

/// The description of a network.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NetworkEntry {
    /// The architecture of the model.
    pub architecture: Architecture,
    /// The local update of the model.
    pub local_update: LocalUpdate,
    /// The local rate where it is fixed. Where rates are learned, the weights have a tensor of rates per moved tensor.
    pub rate: Option<f32>,
}

/// The number of answers for which the work of a local update is bounded.
const ANSWERS: usize = 100;
/// The maximum number of multiplications of a local update, a fraction of a second.
const MAX_WORK: usize = 1 << 28;

/// The names of scopes.
const SCOPES: [(&str, Scope); 4] =
    [("linear", Scope::Linear), ("last", Scope::Last), ("decision", Scope::Decision), ("all", Scope::All)];
/// The names of losses.
const LOSSES: [(&str, Loss); 2] = [("squared-error", Loss::SquaredError), ("bce-with-logits", Loss::BceWithLogits)];
/// The names of kinds of rates.
const RATES: [(&str, Rates); 3] =
    [("fixed", Rates::Fixed), ("per-layer", Rates::PerLayer), ("per-parameter", Rates::PerParameter)];

fn architecture(node: &Node<'_>) -> Architecture {
    node.expect_only(&["item_fields", "user_fields", "hidden", "linear", "item_bias", "start"]);
    let rows = |name| node.optional(name).map(|rows| rows.usize());
    Architecture {
        item_fields: node.field("item_fields").list(field),
        user_fields: node.field("user_fields").list(field),
        hidden: node.field("hidden").list(|width| width.usize()),
        linear: node.field("linear").bool(),
        item_bias: rows("item_bias"),
        implicit: rows("start"),
    }
}

fn field(node: &Node<'_>) -> Field {
    node.expect_only(&["name", "rows", "width", "adds"]);
    Field {
        name: node.field("name").string(),
        rows: node.field("rows").usize(),
        width: node.field("width").usize(),
        adds: node.optional("adds").is_some_and(|adds| adds.bool()),
    }
}

fn local_update(node: &Node<'_>) -> LocalUpdate {
    let method = node.field("method");
    let (steps, kappa) = (|| node.field("steps").usize(), || node.field("kappa").number());
    match method.one_of(&[("gradient", 0), ("ridge", 1), ("softmax", 2)]) {
        0 => {
            node.expect_only(&["method", "scope", "loss", "steps", "kappa", "rates"]);
            LocalUpdate::Gradient(Gradient {
                scope: node.field("scope").one_of(&SCOPES),
                loss: node.field("loss").one_of(&LOSSES),
                steps: steps(),
                kappa: kappa(),
                rates: node.field("rates").one_of(&RATES),
            })
        }
        1 => {
            node.expect_only(&["method"]);
            LocalUpdate::Ridge
        }
        _ => {
            node.expect_only(&["method", "steps", "kappa"]);
            LocalUpdate::Softmax(Softmax { steps: steps(), kappa: kappa() })
        }
    }
}

impl NetworkEntry {
    /// Describe a model.
    pub(in crate::bundle) fn of(model: &Model<StoredParameters>) -> Self {
        let fixed = model.update.rates() == Rates::Fixed;
        Self {
            architecture: model.layout.architecture.clone(),
            local_update: model.update,
            rate: model.rates.first().copied().filter(|_| fixed),
        }
    }

    /// Read the description; errors are recorded at `node`.
    pub(in crate::bundle) fn read(node: &Node<'_>) -> Self {
        node.expect_only(&["kind", "architecture", "local_update", "rate"]);
        Self {
            architecture: architecture(&node.field("architecture")),
            local_update: local_update(&node.field("local_update")),
            rate: node.optional("rate").map(|rate| rate.number() as f32),
        }
    }

    /// Lay the model out.
    ///
    /// # Errors
    /// Where the architecture is invalid.
    pub fn layout(&self) -> Result<Layout, BundleError> {
        Layout::new(self.architecture.clone()).map_err(|reason| error("model.architecture", reason.into()))
    }

    /// Check the values of all fields but the architecture.
    pub(in crate::bundle) fn check(&self, vocabularies: &[Vocabulary]) -> Result<(), BundleError> {
        self.check_update()?;
        self.check_rate()?;
        self.check_user_fields(vocabularies)?;
        self.check_work()
    }

    /// Check that a device can do the local update while a visitor waits: gradient steps read the decision layers once for each
    /// answer, those of a softmax all parameters, and a closed form solves for the linear path.
    fn check_work(&self) -> Result<(), BundleError> {
        let layout = self.layout()?;
        let moved = |scope| layout.len() - layout.offset(scope);
        let (steps, numbers) = match self.local_update {
            LocalUpdate::Gradient(Gradient { steps, .. }) => (steps * ANSWERS, moved(Scope::Decision)),
            LocalUpdate::Softmax(Softmax { steps, .. }) => (steps, layout.len()),
            LocalUpdate::Ridge => (moved(Scope::Linear).saturating_pow(2), moved(Scope::Linear)),
        };
        let work = steps.saturating_mul(numbers);
        if work > MAX_WORK {
            return range("model.local_update", &work.to_string(), "at most 268435456 multiplications");
        }
        Ok(())
    }

    /// Check that the local update moves a part that the model has, with a valid number of steps and κ.
    fn check_update(&self) -> Result<(), BundleError> {
        let Architecture { hidden, linear, implicit, .. } = &self.architecture;
        let scope = self.local_update.scope();
        if let LocalUpdate::Gradient(Gradient { steps, kappa, .. }) | LocalUpdate::Softmax(Softmax { steps, kappa }) =
            self.local_update
        {
            if steps > MAX_STEPS {
                return range("model.local_update.steps", &steps.to_string(), "at most 1000");
            }
            if !(kappa >= 0.0 && kappa.is_finite()) {
                return range("model.local_update.kappa", &Decimal(kappa).to_string(), "a finite number, 0 or more");
            }
        }
        if matches!(self.local_update, LocalUpdate::Softmax(_)) && !hidden.is_empty() {
            return range("model.architecture.hidden", "hidden layers under a softmax", "none");
        }
        if scope == Scope::All && implicit.is_some() {
            let expected = "no start where embeddings move";
            return range("model.architecture.start", "a start under the scope all", expected);
        }
        if scope == Scope::Linear && !linear {
            return range("model.local_update", "one of the linear path", "one of a part that the model has");
        }
        Ok(())
    }

    /// Check that there is a finite rate if, and only if, rates are fixed.
    fn check_rate(&self) -> Result<(), BundleError> {
        let found = self.rate.map_or("null".into(), |rate| Decimal::from(rate).to_string());
        match (self.local_update.rates(), self.rate) {
            (Rates::Fixed, Some(rate)) if rate.is_finite() => Ok(()),
            (Rates::Fixed, _) => range("model.rate", &found, "a finite number, as rates are fixed"),
            (_, None) => Ok(()),
            (_, Some(_)) => range("model.rate", &found, "null, as rates are learned"),
        }
    }

    /// Check that the vocabularies match the user fields of the architecture.
    fn check_user_fields(&self, vocabularies: &[Vocabulary]) -> Result<(), BundleError> {
        let described = |name: &str, rows: usize| format!("{name} with {rows} rows");
        let found: Vec<String> = vocabularies.iter().map(|v| described(v.name(), v.table_rows())).collect();
        let fields = self.architecture.user_fields.iter();
        let expected: Vec<String> = fields.map(|field| described(&field.name, field.rows)).collect();
        if found == expected {
            return Ok(());
        }
        let kind = BundleErrorKind::Shape { found: join(&found, ", "), expected: join(&expected, ", ") };
        Err(error("user_fields", kind))
    }
}
