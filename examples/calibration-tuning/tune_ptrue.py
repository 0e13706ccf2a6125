"""Tunes P(True) once for each size of the training set, and judges the held-out answers.

    python tune_ptrue.py --sizes 0 250 500 1000 2000

For each size it writes WORK/ptrue/SIZE.jsonl (id and P(True) of each held-out answer), WORK/ptrue/SIZE.json (times)
and WORK/adapter-SIZE. What is there is not computed again. Size 0 is the model as it was.
"""

import json
import time

import torch

import hidden
import lora
import model as models
import sets
import settings


def logits(upper, head, rows, work):
    """The logits of True and False after each prompt: [n, 2]."""
    out, tokens = lora.outputs(upper, rows, work, "probes")
    return out[torch.arange(len(rows)), tokens - 1] @ head.T  # [n, 576] × [576, 2]


def wanted(rows):
    return torch.tensor([0 if row["completion"][0]["content"] == "True" else 1 for row in rows])


@torch.no_grad()
def judged(upper, head, rows, work, size=16):
    """P(True) of each row: {id: number}."""
    found = {}
    ordered = sorted(rows, key=lambda row: len(json.dumps(row["prompt"])))
    for at in range(0, len(ordered), size):
        batch = ordered[at : at + size]
        chance = logits(upper, head, batch, work).softmax(-1)[:, 0]
        found.update((row["id"], value.item()) for row, value in zip(batch, chance))
    return found


def clock():
    return time.time(), time.process_time()


def since(began):
    return {"wall": round(time.time() - began[0], 1), "cpu": round(time.process_time() - began[1], 1)}


def run(size, tokenizer, model, given):
    rows = sets.train_rows(given.work / "probes", given.seed, size)
    held_out = sets.held_out_rows(given.work / "probes", given.seed, given.held_out)
    times = {"rows": len(rows), "heldOut": len(held_out)}
    began = clock()
    for each in (held_out, rows):
        hidden.compute(models.lower_part(model), tokenizer, each, given.work, "probes")
    times["frozenLayers"] = since(began)
    head = model.lm_head.weight[models.words(tokenizer, "True", "False")]
    upper = models.upper_part(model)
    if rows:
        began = clock()
        upper = lora.adapted(upper, given.seed)
        cross_entropy = torch.nn.functional.cross_entropy
        loss_of = lambda batch: cross_entropy(logits(upper, head, batch, given.work), wanted(batch))
        times["weights"] = lora.train(upper, rows, loss_of, given.seed)
        times["training"] = since(began)
        upper.save_pretrained(given.work / f"adapter-{size}")
    began = clock()
    found = judged(upper, head, held_out, given.work)
    times["judging"] = since(began)
    if rows:
        upper.unload()  # the layers are as they were, for the next size
    return found, times


def main():
    given = settings.parse(__doc__.splitlines()[0], sizes=dict(type=int, nargs="+", default=[0, 250, 500, 1000, 2000]))
    folder = given.work / "ptrue"
    folder.mkdir(parents=True, exist_ok=True)
    sizes = [size for size in given.sizes if not (folder / f"{size}.json").exists()]
    if not sizes:
        return
    tokenizer, model = models.load(given.gguf, given.work)
    for size in sizes:
        found, times = run(size, tokenizer, model, given)
        lines = "".join(json.dumps({"id": name, "ptrue": value}) + "\n" for name, value in sorted(found.items()))
        (folder / f"{size}.jsonl").write_text(lines)
        (folder / f"{size}.json").write_text(json.dumps(times) + "\n")
        print(f"{size} rows: {times}", flush=True)


if __name__ == "__main__":
    main()
