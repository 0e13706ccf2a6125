"""Rows as numbers followed by categories as whole numbers, for trees that take both."""
import numpy as np

MOST_CATEGORIES = 200


class Ordinal:
    """Numbers (NaN = missing), then each text column as the rank of its value among the 200 most common, else NaN."""

    def __init__(self, part):
        self.vocabularies = [most_common(column) for column in part.texts.T]

    def __call__(self, part):
        """[n, d + c] float64."""
        columns = [[words.get(v, np.nan) for v in part.texts[:, c]] for c, words in enumerate(self.vocabularies)]
        return np.column_stack([part.numbers, *[np.array(column, dtype=float) for column in columns]])


def most_common(column):
    values, counts = np.unique(np.array([v for v in column if v is not None], dtype=str), return_counts=True)
    order = np.argsort(-counts, kind="stable")[:MOST_CATEGORIES]
    return {str(values[i]): k for k, i in enumerate(order)}
