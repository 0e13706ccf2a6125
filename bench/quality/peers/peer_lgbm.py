"""LightGBM with its own handling of missing values and categories."""
import lightgbm
import numpy as np
from inner import logit_mean, race
from ordinal import Ordinal

SETTINGS = 16
BUDGET = (
    f"its defaults and {SETTINGS - 1} random settings raced over the inner folds, each model stopped on other questions; "
    "logit mean of the best setting's models"
)


def fit_predict(fit, test, folds, seed, threads, fast):
    fixed = {
        "objective": "cross_entropy",
        "verbosity": -1,
        "num_threads": threads,
        "seed": seed,
        "deterministic": True,
        "force_col_wise": True,
    }

    def stopped(setting, inside, outside):
        encode = Ordinal(inside)
        d = inside.numbers.shape[1]
        texts = list(range(d, d + len(encode.vocabularies)))
        train = lightgbm.Dataset(encode(inside), inside.y, weight=inside.w, categorical_feature=texts)
        model = lightgbm.train(
            fixed | setting,
            train,
            num_boost_round=2000,
            valid_sets=[lightgbm.Dataset(encode(outside), outside.y, weight=outside.w, reference=train)],
            callbacks=[lightgbm.early_stopping(50, verbose=False)],
        )
        return lambda part: model.predict(encode(part), num_iteration=model.best_iteration)

    models, loss, setting = race(settings(seed)[: 5 if fast else SETTINGS], fit, folds, stopped)
    return logit_mean(models, test), loss, setting


def settings(seed):
    """The defaults, then random ones."""
    rng = np.random.default_rng(seed)
    drawn = [
        {
            "learning_rate": float(rng.choice([0.03, 0.06, 0.1])),
            "num_leaves": int(rng.choice([4, 8, 15, 31])),
            "min_data_in_leaf": int(rng.choice([5, 20, 50, 100])),
            "feature_fraction": float(rng.uniform(0.2, 1)),
            "bagging_fraction": float(rng.uniform(0.5, 1)),
            "bagging_freq": 1,
            "lambda_l2": float(10 ** rng.uniform(-2, 2)),
        }
        for _ in range(SETTINGS - 1)
    ]
    return [{}, *drawn]
