"""Seconds per grouped-bootstrap draw of each statistic by the usual libraries: metrics_peers.py FILE ROWS DRAWS.

FILE contains probability, label, question and cell as float64, one after the other. A draw takes whole questions with
replacement. Only the library's call on the drawn rows is timed. Prints JSON.
"""
import importlib.metadata as versions
import json
import sys
import time

import calibration
import numpy as np
import relplot
from calibration.utils import get_equal_bins, get_equal_prob_bins
from sklearn import metrics
from sklearn.isotonic import IsotonicRegression

file, rows, draws = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
p, y, group, cell = np.fromfile(file).reshape(4, rows)
y, group, cell = y.astype(int), group.astype(int), cell.astype(int)
order = np.argsort(group, kind="stable")
start = np.searchsorted(group[order], np.arange(group.max() + 2))
kumar = calibration.utils.lower_bound_scaling_ce


def within(p, y, cell):
    return np.average(
        [metrics.roc_auc_score(y[cell == c], p[cell == c]) for c in np.unique(cell)], weights=np.bincount(cell)
    )


def aurc(p, y):
    errors = np.cumsum(1 - y[np.argsort(-p, kind="stable")])
    return np.mean(errors / np.arange(1, len(y) + 1))


def refinement(p, y):
    return np.mean((IsotonicRegression().fit_transform(p, y) - y) ** 2)


peers = {
    "logLoss": lambda p, y, c: metrics.log_loss(y, p),
    "brier": lambda p, y, c: metrics.brier_score_loss(y, p),
    "auroc": lambda p, y, c: metrics.roc_auc_score(y, p),
    "aurocWithin": within,
    "ece": lambda p, y, c: kumar(p, y, p=1, debias=False, num_bins=15, binning_scheme=get_equal_prob_bins),
    "eceDebiased": lambda p, y, c: kumar(p, y, p=2, debias=True, num_bins=15, binning_scheme=get_equal_bins),
    "accuracyAtCoverage": lambda p, y, c: y[np.argsort(-p)[: int(0.8 * len(p))]].mean(),
    "brierRefinement": lambda p, y, c: refinement(p, y),
    "eceMass": lambda p, y, c: kumar(p, y, p=1, debias=False, num_bins=15, binning_scheme=get_equal_bins),
    "smoothEce": lambda p, y, c: relplot.smECE(p, y.astype(float)),
    "auprcErrors": lambda p, y, c: metrics.average_precision_score(1 - y, 1 - p),
    "aurc": lambda p, y, c: aurc(p, y),
}
rng = np.random.default_rng(1)
spent = dict.fromkeys(peers, 0.0)
for _ in range(draws):
    drawn = rng.integers(0, len(start) - 1, len(start) - 1)
    rows_drawn = np.concatenate([order[start[g] : start[g + 1]] for g in drawn])
    at = (p[rows_drawn], y[rows_drawn], cell[rows_drawn])
    for name, peer in peers.items():
        before = time.process_time()
        peer(*at)
        spent[name] += time.process_time() - before
value = {name: float(peer(p, y, cell)) for name, peer in peers.items()}
packages = ["scikit-learn", "relplot", "uncertainty-calibration"]
print(json.dumps({"seconds": {name: s / draws for name, s in spent.items()}, "value": value, "versions": {k: versions.version(k) for k in packages}}))
