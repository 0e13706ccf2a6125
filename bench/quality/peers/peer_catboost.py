"""CatBoost with its own handling of missing values and categories."""
import numpy as np
import pandas as pd
from catboost import CatBoostClassifier, Pool
from inner import logit_mean, race

SETTINGS = 8
BUDGET = (
    f"its defaults and {SETTINGS - 1} random settings raced over the inner folds, each model stopped on other questions; "
    "logit mean of the best setting's models"
)


def fit_predict(fit, test, folds, seed, threads, fast):
    def stopped(setting, inside, outside):
        model = CatBoostClassifier(
            **setting,
            loss_function="Logloss",
            iterations=1000,
            early_stopping_rounds=40,
            thread_count=threads,
            random_seed=seed,
            verbose=False,
            allow_writing_files=False,
        )
        train, held = inside.hard(), outside.hard()
        model.fit(pool(train, train.y), eval_set=pool(held, held.y), use_best_model=True)
        return lambda part: model.predict_proba(pool(part))[:, 1]

    models, loss, setting = race(settings(seed)[: 3 if fast else SETTINGS], fit, folds, stopped)
    return logit_mean(models, test), loss, setting


def pool(part, y=None):
    table = pd.DataFrame(part.numbers, columns=[f"n{j}" for j in range(part.numbers.shape[1])])
    texts = [f"t{c}" for c in range(part.texts.shape[1])]
    for c, name in enumerate(texts):
        table[name] = ["(missing)" if value is None else value for value in part.texts[:, c]]
    return Pool(table, y, weight=None if y is None else part.w, cat_features=texts)


def settings(seed):
    """The defaults at a fixed rate, then random ones."""
    rng = np.random.default_rng(seed)
    drawn = [
        {
            "learning_rate": float(rng.choice([0.03, 0.06, 0.1])),
            "depth": int(rng.choice([3, 4, 6])),
            "l2_leaf_reg": float(10 ** rng.uniform(0, 2)),
            "random_strength": float(rng.choice([0.5, 1, 3])),
            "rsm": float(rng.choice([0.2, 0.5, 1.0])),
        }
        for _ in range(SETTINGS - 1)
    ]
    return [{"learning_rate": 0.06}, *drawn]
