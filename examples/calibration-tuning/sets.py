"""The rows that `vouch tune export --for trl` wrote, in a fixed order."""

import json
import pathlib
import random

# Every setting was fixed before the run, so the validation part chooses nothing and is held out like the test part.
HELD_OUT = ("validation", "test")


def read(folder, part):
    """[{prompt, completion, id, group}] of one part; index.jsonl names the answer behind each line."""
    folder = pathlib.Path(folder)
    lines = [json.loads(line) for line in (folder / f"{part}.jsonl").read_text(encoding="utf8").splitlines()]
    index = [json.loads(line) for line in (folder / "index.jsonl").read_text(encoding="utf8").splitlines()]
    names = [each for each in index if each["part"] == part]
    if len(names) != len(lines):
        raise SystemExit(f"{folder}/index.jsonl is not that of {part}.jsonl: {len(names)} lines against {len(lines)}")
    return [{**row, "id": name["id"], "group": name["group"]} for row, name in zip(lines, names)]


def by_question(rows, seed, most=None):
    """Whole questions in random order, until there are `most` rows. A longer list begins with the shorter ones."""
    groups = {}
    for row in rows:
        groups.setdefault(row["group"], []).append(row)
    order = sorted(groups)
    random.Random(seed).shuffle(order)
    found = []
    for group in order:
        if most is not None and len(found) >= most:
            break
        found.extend(groups[group])
    return found


def train_rows(folder, seed, most=None):
    return by_question(read(folder, "train"), seed, most)


def held_out_rows(folder, seed, most=None):
    return by_question([row for part in HELD_OUT for row in read(folder, part)], seed, most)
