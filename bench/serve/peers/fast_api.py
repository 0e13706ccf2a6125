"""FastAPI + onnxruntime: the record parsed by orjson, the token signals by numpy, the same graph. Arguments: model.onnx, port."""
import sys
import numpy as np
import onnxruntime
import orjson
import uvicorn
from fastapi import FastAPI, Request, Response
from token_signals import signals

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
MODELS = {"m1": 1, "m2": 2}
app = FastAPI()


@app.post("/v1/score")
async def score(request: Request):
    record = orjson.loads(await request.body())
    tokens = record["tokens"]
    chosen = np.array([[token["logprob"] for token in tokens]])
    top = np.array([[[other["logprob"] for other in token["top"]] for token in tokens]])
    categories = np.array([[MODELS.get(record.get("model"), 0)]], dtype=np.int64)
    names = ["logit", "probability", "low", "high", "shift"]
    values = session.run(names, {"features": signals(chosen, top), "categories": categories})
    body = {"id": record.get("id"), **{name: float(value[0]) for name, value in zip(names, values)}}
    return Response(orjson.dumps(body), media_type="application/json")


uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error", access_log=False, loop="uvloop", http="httptools")
