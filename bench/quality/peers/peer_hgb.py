"""scikit-learn's HistGradientBoosting with its own handling of missing values and categories."""
import numpy as np
from inner import logit_mean, race
from ordinal import Ordinal
from sklearn.ensemble import HistGradientBoostingClassifier

SETTINGS = 12
BUDGET = (
    f"its defaults and {SETTINGS - 1} random settings raced over the inner folds, each model stopped on other questions; "
    "logit mean of the best setting's models"
)


def fit_predict(fit, test, folds, seed, threads, fast):
    def stopped(setting, inside, outside):
        encode = Ordinal(inside)
        train, held = inside.hard(), outside.hard()
        d = inside.numbers.shape[1]
        model = HistGradientBoostingClassifier(
            **setting,
            categorical_features=list(range(d, d + len(encode.vocabularies))),
            max_iter=1000,
            early_stopping=True,
            n_iter_no_change=30,
            tol=0,
            random_state=seed,
        )
        model.fit(
            encode(train), train.y, sample_weight=train.w, X_val=encode(held), y_val=held.y, sample_weight_val=held.w
        )
        rounds = max(1, int(np.argmax(model.validation_score_)))

        def probabilities(part):
            stages = model.staged_predict_proba(encode(part))
            return next(p for k, p in enumerate(stages, 1) if k == rounds)[:, 1]

        return probabilities

    models, loss, setting = race(settings(seed)[: 4 if fast else SETTINGS], fit, folds, stopped)
    return logit_mean(models, test), loss, setting


def settings(seed):
    """The defaults, then random ones."""
    rng = np.random.default_rng(seed)
    drawn = [
        {
            "learning_rate": float(rng.choice([0.03, 0.06, 0.1])),
            "max_leaf_nodes": int(rng.choice([4, 8, 15, 31])),
            "min_samples_leaf": int(rng.choice([5, 20, 50, 100])),
            "l2_regularization": float(10 ** rng.uniform(-2, 2)),
            "max_features": float(rng.choice([0.2, 0.5, 1.0])),
        }
        for _ in range(SETTINGS - 1)
    ]
    return [{}, *drawn]
