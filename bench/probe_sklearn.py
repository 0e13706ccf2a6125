"""The peer of bench/probe.ts: scikit-learn's MLPClassifier on the same rows, folds and stopping rows. Prints JSON.

It reads job.json and x (float32) in the folder. Inputs are standardised on the rows that are fitted. The fit stops on
the given rows (other questions), after three epochs without a lower log-loss, and its best epoch predicts; the penalty
alpha is chosen on the same rows."""
import copy
import json
import sys
import time
import warnings

import numpy as np
import sklearn
from sklearn.metrics import log_loss
from sklearn.neural_network import MLPClassifier

warnings.filterwarnings("ignore")
folder = sys.argv[1]
job = json.load(open(f"{folder}/job.json"))


def network(alpha, seed, **more):
    return MLPClassifier(tuple(job["hidden"]), alpha=alpha, batch_size=128, random_state=seed, **more)


def fitted(x, y, rest, stop, w, alpha, seed):
    net = network(alpha, seed, learning_rate_init=5e-4)
    rng = np.random.default_rng(seed)
    best, best_loss, since, rows = None, np.inf, 0, 0
    for _ in range(20):
        epoch(net, x, y, rest, rng)
        rows += len(rest)
        loss = log_loss(y[stop], net.predict_proba(x[stop])[:, 1], sample_weight=w[stop], labels=[0, 1])
        if loss < best_loss:
            best, best_loss, since = copy.deepcopy(net), loss, 0
        else:
            since += 1
            if since >= 3:
                break
    return best, best_loss, rows


def epoch(net, x, y, rest, rng):
    order = rng.permutation(rest)
    net.partial_fit(x[order], y[order], classes=[0, 1])


def quality():
    n, size = job["n"], job["size"]
    x = np.fromfile(f"{folder}/x", dtype=np.float32).reshape(n, size)
    x = np.nan_to_num(x)
    y = (np.array(job["y"]) >= 0.5).astype(int)
    w = np.array(job["w"])
    probability = np.zeros(n)
    rows = seconds = 0
    for fold in job["fits"]:
        fit, held = np.array(fold["fit"]), np.array(fold["held"])
        rest, stop = np.array(fold["rest"]), np.array(fold["stop"])
        mean, deviation = x[fit].mean(0), x[fit].std(0)
        z = np.clip((x - mean) / np.where(deviation > 0, deviation, 1), -10, 10).astype(np.float32)
        start = time.process_time()
        tried = [fitted(z, y, rest, stop, w, alpha, job["seed"]) for alpha in (1e-4, 1.0)]
        seconds += time.process_time() - start
        rows += sum(each[2] for each in tried)
        net = min(tried, key=lambda each: each[1])[0]
        probability[held] = np.clip(net.predict_proba(z[held])[:, 1], 1e-7, 1 - 1e-7)
    return {"probability": probability.tolist(), "rowsPerSecond": rows / seconds}


def rates():
    n, inputs, epochs = job["n"], job["inputs"], job["epochs"]
    rng = np.random.default_rng(0)
    x = rng.standard_normal((n, inputs)).astype(np.float32)
    y = (x[:, 0] + rng.standard_normal(n) > 0).astype(int)

    def run(k):
        net = network(1e-4, 0, max_iter=k, tol=0, n_iter_no_change=10**6)
        start = time.process_time()
        net.fit(x, y)
        return time.process_time() - start

    run(1)
    return {"rowsPerSecond": n * epochs / run(epochs)}


result = quality() if job["kind"] == "quality" else rates()
print(json.dumps({**result, "version": sklearn.__version__}))
