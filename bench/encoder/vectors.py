"""Vectors of texts by an independent implementation: Hugging Face tokenizers and onnxruntime for Python, mean pooling,
length 1. `python vectors.py DIR < texts.json > vectors.json`; one text at a time, without padding."""
import json
import sys

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

folder = sys.argv[1]
settings = json.load(open(f"{folder}/encoder.json"))
tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
tokenizer.no_padding()
tokenizer.enable_truncation(settings["maxTokens"])
options = ort.SessionOptions()
options.intra_op_num_threads = 1
session = ort.InferenceSession(f"{folder}/model.onnx", options, providers=["CPUExecutionProvider"])
output = session.get_outputs()[0].name

vectors = []
for text in json.load(sys.stdin):
    coded = tokenizer.encode(text)
    feeds = {
        "input_ids": np.array([coded.ids], dtype=np.int64),
        "attention_mask": np.array([coded.attention_mask], dtype=np.int64),
        "token_type_ids": np.array([coded.type_ids], dtype=np.int64),
    }
    (hidden,) = session.run([output], feeds)
    mean = hidden[0].astype(np.float64).mean(axis=0)
    vectors.append((mean / np.linalg.norm(mean)).tolist())
json.dump(vectors, sys.stdout)
