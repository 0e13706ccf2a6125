"""An MLServer model folder: the token signals, then an MLP 64-64 of scikit-learn, fitted on noise. Arguments: folder, HTTP, gRPC, metrics port."""
import json, sys
import joblib
import numpy as np
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from token_signals import from_flat

folder, http, grpc, metrics = sys.argv[1], *map(int, sys.argv[2:5])
draw = np.random.default_rng(1)
x = -draw.exponential(size=(200, 360))
x.reshape(200, 60, 6)[:, :, 1:].sort(axis=2)
x = x.reshape(200, 60, 6)
x[:, :, 1:] = x[:, :, :0:-1]
model = make_pipeline(FunctionTransformer(from_flat), StandardScaler(), MLPClassifier((64, 64), max_iter=20))
model.fit(x.reshape(200, 360), draw.integers(0, 2, 200))
joblib.dump(model, f"{folder}/model.joblib")
json.dump({"host": "127.0.0.1", "http_port": http, "grpc_port": grpc, "metrics_port": metrics, "parallel_workers": 0, "debug": False}, open(f"{folder}/settings.json", "w"))
json.dump({"name": "tokens", "implementation": "mlserver_sklearn.SKLearnModel", "parameters": {"uri": "./model.joblib"}}, open(f"{folder}/model-settings.json", "w"))
