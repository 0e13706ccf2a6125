"""Out-of-fold logits of CatBoost on the folds of bench/trees.ts: mean of members stopped on inner splits, one thread."""
import json
import os
import sys
import time

import numpy as np
from catboost import CatBoostClassifier

folder = sys.argv[1]
task = json.load(open(os.path.join(folder, "task.json")))
x = np.fromfile(os.path.join(folder, "x"), np.float32).reshape(-1, task["width"])
y = np.array(task["y"]) > 0.5
z = np.zeros(len(y))
counts = []
start = time.process_time()
for fold in task["folds"]:
    logits = []
    for number, member in enumerate(fold["members"]):
        model = CatBoostClassifier(
            iterations=2000, learning_rate=0.04, depth=6, l2_leaf_reg=5, rsm=0.5, od_wait=100,
            random_seed=task["seed"] + number, thread_count=1, verbose=0, allow_writing_files=False,
        )
        fit, stop = member["fit"], member["stop"]
        model.fit(x[fit], y[fit], eval_set=(x[stop], y[stop]))
        logits.append(model.predict(x[fold["held"]], prediction_type="RawFormulaVal"))
        counts.append(model.tree_count_)
    z[fold["held"]] = np.mean(logits, axis=0)
json.dump({"z": z.tolist(), "seconds": time.process_time() - start, "trees": float(np.mean(counts))}, sys.stdout)
