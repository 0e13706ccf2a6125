"""An MLServer folder of two models: the token signals, then an MLP 64-64 of scikit-learn, fitted on noise.
`records` reads a record as JSON text, `tokens` reads bare log-probabilities. Arguments: folder, HTTP, gRPC, metrics port."""
import json, os, sys
import joblib
import numpy as np
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from token_signals import from_flat, from_records

folder, http, grpc, metrics = sys.argv[1], *map(int, sys.argv[2:5])
draw = np.random.default_rng(1)
x = np.sort(-draw.exponential(size=(200, 60, 6)), axis=2)[:, :, ::-1].reshape(200, 360)
fitted = make_pipeline(StandardScaler(), MLPClassifier((64, 64), max_iter=20))
fitted.fit(from_flat(x), draw.integers(0, 2, 200))
for name, reader in (("tokens", from_flat), ("records", from_records)):
    os.makedirs(f"{folder}/{name}")
    joblib.dump(make_pipeline(FunctionTransformer(reader), fitted), f"{folder}/{name}/model.joblib")
    settings = {"name": name, "implementation": "mlserver_sklearn.SKLearnModel", "parameters": {"uri": "./model.joblib"}}
    json.dump(settings, open(f"{folder}/{name}/model-settings.json", "w"))
ports = {"http_port": http, "grpc_port": grpc, "metrics_port": metrics}
json.dump({"host": "127.0.0.1", **ports, "parallel_workers": 0, "debug": False}, open(f"{folder}/settings.json", "w"))
