//! Reads the golden vectors: see `README.md` beside this file for their conventions.

use fewclicks_model::adapt::{LocalUpdate, Method, Steps};
use fewclicks_model::math::scalar::Real;
use fewclicks_model::network::layout::{Architecture, Field, Layout, Scope, Tensor};
use fewclicks_model::network::loss::Loss;
use fewclicks_model::network::task::{Examples, Items, Rows, Task};
use serde_json::Value;

const ITEM_FIELDS: [&str; 2] = ["rated", "genre"];
const USER_FIELDS: [&str; 2] = ["gender", "age"];

pub struct Golden {
    pub name: String,
    pub layout: Layout,
    pub update: LocalUpdate,
    pub steps: Steps,
    pub items: Items,
    pub task: Task,
    json: Value,
}

impl Golden {
    pub fn all() -> Vec<Self> {
        let sources = [
            include_str!("melu.json"),
            include_str!("maml.json"),
            include_str!("anil.json"),
            include_str!("few-shot-dot.json"),
            include_str!("ratings.json"),
        ];
        sources.map(|source| Self::new(serde_json::from_str(source).unwrap())).into()
    }

    fn new(json: Value) -> Self {
        let fields = |side: &str, names: [&str; 2]| {
            names.map(|name| {
                let table = json["parameters"][format!("embedding.{name}")].as_array().unwrap();
                assert!(json[side].get(name).is_some());
                Field::new(name, table.len(), table[0].as_array().unwrap().len())
            })
        };
        let text = |key: &str| json[key].as_str().unwrap();
        let layout = Layout::new(Architecture {
            item_fields: fields("items", ITEM_FIELDS).into(),
            user_fields: fields("user", USER_FIELDS).into(),
            hidden: rows(&json["hidden"]).iter().map(|&width| width as usize).collect(),
            linear: json["linear"].as_bool().unwrap(),
            item_bias: json["parameters"].get("item_bias").map(|bias| bias.as_array().unwrap().len()),
            start: None,
        })
        .unwrap();
        let steps = Steps { steps: json["steps"].as_u64().unwrap() as usize, kappa: json["kappa"].as_f64().unwrap() };
        let update = LocalUpdate {
            scope: match text("scope") {
                "last" => Scope::Last,
                "decision" => Scope::Decision,
                "all" => Scope::All,
                other => panic!("unknown scope {other}"),
            },
            loss: match text("loss") {
                "squared_error" => Loss::SquaredError,
                "bce_with_logits" => Loss::BceWithLogits,
                other => panic!("unknown loss {other}"),
            },
            method: Method::Gradient(steps),
        };
        let items = Items {
            fields: ITEM_FIELDS.map(|name| entities(&json["items"][name])).into(),
            bias: (0..json["items"]["rated"].as_array().unwrap().len() as u32).collect(),
        };
        let examples = |set: &str| Examples {
            items: items.select(rows(&json[set]).iter().map(|&i| i as usize).collect::<Vec<_>>().into_iter()),
            labels: numbers(&json[format!("{set}_labels")]).into_iter().map(|label| label as f32).collect(),
        };
        let user = USER_FIELDS.map(|name| rows(&json["user"][name])).into();
        let task = Task { user, support: examples("support"), query: examples("query") };
        Self { name: text("case").into(), layout, update, steps, items, task, json }
    }

    /// The flat vector of initial parameters.
    pub fn parameters<T: Real>(&self) -> Vec<T> {
        lay_out(self.layout.tensors.iter(), &self.json["parameters"]).into_iter().map(T::constant).collect()
    }

    /// The local rate of every moved parameter.
    pub fn rates<T: Real>(&self) -> Vec<T> {
        let rates = &self.json["local_rates"];
        lay_out(self.layout.moved(self.update.scope), rates).into_iter().map(T::constant).collect()
    }

    /// An expected list of numbers, or a single one.
    pub fn numbers(&self, key: &str) -> Vec<f64> {
        numbers(&self.json["expected"][key])
    }

    /// Expected numbers of all parameters.
    pub fn tensors(&self, key: &str) -> Vec<f64> {
        lay_out(self.layout.tensors.iter(), &self.json["expected"][key])
    }

    /// Expected numbers of the parameters that move.
    pub fn moved(&self, key: &str) -> Vec<f64> {
        lay_out(self.layout.moved(self.update.scope), &self.json["expected"][key])
    }
}

/// The numbers of `tensors` one after the other; the files do not say on which side a field is.
fn lay_out<'a>(tensors: impl Iterator<Item = &'a Tensor>, json: &Value) -> Vec<f64> {
    tensors
        .flat_map(|tensor| {
            let name = tensor.name.replace("embedding.item.", "embedding.").replace("embedding.user.", "embedding.");
            let found = numbers(&json[&name]);
            assert_eq!(found.len(), tensor.range().len(), "{name}");
            found
        })
        .collect()
}

fn numbers(json: &Value) -> Vec<f64> {
    match json {
        Value::Array(list) => list.iter().flat_map(numbers).collect(),
        other => other.as_f64().into_iter().collect(),
    }
}

fn rows(json: &Value) -> Vec<u32> {
    numbers(json).into_iter().map(|x| x as u32).collect()
}

fn entities(json: &Value) -> Rows {
    let lists: Vec<Vec<u32>> = json.as_array().unwrap().iter().map(rows).collect();
    lists.iter().map(Vec::as_slice).collect()
}
