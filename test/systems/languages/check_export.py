"""Holds an export against the tools it is meant for: ONNX checker, Triton's protobuf, MLflow. Prints one line of JSON."""

import json
import os
import pathlib
import sys

os.environ["MLFLOW_TRACKING_URI"] = "file:" + sys.argv[2]
import numpy as np
import onnx
import pandas as pd
from google.protobuf import text_format
from tritonclient.grpc import model_config_pb2

root = pathlib.Path(sys.argv[1])
found = {"onnx": {}, "triton": {}, "mlflow": {}}
names = {1: "float32", 6: "int32", 7: "int64", 11: "float64"}

for graph in sorted(root.rglob("*.onnx")):
    model = onnx.load(graph)
    onnx.checker.check_model(model, full_check=True)
    found["onnx"][str(graph.relative_to(root))] = model.opset_import[0].version

for path in sorted(root.glob("triton/*/config.pbtxt")):
    config = text_format.Parse(path.read_text(), model_config_pb2.ModelConfig())
    version = next(path.parent.glob("*/model.onnx"))
    graph = onnx.load(version).graph
    for declared, values in ((config.input, graph.input), (config.output, graph.output)):
        assert [each.name for each in declared] == [value.name for value in values], path
        for each, value in zip(declared, values):
            tensor = value.type.tensor_type
            dims = [d.dim_value if d.HasField("dim_value") else -1 for d in tensor.shape.dim][1:]
            own = list(each.reshape.shape) if each.HasField("reshape") else list(each.dims)
            assert own == dims, (path, each.name, own, dims)
            typed = {"float32": "TYPE_FP32", "float64": "TYPE_FP64", "int32": "TYPE_INT32", "int64": "TYPE_INT64"}
            assert model_config_pb2.DataType.Name(each.data_type) == typed[names[tensor.elem_type]], each.name
    assert config.name == path.parent.name and config.backend == "onnxruntime" and int(version.parent.name) >= 1
    found["triton"][config.name] = [len(config.input), len(config.output), config.max_batch_size]

import mlflow.pyfunc


def table_of(rows, description):
    """Golden rows as a user's table: a column a number or category, a column of lists for the rest."""
    columns = {}
    for spec in description["inputs"]:
        values = [row["inputs"][spec["name"]] for row in rows]
        if spec["name"] == "categories":
            for c, name in enumerate(spec["columns"]):
                vocabulary = description["vocabularies"][name]
                columns[name] = [vocabulary[row[c] - 1] if row[c] > 0 else None for row in values]
        elif "columns" in spec:
            for j, name in enumerate(spec["columns"]):
                columns[name.rsplit("@", 1)[0]] = np.array([row[j] for row in values], dtype=np.float64)
        elif spec["name"] == "words":
            columns["words"] = [np.array(row, dtype=np.int32) for row in values]
        else:
            nan = lambda x: [nan(y) for y in x] if isinstance(x, list) else float("nan") if x is None else float(x)
            columns[spec["name"]] = [nan(row) for row in values]
    return pd.DataFrame(columns)


for folder in sorted(root.glob("mlflow/*")):
    model = mlflow.pyfunc.load_model(str(folder))
    golden = json.loads((folder / "golden.json").read_text())
    description = json.loads((folder / "data" / "inputs.json").read_text())
    expected = np.array([row["expected"]["probability"] for row in golden])
    table = table_of(golden, description)
    off = np.abs(model.predict(table)["probability"].to_numpy() - expected).max()
    # a column that is not there at all is the same as one without a value
    held = table.dropna(axis=1, how="all")
    off_without = np.abs(model.predict(held)["probability"].to_numpy() - expected).max()
    columns = len(model.metadata.get_input_schema().inputs)
    found["mlflow"][folder.name] = {"rows": len(golden), "off": max(float(off), float(off_without)), "columns": columns}

print(json.dumps(found))
