"""Checks the programs of this recipe in seconds, on a tiny model with random weights. It prints "ok" or fails.

    python check.py --work work

WORK/base must be there (any other program makes it), because its tokenizer is used.
"""

import json
import tempfile
from pathlib import Path

import torch
from peft import PeftModel
from transformers import AutoTokenizer, LlamaConfig, LlamaForCausalLM

import hidden
import lora
import model as models
import settings
import tune_idk
import tune_ptrue
from probe import probe


def tiny(tokenizer):
    torch.manual_seed(1)
    sizes = dict(hidden_size=24, intermediate_size=32, num_attention_heads=3, num_key_value_heads=1)
    config = LlamaConfig(vocab_size=len(tokenizer), num_hidden_layers=30, initializer_range=0.2, **sizes)
    return LlamaForCausalLM(config).eval().requires_grad_(False)


def rows_of(kind, many):
    texts = [f"What is {i} plus {i % 3}?" for i in range(many)]
    said = lambda i: ("True" if i % 2 else "False") if kind == "probes" else ("It is so." if i % 2 else "I don't know.")
    asked = [probe({"prompt": text, "answer": "yes" if i % 2 else "no"}) for i, text in enumerate(texts)]
    return [
        {"id": f"{i}", "prompt": [{"role": "user", "content": text}], "completion": [{"content": said(i)}]}
        for i, text in enumerate(asked)
    ]


def close(a, b, within, what):
    gap = (a - b).abs().max().item()
    assert gap < within, f"{what}: they differ by {gap}"


def main():
    given = settings.parse(__doc__.splitlines()[0])
    base = given.work / "base"
    if not base.is_dir():
        raise SystemExit(f"{base} is not there: run tune_ptrue.py --sizes 0 first, which makes it")
    tokenizer = AutoTokenizer.from_pretrained(base)
    model = tiny(tokenizer)
    work = Path(tempfile.mkdtemp())
    rows = rows_of("probes", 32)
    head = model.lm_head.weight[models.words(tokenizer, "True", "False")]
    hidden.compute(models.lower_part(model), tokenizer, rows, work, "probes")

    # both parts together are the whole model, whatever the padding (the kept states have 16 bits)
    whole = torch.stack([alone(model, head, tokenizer, row) for row in rows])
    with torch.no_grad():
        parts = tune_ptrue.logits(models.upper_part(model), head, rows, work)
    close(whole, parts, 0.05, "lower and upper layers against the whole model")

    # training separates the two words, and the adapter alone does it
    upper = lora.adapted(models.upper_part(model), seed=1)
    loss_of = lambda batch: torch.nn.functional.cross_entropy(
        tune_ptrue.logits(upper, head, batch, work), tune_ptrue.wanted(batch)
    )
    before = loss_of(rows).item()
    for seed in range(8):
        lora.train(upper, rows, loss_of, seed)
    after = loss_of(rows).item()
    assert after < 0.5 * before, f"the loss went from {before} to {after}"
    judged = tune_ptrue.judged(upper, head, rows, work)
    upper.save_pretrained(work / "adapter")
    upper.unload()
    with torch.no_grad():
        close(parts, tune_ptrue.logits(models.upper_part(model), head, rows, work), 1e-6, "the model after unload")

    # merged as verifier.py does, the whole model says the same
    PeftModel.from_pretrained(models.upper_part(model), work / "adapter").merge_and_unload()
    merged = torch.stack([alone(model, head, tokenizer, row) for row in rows]).softmax(-1)[:, 0]
    close(merged, torch.tensor([judged[row["id"]] for row in rows]), 0.02, "the merged model against the adapter")

    # "I don't know": the loss falls, and every question gets an answer of one line
    model = tiny(tokenizer)
    rows = rows_of("idk", 16)
    hidden.compute(models.lower_part(model), tokenizer, rows, work, "idk")
    upper = lora.adapted(models.upper_part(model), seed=1)
    loss_of = lambda batch: tune_idk.loss_of(upper, model.lm_head.weight, tokenizer, batch, work)
    before = loss_of(rows).item()
    lora.train(upper, rows, loss_of, 1)
    assert loss_of(rows).item() < before, "the loss of answers does not fall"
    found = tune_idk.answers(model, tokenizer, rows)
    assert sorted(found) == sorted(row["id"] for row in rows) and not any("\n" in text for text in found.values())
    print("ok", json.dumps({"loss before": round(before, 3), "loss after": round(loss_of(rows).item(), 3)}))


@torch.no_grad()
def alone(model, head, tokenizer, row):
    """The logits of True and False from the whole model, without padding."""
    ids = models.prompt_ids(tokenizer, row["prompt"])
    return head @ model.model(input_ids=torch.tensor([ids]), use_cache=False).last_hidden_state[0, -1]


if __name__ == "__main__":
    main()
