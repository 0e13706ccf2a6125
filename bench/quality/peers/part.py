"""Some rows of the table of signals: the rows that a peer is fitted on or predicts."""
from dataclasses import dataclass

import numpy as np
import pandas as pd

LEADING = ["id", "group", "label"]


@dataclass
class Part:
    """Numbers [n, d] (NaN = not recorded), texts [n, c] (None = not recorded), labels in 0..1, weights, questions."""

    numbers: np.ndarray
    texts: np.ndarray
    y: np.ndarray
    w: np.ndarray
    group: np.ndarray

    def __len__(self):
        return len(self.y)

    def take(self, rows):
        return Part(self.numbers[rows], self.texts[rows], self.y[rows], self.w[rows], self.group[rows])

    def one_class(self):
        """Whether all labels are 0 or all are 1, so that no classifier can be fitted."""
        return self.y.max() == 0 or self.y.min() == 1

    def rate(self):
        """Weighted share of right answers, kept half an answer away from 0 and 1."""
        return (np.sum(self.w * self.y) + 0.5) / (np.sum(self.w) + 1)

    def hard(self):
        """The same with labels 0 and 1 only: a soft label becomes a right and a wrong row that share its weight."""
        soft = np.flatnonzero((self.y > 0) & (self.y < 1))
        if len(soft) == 0:
            return self
        both = self.take(np.concatenate([np.arange(len(self)), soft]))
        n = len(self)
        both.w[n:] = self.w[soft] * (1 - self.y[soft])
        both.y[n:] = 0
        both.w[soft] = self.w[soft] * self.y[soft]
        both.y[soft] = 1
        return both

    def drawn(self, seed):
        """The same with each soft label drawn as 0 or 1, for libraries that take no weights."""
        y = (np.random.default_rng(seed).random(len(self)) < self.y).astype(float)
        return Part(self.numbers, self.texts, y, self.w, self.group)

    def varying(self):
        """Two masks: which columns of numbers and of texts have more than one value in these rows."""
        numbers = np.array([varies(column[~np.isnan(column)]) for column in self.numbers.T], dtype=bool)
        texts = np.array([varies(column) for column in self.texts.T], dtype=bool)
        return numbers, texts

    def columns(self, numbers, texts):
        return Part(self.numbers[:, numbers], self.texts[:, texts], self.y, self.w, self.group)


def varies(values):
    return len(values) > 1 and bool(np.any(values != values[0]))


def read_part(path, ids, weights):
    """The labelled rows of a Parquet table in its order. Error: ValueError if `ids` names others."""
    table = pd.read_parquet(path)
    table = table[table["label"].notna()]
    if list(table["id"]) != ids:
        raise ValueError("the table and the answers read beside it differ")
    rest = table.drop(columns=LEADING)
    is_text = np.array([not pd.api.types.is_numeric_dtype(kind) for kind in rest.dtypes], dtype=bool)
    numbers = rest.loc[:, ~is_text].to_numpy(dtype=float, copy=True)
    numbers[np.isinf(numbers)] = np.nan
    texts = rest.loc[:, is_text].astype(object)
    group = pd.factorize(table["group"])[0]
    return Part(
        numbers,
        texts.where(texts.notna(), None).to_numpy(dtype=object),
        table["label"].to_numpy(dtype=float),
        np.asarray(weights, dtype=float),
        group,
    )
