"""LoRA on the upper layers, over the kept hidden states of the lower ones."""

import random
import time

import numpy as np
import torch
from peft import LoraConfig, get_peft_model

import hidden
import model as models

BATCH = 8
EPOCHS = 2
RATE = 1e-3
RANK = 8
ALPHA = 32
TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def adapted(upper, seed):
    """The upper layers with a new adapter. PEFT changes the layers in place, so the whole model has it too."""
    torch.manual_seed(seed)
    return get_peft_model(upper, LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=TARGETS))


def outputs(upper, rows, work, name):
    """What the upper layers give [n, tokens, 576], right-padded, and the number of tokens of each row."""
    arrays = [np.load(hidden.path_of(work, name, row)).astype(np.float32) for row in rows]
    _, mask = models.padded([[0] * len(each) for each in arrays])
    states = torch.zeros(*mask.shape, arrays[0].shape[1])
    for i, each in enumerate(arrays):
        states[i, : len(each)] = torch.from_numpy(each)
    out = upper(inputs_embeds=states, attention_mask=mask, use_cache=False).last_hidden_state
    return out, mask.sum(1)


def train(upper, rows, loss_of, seed):
    """AdamW; the learning rate rises over a tenth of the steps, then falls to 0. `loss_of` takes a batch of rows."""
    weights = [each for each in upper.parameters() if each.requires_grad]
    steps = EPOCHS * -(-len(rows) // BATCH)
    optimiser = torch.optim.AdamW(weights, lr=RATE, weight_decay=0.0)
    factor = lambda step: min((step + 1) / (0.1 * steps), 1 - step / steps)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, factor)
    draw = random.Random(seed)
    began = time.time()
    step = 0
    for _ in range(EPOCHS):
        order = draw.sample(rows, len(rows))
        for at in range(0, len(order), BATCH):
            loss = loss_of(order[at : at + BATCH])
            loss.backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
            step += 1
            if step % 10 == 0 or step == steps:
                print(f"step {step} of {steps}: loss {loss.item():.3f}, {time.time() - began:.0f} s", flush=True)
    return sum(each.numel() for each in weights)
