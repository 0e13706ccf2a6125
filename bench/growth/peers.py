"""
LightGBM and CatBoost for bench/growth.ts: `peers.py JOB OUT`. JOB is JSON: `table` (Parquet from simulate.py), `test` (the
number of rows at its end that are predicted), `tasks` (each the fold of every row that is fitted, from the first row
on), `seed`. One setting each, close to what both tools advise for tables of this kind; no search. OUT is a JSON list by
task: for each peer, logits of the test rows by the model that stopped on fold 0 (`single`), their mean over the models of
all folds (`mean`), and the processor seconds of each model. CatBoost has no mean, because it takes six times as long.
"""
import json
import os
import sys
import time

import numpy as np
import pandas as pd
from catboost import CatBoostClassifier, Pool

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "quality", "peers"))
import lightgbm  # noqa: E402
from ordinal import Ordinal  # noqa: E402
from part import read_part  # noqa: E402


def lgbm(fit, stop, test, seed):
    encode = Ordinal(fit)
    d = fit.numbers.shape[1]
    texts = list(range(d, d + len(encode.vocabularies)))
    options = {
        "objective": "cross_entropy",
        "learning_rate": 0.05,
        "num_leaves": 31,
        "min_data_in_leaf": 20,
        "feature_fraction": 0.5,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "lambda_l2": 5,
        "verbosity": -1,
        "num_threads": 1,
        "seed": seed,
    }
    train = lightgbm.Dataset(encode(fit), fit.y, categorical_feature=texts)
    model = lightgbm.train(
        options,
        train,
        num_boost_round=3000,
        valid_sets=[lightgbm.Dataset(encode(stop), stop.y, reference=train)],
        callbacks=[lightgbm.early_stopping(50, verbose=False)],
    )
    return model.predict(encode(test), raw_score=True, num_iteration=model.best_iteration)


def catboost(fit, stop, test, seed):
    model = CatBoostClassifier(
        iterations=3000,
        learning_rate=0.06,
        depth=6,
        early_stopping_rounds=50,
        thread_count=1,
        random_seed=seed,
        verbose=False,
        allow_writing_files=False,
    )
    model.fit(pool(fit), eval_set=pool(stop))
    return model.predict(pool(test), prediction_type="RawFormulaVal")


def pool(part):
    table = pd.DataFrame(part.numbers)
    texts = [f"t{c}" for c in range(part.texts.shape[1])]
    for c, name in enumerate(texts):
        table[name] = ["(missing)" if value is None else value for value in part.texts[:, c]]
    table.columns = table.columns.astype(str)
    return Pool(table, part.y, cat_features=texts)


def main(job_file, out):
    with open(job_file) as file:
        job = json.load(file)
    ids = list(pd.read_parquet(job["table"], columns=["id"])["id"])
    everything = read_part(job["table"], ids, np.ones(len(ids)))
    test = everything.take(np.arange(len(ids) - job["test"], len(ids)))
    done = []
    for task in job["tasks"]:
        fold = np.array(task)
        results = {}
        for name, fitted, models in [("LightGBM", lgbm, fold.max() + 1), ("CatBoost", catboost, 1)]:
            logits, seconds = [], []
            for k in range(models):
                begun = time.process_time()
                fit, stop = everything.take(np.flatnonzero(fold != k)), everything.take(np.flatnonzero(fold == k))
                logits.append(fitted(fit, stop, test, job["seed"] + k))
                seconds.append(time.process_time() - begun)
            results[name] = {"single": logits[0].tolist(), "mean": np.mean(logits, axis=0).tolist(), "seconds": seconds}
        print(f"peers of {len(fold)} rows done", file=sys.stderr, flush=True)
        done.append(results)
    with open(out, "w") as file:
        json.dump(done, file)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
