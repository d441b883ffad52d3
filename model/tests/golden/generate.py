"""Compute the golden vectors: rewrite `expected` of every JSON file in this folder from what stands above it.

    python3 model/tests/golden/generate.py

Written from the formulas in README.md, in double precision, and independent of the Rust code. Needs Python 3.11 and
numpy. A second run writes the same bytes.

Derivatives are complex steps (Squire and Trapp 1998): for a function f that is analytic around x,
Im f(x + ih) / h = f'(x) + O(h²). Nothing is subtracted, so h can be 1e-30 and the derivative is exact to machine
precision. The function is the query loss *after* the local update; its local gradients are written by hand below, hold
for complex numbers too, and are themselves compared with complex steps of the support loss. A ReLU opens by the real
part; no case has a unit near its kink.
"""

import json
from pathlib import Path

import numpy as np

H = 1e-30
ITEM_FIELDS = ["rated", "genre"]
USER_FIELDS = ["gender", "age"]
# Digits of a number that is written: enough for every test, and few enough that the last one is no rounding error.
DIGITS = 13


# The model. Parameters are arrays by tensor name; a position is that of an item in the case's catalogue.


def vector(case, parameters, fields, values):
    """Return the vector of one item or user: its fields' mean embeddings, side by side or summed."""
    parts = [np.mean(parameters[f"embedding.{field}"][np.atleast_1d(values[field])], axis=0) for field in fields]
    return sum(parts) if case["sum"] else np.concatenate(parts)


def item_vectors(case, parameters, positions):
    """Return a row per position."""
    rows = [vector(case, parameters, ITEM_FIELDS, {f: case["items"][f][i] for f in ITEM_FIELDS}) for i in positions]
    return np.array(rows).reshape(len(rows), -1)


def user_vector(case, parameters, task):
    return vector(case, parameters, USER_FIELDS, task["user"])


def layers(case, parameters):
    """Return weight and bias of every decision layer, the last one included."""
    count = len(case["hidden"]) + 1 if case["hidden"] else 0
    return [(parameters[f"decision.{k}.weight"], parameters[f"decision.{k}.bias"]) for k in range(count)]


def network(case, parameters, task, positions):
    """Return the inputs of every decision layer and the output of the last, one number per position."""
    x = item_vectors(case, parameters, positions)
    c = user_vector(case, parameters, task)
    inputs = [np.hstack([x, np.tile(c, (len(x), 1))])]
    output = np.zeros(len(x))
    for k, (weight, bias) in enumerate(layers(case, parameters)):
        z = inputs[k] @ weight.T + bias
        if k < len(case["hidden"]):
            inputs.append(np.where(z.real > 0, z, 0))
        else:
            output = z[:, 0]
    return inputs, output


def predict(case, parameters, task, positions):
    """Return mean + item bias + linear path + network, one number per position."""
    y = network(case, parameters, task, positions)[1]
    if case["linear"]:
        y = y + item_vectors(case, parameters, positions) @ parameters["linear.weight"]
    if case["bias"]:
        y = y + parameters["mean"] + parameters["item_bias"][positions]
    return y


def started(case, parameters, task):
    """Return the parameters with the linear path where this user starts: v + c + Σ yⱼ / √(|S| + 1)."""
    if not case["start"]:
        return parameters
    path = parameters["linear.weight"]
    path = path + parameters["start"][task["support"]].sum(axis=0) / np.sqrt(len(task["support"]) + 1)
    if not case["hidden"]:
        c = user_vector(case, parameters, task)
        path = path + np.pad(c, (0, len(path) - len(c)))
    return parameters | {"linear.weight": path}


# Losses of one prediction y against one label, and their derivatives by y.


def loss(case, y, label):
    if case["loss"] == "squared_error":
        return (y - label) ** 2
    return np.log(1 + np.exp(y)) - label * y


def slope(case, y, label):
    if case["loss"] == "squared_error":
        return 2 * (y - label)
    return 1 / (1 + np.exp(-y)) - label


def log_probabilities(scores):
    """Return ln p of a softmax."""
    shifted = scores - scores.real.max()
    return shifted - np.log(np.exp(shifted).sum())


def catalogue_scores(case, parameters):
    """Return V·w + b of the whole catalogue; the mean is the same for all items and changes no choice."""
    positions = range(len(case["items"]["rated"]))
    return item_vectors(case, parameters, positions) @ parameters["linear.weight"] + parameters["item_bias"]


def support_loss(case, parameters, task):
    """Return Σ ℓ / (|S| + κ), 0 without support."""
    support = task["support"]
    if not support:
        return 0.0
    if case["method"] == "softmax":
        losses = -log_probabilities(catalogue_scores(case, parameters))[support]
    else:
        losses = loss(case, predict(case, parameters, task, support), np.array(task["support_labels"]))
    return losses.sum() / (len(support) + case.get("kappa", 0))


def query_loss(case, parameters, task):
    """Return the mean loss of the query; of picks Σ −ln p / √|Q|, where the support cannot be chosen again."""
    query = task["query"]
    if case["method"] != "softmax":
        return loss(case, predict(case, parameters, task, query), np.array(task["query_labels"])).mean()
    scores = catalogue_scores(case, parameters)
    left = [i for i in range(len(scores)) if i not in task["support"]]
    logs = log_probabilities(scores[left])
    return -sum(logs[left.index(i)] for i in query) / np.sqrt(len(query))


# The local update.


def moved(case):
    """Return the names of the tensors that the local update moves."""
    names = list(case["parameters"])
    last = f"decision.{len(case['hidden'])}."
    in_scope = {
        "linear": lambda name: name == "linear.weight",
        "last": lambda name: name == "linear.weight" or name.startswith(last),
        "decision": lambda name: name == "linear.weight" or name.startswith("decision."),
        "all": lambda name: name not in ("mean", "item_bias", "start"),
    }
    return [name for name in names if in_scope[case["scope"]](name)]


def example_gradient(case, parameters, task, positions, slopes):
    """Return Σ slope · ∂ŷ/∂parameter over examples, of every tensor that can move."""
    gradient = {name: np.zeros(value.shape, complex) for name, value in parameters.items()}
    inputs, _ = network(case, parameters, task, positions)
    width = item_vectors(case, parameters, positions).shape[1]
    by_input = np.zeros(inputs[0].shape, complex)
    if case["hidden"]:
        delta = slopes[:, None]
        for k, (weight, _) in reversed(list(enumerate(layers(case, parameters)))):
            gradient[f"decision.{k}.weight"] = delta.T @ inputs[k]
            gradient[f"decision.{k}.bias"] = delta.sum(axis=0)
            delta = delta @ weight
            if k > 0:
                delta = np.where(inputs[k].real > 0, delta, 0)
        by_input += delta
    if case["linear"]:
        gradient["linear.weight"] = slopes @ inputs[0][:, :width]
        by_input[:, :width] += np.outer(slopes, parameters["linear.weight"])
    for i, position in enumerate(positions):
        for fields, values, by_vector in [
            (ITEM_FIELDS, {f: case["items"][f][position] for f in ITEM_FIELDS}, by_input[i, :width]),
            (USER_FIELDS, task["user"], by_input[i, width:]),
        ]:
            column = 0
            for field in fields:
                table = gradient[f"embedding.{field}"]
                rows = np.atleast_1d(values[field])
                table[rows] += by_vector[column : column + table.shape[1]] / len(rows)
                column += 0 if case["sum"] else table.shape[1]
    return gradient


def support_gradient(case, parameters, task):
    """Return the gradient of the support loss by the tensors that move."""
    support, share = task["support"], 1 / (len(task["support"]) + case["kappa"])
    if case["method"] == "softmax":
        wrong = len(support) * np.exp(log_probabilities(catalogue_scores(case, parameters)))
        wrong[support] -= 1
        vectors = item_vectors(case, parameters, range(len(wrong)))
        return {"linear.weight": share * (wrong @ vectors)}
    y = predict(case, parameters, task, support)
    slopes = share * slope(case, y, np.array(task["support_labels"]))
    gradient = example_gradient(case, parameters, task, support, slopes)
    return {name: gradient[name] for name in moved(case)}


def adapted(case, parameters, rates, task, first_order=False):
    """Return the parameters after the local update; `first_order` takes the local gradients for constants."""
    parameters = started(case, parameters, task)
    if not task["support"]:
        return parameters
    if case["method"] == "ridge":
        # w = (XᵀX + e^ρ)⁻¹ Xᵀe for the residuals e of the support.
        x = item_vectors(case, parameters, task["support"])
        residuals = np.array(task["support_labels"]) - predict(case, parameters, task, task["support"])
        w = np.linalg.solve(x.T @ x + np.diag(np.exp(rates["linear.weight"])), x.T @ residuals)
        return parameters | {"linear.weight": parameters["linear.weight"] + w}
    for _ in range(case["steps"]):
        gradient = support_gradient(case, parameters, task)
        if first_order:
            gradient = {name: value.real for name, value in gradient.items()}
        parameters = parameters | {name: parameters[name] - rates[name] * gradient[name] for name in gradient}
    return parameters


# Derivatives, and what is expected of a case.


def derivative(function, tensors):
    """Return the derivative of `function` by every number of `tensors`, as complex steps."""
    result = {}
    for name, tensor in tensors.items():
        result[name] = np.zeros(tensor.shape)
        for index in np.ndindex(tensor.shape):
            moved = tensor.astype(complex)
            moved[index] += 1j * H
            result[name][index] = np.imag(function(tensors | {name: moved})) / H
    return result


def check_support_gradient(case, parameters, task):
    """Compare the gradient that is written by hand with complex steps of the support loss."""
    by_hand = support_gradient(case, parameters, task)
    by_steps = derivative(lambda moving: support_loss(case, parameters | moving, task),
                          {name: parameters[name] for name in by_hand})
    for name, gradient in by_hand.items():
        np.testing.assert_allclose(gradient, by_steps[name], rtol=1e-12, atol=1e-14, err_msg=case["case"])


def gradient_norm(case, parameters, task, example):
    """Return the norm of one support example's own gradient, over the tensors that move."""
    position = [task["support"][example]]
    label = task["support_labels"][example]
    slopes = slope(case, predict(case, parameters, task, position), label)
    gradient = example_gradient(case, parameters, task, position, slopes)
    return np.sqrt(sum((gradient[name].real ** 2).sum() for name in moved(case)))


def expected(case, task):
    parameters = {name: np.array(value, dtype=float) for name, value in case["parameters"].items()}
    rates = {name: np.array(value, dtype=float) for name, value in case["local_rates"].items()}
    everything = np.arange(len(case["items"]["rated"]))
    before, after = started(case, parameters, task), adapted(case, parameters, rates, task)
    after = {name: value.real for name, value in after.items()}
    numbers = {}
    if case["start"]:
        numbers["start"] = before["linear.weight"]
    numbers["prediction_before"] = predict(case, before, task, everything)
    numbers["support_loss"] = support_loss(case, before, task)
    numbers["adapted"] = {name: after[name] for name in moved(case)}
    numbers["prediction_after"] = predict(case, after, task, everything)
    numbers["query_loss"] = query_loss(case, after, task)
    # A closed form has no local gradients to take for constants.
    orders = {"second_order": False} if case["method"] == "ridge" else {"second_order": False, "first_order": True}
    for order, first in orders.items():
        def outcome(parameters, rates):
            return query_loss(case, adapted(case, parameters, rates, task, first), task)

        numbers[f"meta_gradient_{order}"] = derivative(lambda moved: outcome(moved, rates), parameters)
        numbers[f"rate_gradient_{order}"] = derivative(lambda moved: outcome(parameters, moved), rates)
    if case["method"] != "ridge" and task["support"]:
        check_support_gradient(case, before, task)
    if case["method"] != "softmax":
        norms = [gradient_norm(case, before, task, i) for i in range(len(task["support"]))]
        numbers["gradient_norm_of_each_support_item"] = np.array(norms)
    return numbers


# The files.


def plain(value):
    """Return numbers as they are written; a negative zero is a zero."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if np.ndim(value) > 0:
        return [plain(part) for part in value]
    return float(f"{value:.{DIGITS}g}") + 0.0


def text(value, indent=""):
    """Return `value` as JSON with a line per vector."""
    inner = indent + " "
    if isinstance(value, dict):
        entries = [f"{inner}{json.dumps(key)}: {text(part, inner)}" for key, part in value.items()]
        return "{\n" + ",\n".join(entries) + f"\n{indent}}}"
    if isinstance(value, list) and any(isinstance(part, (list, dict)) for part in value):
        return "[\n" + ",\n".join(inner + text(part, inner) for part in value) + f"\n{indent}]"
    return json.dumps(value)


def main():
    for path in sorted(Path(__file__).parent.glob("*.json")):
        case = json.loads(path.read_text())
        case["expected"] = [plain(expected(case, task)) for task in case["tasks"]]
        path.write_text(text(case) + "\n")


if __name__ == "__main__":
    main()
