//! Read the model's types from the JSON that their `Serialize` implementations write.

use crate::adapt::{Gradient, LocalUpdate, Rates, Softmax};
use crate::compact::node::Node;
use crate::model::readout::Readout;
use crate::model::scale::Scale;
use crate::model::vocabulary::Vocabulary;
use crate::network::architecture::{Architecture, Field, Scope};
use crate::network::loss::Loss;

/// The names of scopes.
const SCOPES: [(&str, Scope); 4] =
    [("linear", Scope::Linear), ("last", Scope::Last), ("decision", Scope::Decision), ("all", Scope::All)];
/// The names of losses.
const LOSSES: [(&str, Loss); 2] = [("squared-error", Loss::SquaredError), ("bce-with-logits", Loss::BceWithLogits)];
/// The names of kinds of rates.
const RATES: [(&str, Rates); 3] =
    [("fixed", Rates::Fixed), ("per-layer", Rates::PerLayer), ("per-parameter", Rates::PerParameter)];

pub(super) fn architecture(node: &Node<'_>) -> Architecture {
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

pub(super) fn local_update(node: &Node<'_>) -> LocalUpdate {
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

pub(super) fn scale(node: &Node<'_>) -> Scale {
    node.expect_only(&["min", "max", "like", "dislike"]);
    let number = |name| node.field(name).number() as f32;
    Scale { min: number("min"), max: number("max"), like: number("like"), dislike: number("dislike") }
}

pub(super) fn readout(node: &Node<'_>) -> Readout {
    let knot = |node: &Node<'_>| {
        let numbers = node.list(|number| number.number() as f32);
        numbers.try_into().unwrap_or_else(|_| node.expected("two numbers"))
    };
    Readout { knots: node.list(knot) }
}

pub(super) fn vocabulary(node: &Node<'_>) -> Vocabulary {
    node.expect_only(&["name", "values"]);
    Vocabulary::new(node.field("name").string(), node.field("values").list(|value| value.string()))
}
