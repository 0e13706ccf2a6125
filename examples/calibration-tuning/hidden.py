"""Computes and keeps what the frozen layers give for each row: WORK/hidden/SET/ID.npy, float16 [tokens, 576].

    python hidden.py probes train --rows 500 --gguf smollm2-135m-instruct.gguf --work work

It can be stopped at any time; the same command continues. The programs that need these states compute what is missing,
so this one is only for several processes at once: --shard 0/2 and --shard 1/2 take half of the rows each.
"""

import os
import time
import urllib.parse

import numpy as np
import torch

import model as models
import sets
import settings


def path_of(work, name, row):
    return work / "hidden" / name / f"{urllib.parse.quote(row['id'], safe='')}.npy"


def tokens_of(tokenizer, row, name):
    """The tokens of the prompt. For "idk" also those of the completion but for the last, which is only predicted."""
    ids = models.prompt_ids(tokenizer, row["prompt"])
    return ids + models.completion_ids(tokenizer, row["completion"])[:-1] if name == "idk" else ids


@torch.no_grad()
def compute(lower, tokenizer, rows, work, name, size=16):
    missing = [row for row in rows if not path_of(work, name, row).exists()]
    began = time.time()
    for at in range(0, len(missing), size * 8):
        block = sorted(missing[at : at + size * 8], key=lambda row: len(tokens_of(tokenizer, row, name)))
        for i in range(0, len(block), size):
            batch = block[i : i + size]
            lists = [tokens_of(tokenizer, row, name) for row in batch]
            ids, mask = models.padded(lists)
            states = lower(input_ids=ids, attention_mask=mask, use_cache=False).last_hidden_state  # [n, tokens, 576]
            for row, own, tokens in zip(batch, states, lists):
                save(path_of(work, name, row), own[: len(tokens)].numpy().astype(np.float16))
        done = min(at + size * 8, len(missing))
        print(f"{name}: hidden states of {done} of {len(missing)} rows, {time.time() - began:.0f} s", flush=True)


def save(path, array):
    """Written aside and renamed, so that a file that is there is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(f".{os.getpid()}.tmp")
    with open(aside, "wb") as file:
        np.save(file, array)
    os.replace(aside, path)


def main():
    part = dict(flag="part", choices=("train", "held-out"))
    given = settings.parse(
        __doc__.splitlines()[0],
        set=dict(flag="set", choices=("probes", "idk")),
        part=part,
        rows=dict(type=int),
        shard=dict(default="0/1", help="i/n: every n-th row, from row i on"),
    )
    first, step = map(int, given.shard.split("/"))
    tokenizer, model = models.load(given.gguf, given.work)
    folder = given.work / given.set
    if given.part == "train":
        rows = sets.train_rows(folder, given.seed, given.rows)
    else:
        rows = sets.held_out_rows(folder, given.seed, given.held_out)
    compute(models.lower_part(model), tokenizer, rows[first::step], given.work, given.set)


if __name__ == "__main__":
    main()
