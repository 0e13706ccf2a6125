"""Rows per cpu-second of scikit-learn's MLPClassifier, 40-128-64-1, relu, batch 1024, float32, one thread. JSON."""
import json
import sys
import time
import warnings

import numpy as np
import sklearn
from sklearn.neural_network import MLPClassifier

n, epochs = int(sys.argv[1]), int(sys.argv[2])
rng = np.random.default_rng(0)
x = rng.standard_normal((n, 40)).astype(np.float32)
y = (x[:, 0] + 0.5 * x[:, 1] * x[:, 2] + rng.standard_normal(n) > 0).astype(int)
warnings.filterwarnings("ignore")


def fit(k):
    net = MLPClassifier((128, 64), batch_size=1024, max_iter=k, tol=0, n_iter_no_change=10**6, learning_rate_init=2e-3)
    start = time.process_time()
    net.fit(x, y)
    return time.process_time() - start


fit(1)
seconds = fit(epochs)
print(json.dumps({"rowsPerSecond": n * epochs / seconds, "version": sklearn.__version__}))
