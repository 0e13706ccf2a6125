"""A vouch model as an MLflow python_function: a table in, probabilities out. Needs numpy, onnxruntime, pandas.

The table has one column per number and category, by its name, and columns of lists for inputs of varying length
(token_logprobs, top_logprobs, ...). An absent column, None and NaN all mean "not recorded".
"""

import json
import os

import numpy as np
import onnxruntime
import pandas as pd

TYPES = {"float32": np.float32, "float64": np.float64, "int32": np.int32, "int64": np.int64}
ROWS = 1024  # at a time, because trees evaluate all their questions for all rows at once


class Model:
    def __init__(self, folder):
        with open(os.path.join(folder, "inputs.json"), encoding="utf-8") as file:
            self.description = json.load(file)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(
            os.path.join(folder, "model.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def predict(self, model_input, params=None):
        table = pd.DataFrame(model_input)
        names = ["probability", "logit", "low", "high", "shift"]
        parts = []
        for start in range(0, len(table), ROWS):
            part = table.iloc[start : start + ROWS]
            feeds = {spec["name"]: self._tensor(spec, part) for spec in self.description["inputs"]}
            parts.append(np.stack(self.session.run(names, feeds), axis=1).astype(np.float64))
        values = np.concatenate(parts) if parts else np.empty((0, len(names)))
        return pd.DataFrame(values, columns=names, index=table.index)

    def _tensor(self, spec, table):
        if spec["name"] == "categories":
            return self._categories(spec, table)
        if "columns" in spec:
            plain = [name.rsplit("@", 1)[0] for name in spec["columns"]]
            missing = pd.Series(np.nan, index=table.index)
            columns = [pd.to_numeric(table[name]) if name in table else missing for name in plain]
            return np.stack([column.to_numpy(np.float64, na_value=np.nan) for column in columns], axis=1).astype(
                TYPES[spec["type"]]
            )
        return self._lists(spec, table)

    def _categories(self, spec, table):
        places = np.zeros((len(table), len(spec["columns"])), np.int64)
        for c, name in enumerate(spec["columns"]):
            if name not in table:
                continue
            place = {value: i + 1 for i, value in enumerate(self.description["vocabularies"][name])}
            places[:, c] = [place.get(value, 0) for value in table[name]]
        return places

    def _lists(self, spec, table):
        rows = [as_list(value) for value in table[spec["name"]]] if spec["name"] in table else [[]] * len(table)
        fill = np.nan if spec["type"].startswith("float") else 0
        if len(spec["shape"]) == 2:
            length = spec["shape"][1] if isinstance(spec["shape"][1], int) else max(map(len, rows), default=0)
            tensor = np.full((len(rows), length), fill, TYPES[spec["type"]])
            for i, row in enumerate(rows):
                tensor[i, : len(row)] = numbers(row)
            return tensor
        nested = [[as_list(value) for value in row] for row in rows]
        length = max(map(len, nested), default=0)
        width = max((len(inner) for row in nested for inner in row), default=0)
        tensor = np.full((len(rows), length, width), fill, TYPES[spec["type"]])
        for i, row in enumerate(nested):
            for t, inner in enumerate(row):
                tensor[i, t, : len(inner)] = numbers(inner)
        return tensor


def as_list(value):
    return [] if value is None or isinstance(value, float) else value


def numbers(values):
    return [np.nan if value is None else value for value in values]


def _load_pyfunc(path):
    return Model(path)
