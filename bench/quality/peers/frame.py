"""Rows as a pandas table with categories, for pytabkit, which does not accept missing numbers."""
import numpy as np
import pandas as pd
from missing import flags_of, medians_of


class Frame:
    """Median imputation, a 0/1 column per pattern of missing values, texts as pandas categories."""

    def __init__(self, part):
        self.median = medians_of(part)
        self.flags = flags_of(part)
        self.known = [sorted({v for v in column if v is not None}) for column in part.texts.T]

    def __call__(self, part):
        numbers = np.where(np.isnan(part.numbers), self.median, part.numbers)
        flags = np.isnan(part.numbers[:, self.flags]).astype(float)
        table = pd.DataFrame(np.hstack([numbers, flags]).astype(np.float32))
        table.columns = [f"n{j}" for j in range(table.shape[1])]
        for c, words in enumerate(self.known):
            values = ["(missing)" if v is None else v for v in part.texts[:, c]]
            table[f"t{c}"] = pd.Categorical(values, categories=["(missing)", *words])
        return table
