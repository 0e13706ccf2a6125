"""What RealMLP and TabM of pytabkit share: one model per inner fold, stopped on its log-loss; their logits are averaged."""
import logging
import warnings

import numpy as np
from frame import Frame
from inner import log_loss, logit_mean


def fit_folds(make, fit, test, folds, seed):
    """
    Fits `make()` once per inner fold, stopped on the fold's held-out rows. Returns the probability of the mean logit over
    test rows and the first model's loss on the rows that stopped it.
    """
    warnings.filterwarnings("ignore")
    for name in ["pytorch_lightning", "lightning"]:
        logging.getLogger(name).setLevel(logging.ERROR)
    models = [fit_fold(make(), fit.drawn(seed), *fold) for fold in folds]
    outside = fit.take(folds[0][1])
    return logit_mean(models, test), log_loss(models[0](outside), outside)


def fit_fold(model, hard, rows, held):
    encode = Frame(hard.take(rows))
    both = hard.take(np.concatenate([rows, held]))
    model.fit(encode(both), both.y.astype(int), val_idxs=np.arange(len(rows), len(both)))
    return lambda part: model.predict_proba(encode(part))[:, 1].astype(float)
