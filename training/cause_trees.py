"""Boosted trees that say how likely the rows of a table are of a kind, and their form as a part of an ONNX graph."""

import numpy as np
import onnx
from onnx import helper
from sklearn.ensemble import HistGradientBoostingClassifier

SETTINGS = {
    "learning_rate": 0.05,
    "l2_regularization": 5.0,
    "min_samples_leaf": 30,
    "max_features": 0.3,
    "early_stopping": False,
    "random_state": 7,
}


def grow(rows: np.ndarray, of_it: np.ndarray, trees: int, leaves: int) -> HistGradientBoostingClassifier:
    """Trees that tell the rows that are of it from the others."""
    model = HistGradientBoostingClassifier(max_iter=trees, max_leaf_nodes=leaves, **SETTINGS)
    return model.fit(rows, of_it)


def node(model: HistGradientBoostingClassifier, table: str, out: str) -> onnx.NodeProto:
    """A node that adds up a model's trees (before the logistic function) for the rows of a table."""
    nodes, leaves = _Columns(), _Columns()
    for number, (tree,) in enumerate(model._predictors):
        for place, one in enumerate(tree.nodes):
            leaf = bool(one["is_leaf"])
            nodes.add(
                treeids=number,
                nodeids=place,
                modes="LEAF" if leaf else "BRANCH_LEQ",
                featureids=0 if leaf else int(one["feature_idx"]),
                values=0.0 if leaf else _below(one["num_threshold"]),
                truenodeids=0 if leaf else int(one["left"]),
                falsenodeids=0 if leaf else int(one["right"]),
            )
            if leaf:
                leaves.add(treeids=number, nodeids=place, ids=0, weights=float(one["value"]))
    return helper.make_node(
        "TreeEnsembleRegressor",
        [table],
        [out],
        domain="ai.onnx.ml",
        n_targets=1,
        base_values=[float(model._baseline_prediction.ravel()[0])],
        post_transform="NONE",
        **{f"nodes_{name}": values for name, values in nodes.items()},
        **{f"target_{name}": values for name, values in leaves.items()},
    )


class _Columns(dict):
    """Lists of equal length by name."""

    def add(self, **values) -> None:
        for name, value in values.items():
            self.setdefault(name, []).append(value)


def _below(threshold: float) -> float:
    """The greatest number of single precision that is not above a threshold: rows fall on the same side of it."""
    found = np.float32(threshold)
    return float(np.nextafter(found, np.float32(-np.inf)) if found > threshold else found)
