"""Rows as dense numbers, for learners that accept neither missing values nor categories."""
import numpy as np
from missing import flags_of, medians_of
from sklearn.preprocessing import QuantileTransformer, StandardScaler

RARE = 10
MOST_CATEGORIES = 50


class Dense:
    """
    Median imputation, a 0/1 column for each way of being missing, one-hots of categories with ten rows or more, scaled:
    `standard` (mean 0, variance 1) or `normal` (ranks to a normal distribution). Fitted on the given rows.
    """

    def __init__(self, part, scaling):
        self.median = medians_of(part)
        self.flags = flags_of(part)
        self.vocabularies = [vocabulary(column) for column in part.texts.T]
        n = len(part)
        self.scaler = (
            StandardScaler()
            if scaling == "standard"
            else QuantileTransformer(n_quantiles=min(1000, n), output_distribution="normal", random_state=0)
        )
        self.after = StandardScaler()
        self.scaler.fit(self._filled(part))
        self.after.fit(self._flagged(part))

    def __call__(self, part):
        """[n, width] float64."""
        return np.hstack([self.scaler.transform(self._filled(part)), self.after.transform(self._flagged(part))])

    def _filled(self, part):
        numbers = np.where(np.isnan(part.numbers), self.median, part.numbers)
        return np.hstack([numbers, np.zeros((len(part), 1))])  # one column at least

    def _flagged(self, part):
        flags = np.isnan(part.numbers[:, self.flags]).astype(float)
        hots = [part.texts[:, [c]] == np.array([words], dtype=object) for c, words in enumerate(self.vocabularies) if words]
        return np.hstack([flags, *[hot.astype(float) for hot in hots], np.zeros((len(part), 1))])


def vocabulary(column):
    """The values of a column with ten rows or more, the most common first."""
    values, counts = np.unique(np.array([v for v in column if v is not None], dtype=str), return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return [str(values[i]) for i in order if counts[i] >= RARE][:MOST_CATEGORIES]
