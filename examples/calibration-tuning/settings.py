"""What the programs of this recipe have in common on the command line."""

import argparse
import os
import pathlib

import torch


def parse(description, **more):
    """Arguments; `more` names further ones: name=dict(of add_argument). Sets the number of threads of torch."""
    parser = argparse.ArgumentParser(description=description)
    for name, how in more.items():
        parser.add_argument(how.pop("flag", f"--{name.replace('_', '-')}"), **how)
    parser.add_argument("--gguf", default="smollm2-135m-instruct.gguf", help="the model as a GGUF file")
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("work"), help="folder of all results")
    parser.add_argument("--held-out", type=int, help="at most about so many held-out answers (default: all)")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    return given
