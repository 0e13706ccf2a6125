"""Logistic regression, ridge penalty and scaling tuned by question."""
import numpy as np
from dense import Dense
from inner import log_loss
from sklearn.linear_model import LogisticRegression

SCALINGS = ["standard", "normal"]
PENALTIES = [1e4, 3e3, 1e3, 300, 100, 30, 10, 3, 1, 0.3]
BUDGET = f"{len(PENALTIES)} ridge penalties x {len(SCALINGS)} scalings x inner folds; median, missing flags, one-hots; refit"


def fit_predict(fit, test, folds, seed, threads, fast):
    penalties = PENALTIES[1:-1:2] if fast else PENALTIES
    scalings = SCALINGS[:1] if fast else SCALINGS
    losses = np.zeros((len(folds), len(scalings), len(penalties)))
    for f, (rows, held) in enumerate(folds):
        inside, outside = fit.take(rows), fit.take(held)
        for s, scaling in enumerate(scalings):
            encode = Dense(inside, scaling)
            x = encode(outside)
            path = models(encode, inside, penalties)
            losses[f, s] = [log_loss(model.predict_proba(x)[:, 1], outside) for model in path]
    s, p = np.unravel_index(np.argmin(losses.mean(axis=0)), losses.shape[1:])
    encode = Dense(fit, scalings[s])
    (model,) = models(encode, fit, [penalties[p]])
    chosen = f"penalty {penalties[p]:g}, {scalings[s]}"
    return model.predict_proba(encode(test))[:, 1], losses[0, s, p], chosen


def models(encode, part, penalties):
    hard = part.hard()
    x = encode(hard)
    for penalty in penalties:
        model = LogisticRegression(C=1 / penalty, solver="newton-cholesky", max_iter=50)
        yield model.fit(x, hard.y, sample_weight=hard.w)
