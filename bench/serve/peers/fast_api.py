"""FastAPI + onnxruntime: the token signals by numpy, the same graph. /v1/score reads a pydantic model, as in FastAPI's
tutorial; /tuned reads the raw body with orjson and bypasses FastAPI's own parsing. Arguments: model.onnx, port."""
import sys
from typing import Optional
import numpy as np
import onnxruntime
import orjson
import uvicorn
from fastapi import FastAPI, Request, Response
from pydantic import BaseModel
from token_signals import signals

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
MODELS = {"m1": 1, "m2": 2}
app = FastAPI()


class Alternative(BaseModel):
    token: str
    logprob: float


class Token(Alternative):
    top: list[Alternative]


class Record(BaseModel):
    id: Optional[str] = None
    model: Optional[str] = None
    prompt: Optional[str] = None
    answer: str
    tokens: list[Token]


class Score(BaseModel):
    id: Optional[str]
    logit: float
    probability: float
    low: float
    high: float
    shift: float


NAMES = ["logit", "probability", "low", "high", "shift"]


def infer(chosen, top, model):
    categories = np.array([[MODELS.get(model, 0)]], dtype=np.int64)
    values = session.run(NAMES, {"features": signals(np.array([chosen]), np.array([top])), "categories": categories})
    return {name: float(value[0]) for name, value in zip(NAMES, values)}


@app.post("/v1/score")
async def score(record: Record) -> Score:
    chosen = [token.logprob for token in record.tokens]
    top = [[other.logprob for other in token.top] for token in record.tokens]
    return Score(id=record.id, **infer(chosen, top, record.model))


@app.post("/tuned")
async def tuned(request: Request):
    record = orjson.loads(await request.body())
    tokens = record["tokens"]
    chosen = [token["logprob"] for token in tokens]
    top = [[other["logprob"] for other in token["top"]] for token in tokens]
    body = {"id": record.get("id"), **infer(chosen, top, record.get("model"))}
    return Response(orjson.dumps(body), media_type="application/json")


uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error", access_log=False, loop="uvloop", http="httptools")
