"""
Fits one peer on each of several sets of rows and writes its probabilities for the other rows. `run.py PEER JOB`. JOB is
JSON: `table` (Parquet from `vouch features`), `ids` and `weights` of its labelled rows in order, `seed`, `threads`,
`fast`, and `tasks`. A task has `fit` (row numbers) and `out`, a JSON file with `probability` (the other rows in order),
`inner` (log-loss of the chosen setting on the first inner fold; null where there is none), `chosen`, `budget` (what it
may try) and `seconds`. OMP_NUM_THREADS also limits threads.
"""
import importlib
import json
import os
import sys
import time

import numpy as np
from inner import folds_of
from part import read_part


def main(peer, job_file):
    with open(job_file) as file:
        job = json.load(file)
    module = importlib.import_module(f"peer_{peer}")
    everything = read_part(job["table"], job["ids"], job["weights"])
    for k, task in enumerate(job["tasks"]):
        started = time.time()
        others = np.ones(len(everything), dtype=bool)
        others[task["fit"]] = False
        result = predict(module, everything.take(task["fit"]), everything.take(others), job)
        seconds = round(time.time() - started, 1)
        with open(task["out"] + ".partial", "w") as file:
            json.dump({**result, "budget": module.BUDGET, "seconds": seconds}, file)
        os.replace(task["out"] + ".partial", task["out"])
        print(f"{peer} {k + 1}/{len(job['tasks'])}: {seconds} s, {result['chosen']}", file=sys.stderr, flush=True)


def predict(module, fit, test, job):
    numbers, texts = fit.varying()
    fit, test = fit.columns(numbers, texts), test.columns(numbers, texts)
    folds = [] if fit.one_class() else folds_of(fit, job["seed"])
    if not folds or fit.numbers.shape[1] + fit.texts.shape[1] == 0:
        return {"probability": [fit.rate()] * len(test), "inner": None, "chosen": "base rate: nothing to tell apart by"}
    p, loss, chosen = module.fit_predict(fit, test, folds, job["seed"], job["threads"], job["fast"])
    return {"probability": [float(x) for x in p], "inner": float(loss), "chosen": str(chosen)}


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
