"""
Simulates a large set of graded answers from a small one: `simulate.py TABLE… OUT.parquet ROWS SEED`. TABLE is from `vouch
features`. An answer lies between a real row and one of its nearest rows of the same task. Its label is drawn from a
teacher: half a network of random features, half asymmetric trees, both fitted on the real labels, with what a linear
model cannot express enlarged by half. Thirty made-up models differ from each other, and all answers to a question share a
hidden ease. OUT has columns like those of `vouch features`; OUT.truth has the probability that each label was drawn with.
"""
import sys

import numpy as np
import pandas as pd
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import QuantileTransformer

SIGNALS = 60
MODELS = 30
ANSWERS = 5  # to a question
NEAREST = 10
FEW = 20  # a column with at most so many values is not interpolated
FEATURES = 500  # random features of the network
SHARP = 1.5  # factor of what a linear model cannot express
EASE = 0.5  # standard deviation of the hidden ease of a question
# the loss of the truth, as a share of the loss of logistic regression on the real answers
ORACLE = 0.85
LEADING = ["id", "group", "model", "task", "label"]


def main(tables, out, rows, seed):
    rng = np.random.default_rng(seed)
    real = pd.concat([pd.read_parquet(table) for table in tables], ignore_index=True)
    real = real[real["label"].notna()].reset_index(drop=True)
    y = (real["label"].to_numpy() > 0.5).astype(int)
    numbers = numbers_of(real)
    encode = Encoder(numbers)
    x = encode(numbers)
    forest = ExtraTreesClassifier(200, min_samples_leaf=3, max_features=0.3, random_state=seed, n_jobs=1).fit(x, y)
    kept = most_important(numbers, forest, encode)
    numbers = numbers[kept]
    encode = Encoder(numbers)
    x = encode(numbers)
    teacher = Teacher(x, y, rng, seed)

    drawn, group, base = draw(numbers, x, real, rows, rng)
    model = rng.integers(0, MODELS, len(drawn))
    task = real["task"].fillna("").astype(str).to_numpy()[base]
    z = teacher(encode(drawn)) + tilt(encode(drawn), model, task, rng)
    z += EASE * rng.standard_normal(group.max() + 1)[group]
    truth = scaled(z, y.mean(), ORACLE * linear_loss(x, y, real["group"]))
    table = pd.DataFrame({"id": [f"a{i}" for i in range(len(drawn))], "group": [f"q{g}" for g in group]})
    table["model"] = [f"m{m}" for m in model]
    table["task"] = task
    table["label"] = (rng.random(len(drawn)) < truth).astype(float)
    pd.concat([table, drawn.reset_index(drop=True)], axis=1).to_parquet(out)
    truth.astype(np.float64).tofile(f"{out}.truth")


def numbers_of(real):
    rest = real.drop(columns=[name for name in LEADING if name in real])
    numeric = rest.loc[:, [pd.api.types.is_numeric_dtype(kind) for kind in rest.dtypes]].astype(float)
    return numeric.loc[:, [column.nunique() > 1 and column.notna().mean() > 0.1 for _, column in numeric.items()]]


class Encoder:
    """Each column as normal scores (0 where it is missing), then a flag for each column that is missing somewhere."""

    def __init__(self, numbers):
        self.scores = QuantileTransformer(n_quantiles=200, output_distribution="normal").fit(numbers)
        self.lacking = numbers.isna().any().to_numpy()

    def __call__(self, numbers):
        x = np.clip(np.nan_to_num(self.scores.transform(numbers)), -3, 3)
        return np.hstack([x, numbers.isna().to_numpy()[:, self.lacking]]).astype(np.float32)


def most_important(numbers, forest, encode):
    order = np.argsort(-forest.feature_importances_[: numbers.shape[1]], kind="stable")[:SIGNALS]
    return numbers.columns[np.sort(order)]


def linear_loss(x, y, group):
    p = cross_val_predict(linear(), x, y, groups=group, cv=GroupKFold(5), method="predict_proba")[:, 1]
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


def linear():
    return LogisticRegression(C=0.03, solver="newton-cholesky", max_iter=50)


class Teacher:
    """The logit of the linear model, plus the sharpened difference of the mean of network and trees from it."""

    def __init__(self, x, y, rng, seed):
        width = x.shape[1]
        self.weights = np.zeros((width, FEATURES), np.float32)
        for k in range(FEATURES):  # each feature reads four inputs
            self.weights[rng.choice(width, min(4, width), replace=False), k] = rng.standard_normal(4)[: min(4, width)]
        self.biases = rng.standard_normal(FEATURES).astype(np.float32)
        self.linear = linear().fit(x, y)
        self.network = linear().fit(self.features(x), y)
        self.forest = ExtraTreesClassifier(100, min_samples_leaf=5, max_features=0.3, random_state=seed, n_jobs=1).fit(x, y)

    def features(self, x):
        return np.hstack([x, np.tanh(x @ self.weights + self.biases)])

    def __call__(self, x):
        line = self.linear.decision_function(x)
        p = np.clip(self.forest.predict_proba(x)[:, 1], 0.01, 0.99)
        flexible = (self.network.decision_function(self.features(x)) + np.log(p / (1 - p))) / 2
        return line + SHARP * (flexible - line)


def draw(numbers, x, real, rows, rng):
    """The drawn rows, the number of each one's question, and the real row that it is nearest to by origin."""
    questions = rng.choice(real["group"].unique(), rows // ANSWERS)
    places = real.groupby("group").indices
    base = np.concatenate([rng.choice(places[question], ANSWERS) for question in questions])
    group = np.repeat(np.arange(len(questions)), ANSWERS)
    partner = partners(x, real["task"].fillna("").astype(str).to_numpy(), base, rng)
    share = rng.random(len(base))
    drawn = {}
    for name, column in numbers.items():
        a, b = column.to_numpy()[base], column.to_numpy()[partner]
        either = np.where(rng.random(len(base)) < share, b, a)
        between = a + share * (b - a)
        drawn[name] = either if column.nunique() <= FEW else np.where(np.isnan(between), either, between)
    return pd.DataFrame(drawn), group, base


def partners(x, task, base, rng):
    near = np.zeros((len(x), NEAREST), dtype=int)
    for name in np.unique(task):
        own = np.flatnonzero(task == name)
        near[own] = own[NearestNeighbors(n_neighbors=NEAREST).fit(x[own]).kneighbors(x[own], return_distance=False)]
    return near[base, rng.integers(0, NEAREST, len(base))]


def tilt(x, model, task, rng):
    """What differs between models: the level, also per task, the slopes of six inputs, and a few random features."""
    z = np.zeros(len(x))
    for m in range(MODELS):
        own = model == m
        columns = rng.choice(x.shape[1], 6, replace=False)
        bent = np.tanh(x[own][:, columns] @ rng.standard_normal((6, 4)))
        z[own] += 0.6 * rng.standard_normal() + x[own][:, columns] @ (0.15 * rng.standard_normal(6))
        z[own] += bent @ (0.3 * rng.standard_normal(4))
        for name in np.unique(task):
            z[own & (task == name)] += 0.3 * rng.standard_normal()
    return z


def scaled(z, rate, loss):
    """Probabilities of a line of z that have the given mean and mean entropy."""
    low, high = 0.0, 20.0
    for _ in range(40):
        slope = (low + high) / 2
        p = centred(slope * (z - z.mean()) / z.std(), rate)
        entropy = -np.mean(p * np.log(p) + (1 - p) * np.log(1 - p))
        low, high = (slope, high) if entropy > loss else (low, slope)
    return p


def centred(z, rate):
    low, high = -20.0, 20.0
    for _ in range(50):
        at = (low + high) / 2
        p = np.clip(1 / (1 + np.exp(-(z + at))), 1e-6, 1 - 1e-6)
        low, high = (at, high) if p.mean() < rate else (low, at)
    return p


if __name__ == "__main__":
    main(sys.argv[1:-3], sys.argv[-3], int(sys.argv[-2]), int(sys.argv[-1]))
