"""scikit-learn's MLPClassifier, stopped on other questions by our code (its own early stopping uses random rows)."""
from copy import deepcopy
from itertools import product

import numpy as np
from dense import Dense
from inner import log_loss, logit_mean, race
from sklearn.neural_network import MLPClassifier

SCALINGS = ["standard", "normal"]
HIDDEN = [(64,), (64, 64)]
PENALTIES = [1e-2, 1, 10]
EPOCHS = 60
PATIENCE = 8
BUDGET = (
    f"{len(SCALINGS)} scalings x {len(HIDDEN)} shapes x {len(PENALTIES)} penalties raced over the inner folds, each model stopped "
    f"on other questions (at most {EPOCHS} epochs, patience {PATIENCE}); logit mean of the best setting's models"
)


def fit_predict(fit, test, folds, seed, threads, fast):
    def stopped(setting, inside, outside):
        scaling, hidden, penalty = setting
        encode = Dense(inside, scaling)
        hard = inside.hard()
        x, held = encode(hard), encode(outside)
        net = MLPClassifier(
            hidden, alpha=penalty, batch_size=min(256, len(hard)), learning_rate_init=1e-3, random_state=seed
        )
        least, best, at = np.inf, None, 0
        for epoch in range(EPOCHS):
            net.partial_fit(x, hard.y, classes=[0, 1], sample_weight=hard.w)
            loss = log_loss(net.predict_proba(held)[:, 1], outside)
            if loss < least:
                least, best, at = loss, deepcopy(net), epoch
            elif epoch - at >= PATIENCE:
                break
        return lambda part: best.predict_proba(encode(part))[:, 1]

    grid = product(SCALINGS[:1], HIDDEN[:1], PENALTIES) if fast else product(SCALINGS, HIDDEN, PENALTIES)
    models, loss, setting = race(list(grid), fit, folds, stopped)
    return logit_mean(models, test), loss, setting
