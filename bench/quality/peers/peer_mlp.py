"""scikit-learn's MLPClassifier, stopped by hand on other questions (its own early stopping looks at random rows)."""
from itertools import product

import numpy as np
from dense import Dense
from inner import log_loss
from sklearn.neural_network import MLPClassifier

SCALINGS = ["standard", "normal"]
HIDDEN = [(64,), (64, 64)]
DECAYS = [1e-2, 1, 10]
MOST_EPOCHS = 60
PATIENCE = 8
BUDGET = (
    f"{len(SCALINGS)} scalings x {len(HIDDEN)} shapes x {len(DECAYS)} penalties on the first inner fold, each stopped on "
    f"other questions (at most {MOST_EPOCHS} epochs, patience {PATIENCE}); refit for as many epochs"
)


def fit_predict(fit, test, folds, seed, threads, fast):
    rows, held = folds[0]
    inside, outside = fit.take(rows), fit.take(held)
    grid = list(product(SCALINGS[:1], HIDDEN[:1], DECAYS) if fast else product(SCALINGS, HIDDEN, DECAYS))
    found = []
    for scaling, hidden, decay in grid:
        encode = Dense(inside, scaling)
        best, at = np.inf, 0
        for epoch, model in enumerate(epochs(encode, inside, hidden, decay, seed), 1):
            loss = log_loss(model.predict_proba(encode(outside))[:, 1], outside)
            if loss < best:
                best, at = loss, epoch
            if epoch - at >= PATIENCE or epoch == MOST_EPOCHS:
                break
        found.append((best, at))
    best = min(range(len(grid)), key=lambda i: found[i][0])
    scaling, hidden, decay = grid[best]
    loss, most = found[best]
    encode = Dense(fit, scaling)
    for epoch, model in enumerate(epochs(encode, fit, hidden, decay, seed), 1):
        if epoch == most:
            break
    chosen = f"{scaling}, {hidden}, penalty {decay:g}, {most} epochs"
    return model.predict_proba(encode(test))[:, 1], loss, chosen


def epochs(encode, part, hidden, decay, seed):
    """The same network after each pass over the rows."""
    hard = part.hard()
    x = encode(hard)
    batch = min(256, len(hard))
    model = MLPClassifier(hidden, alpha=decay, batch_size=batch, learning_rate_init=1e-3, random_state=seed)
    while True:
        model.partial_fit(x, hard.y, classes=[0, 1], sample_weight=hard.w)
        yield model
