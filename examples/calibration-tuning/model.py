"""SmolLM2-135M in two parts: lower layers that stay as they are, and upper layers that are tuned."""

import copy
import os

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

# The lower 22 of 30 layers are frozen. What they give for a text never changes, so it is computed once and kept.
FROZEN = 22


def load(gguf, work):
    """Tokenizer and model in float32. The first call converts the GGUF file and keeps the result in WORK/base."""
    base = work / "base"
    if (base / "tokenizer_config.json").exists():
        tokenizer = AutoTokenizer.from_pretrained(base)
        model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    else:
        folder, name = os.path.split(gguf)
        tokenizer = AutoTokenizer.from_pretrained(folder or ".", gguf_file=name)
        model = AutoModelForCausalLM.from_pretrained(folder or ".", gguf_file=name, dtype=torch.float32)
        # the weights are plain float32 by now, and transformers refuses to save what it takes for quantised
        model.hf_quantizer = None
        if hasattr(model.config, "quantization_config"):
            del model.config.quantization_config
        model.save_pretrained(base)
        tokenizer.save_pretrained(base)
    return tokenizer, model.eval().requires_grad_(False)


def lower_part(model):
    part = copy.copy(model.model)
    part._modules = dict(model.model._modules, layers=model.model.layers[:FROZEN], norm=torch.nn.Identity())
    return part


def upper_part(model):
    """The last layers, as a model that takes hidden states as `inputs_embeds`."""
    upper = copy.copy(model.model)
    upper._modules = dict(model.model._modules, layers=model.model.layers[FROZEN:])
    return upper


def prompt_ids(tokenizer, turns):
    """The template of SmolLM2 without its default system message: 24 tokens that would be the same in each row."""
    text = "".join(f"<|im_start|>{turn['role']}\n{turn['content']}<|im_end|>\n" for turn in turns)
    return tokenizer(f"{text}<|im_start|>assistant\n", add_special_tokens=False).input_ids


def completion_ids(tokenizer, turns):
    return tokenizer(f"{turns[0]['content']}<|im_end|>", add_special_tokens=False).input_ids


def padded(rows, value=0, left=False):
    """Lists of numbers as [n, longest], padded on the right (where a causal model never looks) or left; the mask."""
    width = max(map(len, rows))
    ids = torch.full((len(rows), width), value)
    mask = torch.zeros((len(rows), width), dtype=torch.long)
    for i, row in enumerate(rows):
        place = slice(width - len(row), width) if left else slice(len(row))
        ids[i, place] = torch.tensor(row)
        mask[i, place] = 1
    return ids, mask


def words(tokenizer, *texts):
    """The tokens of words that are one token each."""
    found = [tokenizer.encode(text, add_special_tokens=False) for text in texts]
    if any(len(each) != 1 for each in found):
        raise SystemExit(f"not one token each: {texts}")
    return [each[0] for each in found]
