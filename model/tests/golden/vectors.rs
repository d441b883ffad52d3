//! Reads the golden vectors: see `README.md` beside this file for their conventions.

use fewclicks_model::adapt::meta::{Order, TaskUpdate};
use fewclicks_model::adapt::{Gradient, LocalUpdate, Rates, Softmax};
use fewclicks_model::math::scalar::Real;
use fewclicks_model::network::architecture::{Architecture, Field, Scope};
use fewclicks_model::network::layout::{Layout, Tensor};
use fewclicks_model::network::loss::Loss;
use fewclicks_model::network::task::{Examples, Items, Rows, Task};
use serde_json::Value;

const ITEM_FIELDS: [&str; 2] = ["rated", "genre"];
const USER_FIELDS: [&str; 2] = ["gender", "age"];

/// One file: a model, its local update, and a task per user.
pub struct Golden {
    pub name: String,
    pub layout: Layout,
    pub update: LocalUpdate,
    /// The catalogue; an item's own row is its position.
    pub items: Items,
    pub tasks: Vec<Task>,
    json: Value,
}

impl Golden {
    pub fn all() -> Vec<Self> {
        let sources = [
            include_str!("melu.json"),
            include_str!("maml.json"),
            include_str!("anil.json"),
            include_str!("few-shot-dot.json"),
            include_str!("gradient.json"),
            include_str!("ridge.json"),
            include_str!("ratings.json"),
            include_str!("picks.json"),
        ];
        sources.map(|source| Self::new(serde_json::from_str(source).unwrap())).into()
    }

    fn new(json: Value) -> Self {
        let items = Items {
            fields: ITEM_FIELDS.map(|name| entities(&json["items"][name])).into(),
            bias: (0..json["items"]["rated"].as_array().unwrap().len() as u32).collect(),
        };
        Self {
            name: text(&json, "case").into(),
            layout: Layout::new(architecture(&json)).unwrap(),
            update: local_update(&json),
            tasks: json["tasks"].as_array().unwrap().iter().map(|task| read_task(task, &items)).collect(),
            items,
            json,
        }
    }

    /// Return the local update on ratings, to be differentiated to this order; `None` for one on picks.
    pub fn task_update(&self, order: Order) -> Option<TaskUpdate> {
        match self.update {
            LocalUpdate::Gradient(gradient) => Some(TaskUpdate::Gradient(gradient, order)),
            LocalUpdate::Ridge => Some(TaskUpdate::Ridge),
            LocalUpdate::Softmax(_) => None,
        }
    }

    /// Return the local update on picks; `None` for one on ratings.
    pub fn softmax(&self) -> Option<Softmax> {
        match self.update {
            LocalUpdate::Softmax(softmax) => Some(softmax),
            LocalUpdate::Gradient(_) | LocalUpdate::Ridge => None,
        }
    }

    /// Return |S| + κ, the divisor of the support loss, or 1 where that is 0.
    pub fn divisor(&self, task: usize) -> f64 {
        let kappa = match self.update {
            LocalUpdate::Gradient(Gradient { kappa, .. }) | LocalUpdate::Softmax(Softmax { kappa, .. }) => kappa,
            LocalUpdate::Ridge => 0.0,
        };
        (self.tasks[task].support.items.len() as f64 + kappa).max(1.0)
    }

    /// Return the flat vector of initial parameters.
    pub fn parameters<T: Real>(&self) -> Vec<T> {
        lay_out(self.layout.tensors.iter(), &self.json["parameters"]).into_iter().map(T::constant).collect()
    }

    /// Return the local rate, or the log precision, of every moved parameter.
    pub fn rates<T: Real>(&self) -> Vec<T> {
        let rates = &self.json["local_rates"];
        lay_out(self.layout.moved(self.update.scope()), rates).into_iter().map(T::constant).collect()
    }

    /// Return an expected list of numbers of a task, or a single one.
    pub fn numbers(&self, task: usize, key: &str) -> Vec<f64> {
        numbers(&self.json["expected"][task][key])
    }

    /// Return expected numbers of all parameters.
    pub fn tensors(&self, task: usize, key: &str) -> Vec<f64> {
        lay_out(self.layout.tensors.iter(), &self.json["expected"][task][key])
    }

    /// Return expected numbers of the parameters that move.
    pub fn moved(&self, task: usize, key: &str) -> Vec<f64> {
        lay_out(self.layout.moved(self.update.scope()), &self.json["expected"][task][key])
    }
}

fn architecture(json: &Value) -> Architecture {
    let flag = |key: &str| json[key].as_bool().unwrap();
    let fields = |names: [&str; 2]| {
        let field = |name| {
            let table = json["parameters"][format!("embedding.{name}")].as_array().unwrap();
            let adds = flag("sum") && name != names[0];
            Field { adds, ..Field::new(name, table.len(), table[0].as_array().unwrap().len()) }
        };
        names.map(field).into()
    };
    let items = json["items"]["rated"].as_array().unwrap().len();
    Architecture {
        item_fields: fields(ITEM_FIELDS),
        user_fields: fields(USER_FIELDS),
        hidden: rows(&json["hidden"]).iter().map(|&width| width as usize).collect(),
        linear: flag("linear"),
        item_bias: flag("bias").then_some(items),
        implicit: flag("start").then_some(items),
    }
}

fn local_update(json: &Value) -> LocalUpdate {
    let scope = match text(json, "scope") {
        "linear" => Scope::Linear,
        "last" => Scope::Last,
        "decision" => Scope::Decision,
        "all" => Scope::All,
        other => panic!("unknown scope {other}"),
    };
    let loss = match text(json, "loss") {
        "squared_error" => Some(Loss::SquaredError),
        "bce_with_logits" => Some(Loss::BceWithLogits),
        "softmax" => None,
        other => panic!("unknown loss {other}"),
    };
    let steps = || json["steps"].as_u64().unwrap() as usize;
    let kappa = || json["kappa"].as_f64().unwrap();
    let update = match text(json, "method") {
        "gradient" => {
            let loss = loss.expect("a loss of ratings");
            LocalUpdate::Gradient(Gradient { scope, loss, steps: steps(), kappa: kappa(), rates: Rates::PerParameter })
        }
        "ridge" => LocalUpdate::Ridge,
        "softmax" => LocalUpdate::Softmax(Softmax { steps: steps(), kappa: kappa() }),
        other => panic!("unknown method {other}"),
    };
    assert_eq!((update.scope(), update.loss()), (scope, loss), "{}", text(json, "case"));
    update
}

/// Read the task of one user; the label of a pick is 1.
fn read_task(json: &Value, items: &Items) -> Task {
    let examples = |set: &str| {
        let positions: Vec<usize> = rows(&json[set]).iter().map(|&i| i as usize).collect();
        let labels = match json.get(format!("{set}_labels")) {
            Some(labels) => numbers(labels).into_iter().map(|label| label as f32).collect(),
            None => vec![1.0; positions.len()],
        };
        Examples { items: items.select(positions.into_iter()), labels }
    };
    let user = USER_FIELDS.map(|name| rows(&json["user"][name])).into();
    Task { user, support: examples("support"), query: examples("query") }
}

/// Return the numbers of `tensors` one after the other; the files do not say on which side a field is.
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

fn text<'a>(json: &'a Value, key: &str) -> &'a str {
    json[key].as_str().unwrap()
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
