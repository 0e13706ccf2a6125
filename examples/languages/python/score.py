"""Scores with an exported graph through onnxruntime, and checks it against its golden rows.

    python score.py exported/feature-graph
    python score.py exported/raw-graph

Needs numpy and onnxruntime. The folder contains model.onnx, inputs.json (inputs in order, vocabularies) and golden.json.
"""

import json
import pathlib
import sys

import numpy as np
import onnxruntime

TYPES = {"float32": np.float32, "float64": np.float64, "int32": np.int32, "int64": np.int64}


def padded(rows, spec):
    """Rows of nested lists as one array. Free axes have the length of the longest list; missing numbers are NaN."""
    shape = [len(rows)]
    lists = rows
    for size in spec["shape"][1:]:
        shape.append(size if isinstance(size, int) else max((len(row) for row in lists), default=0))
        lists = [inner for row in lists for inner in row if isinstance(inner, list)]
    array = np.full(shape, np.nan if spec["type"].startswith("float") else 0, TYPES[spec["type"]])

    def fill(at, values):
        for i, value in enumerate(values):
            if isinstance(value, list):
                fill((*at, i), value)
            elif value is not None:
                array[(*at, i)] = value

    fill((), rows)
    return array


def load(folder):
    folder = pathlib.Path(folder)
    inputs = json.loads((folder / "inputs.json").read_text())["inputs"]
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])

    def score(rows):
        """Probabilities of rows, each an object with the graph's inputs."""
        feeds = {spec["name"]: padded([row[spec["name"]] for row in rows], spec) for spec in inputs}
        return session.run(["probability"], feeds)[0]

    return score


if __name__ == "__main__":
    folder = sys.argv[1]
    score = load(folder)
    golden = json.loads((pathlib.Path(folder) / "golden.json").read_text())
    expected = np.array([row["expected"]["probability"] for row in golden])
    got = score([row["inputs"] for row in golden])
    worst = float(np.abs(got - expected).max())
    print(f"{len(golden)} golden rows, probability off by at most {worst:.1e}")
    sys.exit(0 if worst <= 1e-5 else 1)
