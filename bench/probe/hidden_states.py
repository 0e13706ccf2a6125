"""Hidden states of a model that gave answers, by transformers: `embeddings.LAYER` of the last token, for chosen layers.

    examples/calibration-tuning's venv: python bench/probe/hidden_states.py ANSWERS.jsonl.gz --gguf MODEL.gguf \
        --layers 20,30 --out FILE.jsonl.gz

Layer k is what layer k of the model gives; the last one comes after the final norm. The text is the prompt in the
model's chat template, and the answer. One file with all fields of the answers is written.
"""

import argparse
import gzip
import json
import os
import time

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


def text_of(row):
    return f"<|im_start|>user\n{row['prompt']}<|im_end|>\n<|im_start|>assistant\n{row['answer']}"


@torch.no_grad()
def states(model, ids, layers):
    """For each row of tokens, its last token's vector in each of the layers: [n][layer][width]."""
    width = max(map(len, ids))
    padded = torch.tensor([row + [0] * (width - len(row)) for row in ids])  # [n, tokens]
    mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in ids])
    hidden = model(input_ids=padded, attention_mask=mask, output_hidden_states=True, use_cache=False).hidden_states
    return [[hidden[k][i, len(row) - 1].tolist() for k in layers] for i, row in enumerate(ids)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("answers")
    parser.add_argument("--gguf", required=True)
    parser.add_argument("--layers", default="20,30")
    parser.add_argument("--out", required=True)
    given = parser.parse_args()
    layers = [int(k) for k in given.layers.split(",")]
    folder, name = os.path.split(given.gguf)
    tokenizer = AutoTokenizer.from_pretrained(folder or ".", gguf_file=name)
    model = AutoModelForCausalLM.from_pretrained(folder or ".", gguf_file=name, dtype=torch.float32).model.eval()
    with gzip.open(given.answers, "rt") as lines:
        rows = [json.loads(line) for line in lines]
    ids = [tokenizer(text_of(row), add_special_tokens=False).input_ids for row in rows]
    order = sorted(range(len(rows)), key=lambda i: len(ids[i]))
    began = time.time()
    for at in range(0, len(order), 16):
        block = order[at : at + 16]
        for i, found in zip(block, states(model, [ids[i] for i in block], layers)):
            vectors = {f"layer{k}": [float(f"{x:.6g}") for x in v] for k, v in zip(layers, found)}
            rows[i]["embeddings"] = vectors
    print(f"{len(rows)} answers, layers {given.layers}, {time.time() - began:.0f} s")
    with gzip.open(given.out, "wt") as out:
        for row in rows:
            out.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
