"""Tunes the model to say "I don't know." where it was wrong, and asks it the held-out questions again.

    python tune_idk.py --rows 1000

It writes WORK/idk-answers.jsonl (id and new answer of each held-out answer), WORK/idk.json (times) and
WORK/adapter-idk. The frozen layers' states are kept, so after a stop only the training begins anew.
"""

import json

import torch

import hidden
import lora
import model as models
import sets
import settings
from tune_ptrue import clock, since

# as the answers of examples/smollm2.jsonl.gz were asked for: greedy, at most 24 tokens, one line
MOST_TOKENS = 24


def loss_of(upper, head, tokenizer, rows, work):
    """Cross-entropy of the completion's tokens alone."""
    out, tokens = lora.outputs(upper, rows, work, "idk")
    wanted = [models.completion_ids(tokenizer, row["completion"]) for row in rows]
    # the last hidden states of a row predict its completion
    used = [own[n - len(ids) : n] for own, n, ids in zip(out, tokens.tolist(), wanted)]
    targets = torch.tensor([token for ids in wanted for token in ids])
    return torch.nn.functional.cross_entropy(torch.cat(used) @ head.T, targets)  # [all tokens, vocabulary]


@torch.no_grad()
def answers(model, tokenizer, rows, size=16):
    """The greedy answer to each prompt: {id: text}, up to the first line break."""
    end = models.words(tokenizer, "<|im_end|>")[0]
    found = {}
    ordered = sorted(rows, key=lambda row: len(json.dumps(row["prompt"])))
    for at in range(0, len(ordered), size):
        batch = ordered[at : at + size]
        prompts = [models.prompt_ids(tokenizer, row["prompt"]) for row in batch]
        ids, mask = models.padded(prompts, value=end, left=True)
        said = model.generate(
            ids, attention_mask=mask, max_new_tokens=MOST_TOKENS, do_sample=False, eos_token_id=end, pad_token_id=end
        )
        for row, own in zip(batch, said[:, ids.shape[1] :]):
            found[row["id"]] = tokenizer.decode(own, skip_special_tokens=True).strip().split("\n")[0].strip()
        print(f"asked {min(at + size, len(ordered))} of {len(ordered)} questions", flush=True)
    return found


def main():
    given = settings.parse(__doc__.splitlines()[0], rows=dict(type=int, default=1000))
    if (given.work / "idk.json").exists():
        return
    tokenizer, model = models.load(given.gguf, given.work)
    rows = sets.train_rows(given.work / "idk", given.seed, given.rows)
    held_out = sets.held_out_rows(given.work / "idk", given.seed, given.held_out)
    times = {"rows": len(rows), "heldOut": len(held_out)}
    began = clock()
    hidden.compute(models.lower_part(model), tokenizer, rows, given.work, "idk")
    times["frozenLayers"] = since(began)
    began = clock()
    upper = lora.adapted(models.upper_part(model), given.seed)
    head = model.lm_head.weight
    times["weights"] = lora.train(
        upper, rows, lambda batch: loss_of(upper, head, tokenizer, batch, given.work), given.seed
    )
    times["training"] = since(began)
    upper.save_pretrained(given.work / "adapter-idk")
    began = clock()
    found = answers(model, tokenizer, held_out)
    times["asking"] = since(began)
    lines = "".join(json.dumps({"id": name, "answer": text}) + "\n" for name, text in sorted(found.items()))
    (given.work / "idk-answers.jsonl").write_text(lines, encoding="utf8")
    (given.work / "idk.json").write_text(json.dumps(times) + "\n")


if __name__ == "__main__":
    main()
