"""From a batch of answers as Arrow columns to the inputs of a raw-signal graph; no loop over tokens. Needs numpy, pyarrow."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

CELLS = 4_000_000  # tokens × alternatives × rows a tensor may have: 32 MB
ROWS = 1024  # trees ask all their questions of all rows at once


def answers_schema(description):
    """The fields of an answer that a graph reads, as a Spark schema; `description` is its inputs.json."""
    fields = ["id string", "tokens array<struct<logprob: double, top: array<struct<logprob: double>>>>"]
    names = [name.rsplit("@", 1)[0] for spec in description["inputs"] for name in spec.get("columns", [])]
    texts = set(description["vocabularies"])
    for group in ("verifiers", "features"):
        own = [name for name in names if name.startswith(group + ".")]
        inner = [f"`{name.split('.', 1)[1]}`: {'string' if name in texts else 'double'}" for name in own]
        if inner:
            fields.append(f"{group} struct<{', '.join(inner)}>")
    fields += ["choices map<string, double>", "stated double", "model string", "task string", "bad string"]
    return ", ".join(fields)


def feeds_of(batch, description):
    """The graph's inputs by name. Missing values are NaN, or 0 for a category."""
    lengths, tokens = parts_of(batch.column("tokens"))
    makers = {
        "token_logprobs": lambda: padded(lengths, doubles(pc.struct_field(tokens, "logprob"))),
        "top_logprobs": lambda: alternatives(lengths, tokens),
        "choices": lambda: choices(batch.column("choices")),
    }
    feeds = {}
    for spec in description["inputs"]:
        name = spec["name"]
        if name == "categories":
            columns = [category(batch, each, description["vocabularies"][each]) for each in spec["columns"]]
            feeds[name] = np.stack(columns, axis=1)
        elif name == "numbers":
            columns = [doubles(column_of(batch, each.rsplit("@", 1)[0])) for each in spec["columns"]]
            feeds[name] = np.stack(columns, axis=1)
        else:
            feeds[name] = makers[name]()  # a bundle trained with --signals numbers has no others
    return feeds


def small(batch):
    """Divides a batch into smaller ones that need little padding."""
    lengths, tokens = parts_of(batch.column("tokens"))
    widest = max(1, int(parts_of(pc.struct_field(tokens, "top"))[0].max(initial=1)))
    start = 0
    while start < batch.num_rows:
        longest = np.maximum.accumulate(np.maximum(lengths[start : start + ROWS], 1))
        fits = longest * widest * np.arange(1, len(longest) + 1) <= CELLS
        rows = max(1, int(fits.sum()))
        yield batch.slice(start, rows)
        start += rows


def parts_of(lists):
    """The length of each list, and all their entries in one array."""
    return pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False), lists.flatten()


def doubles(values):
    return pc.fill_null(values, np.nan).to_numpy(zero_copy_only=False).astype(np.float64)


def padded(lengths, values):
    width = max(1, int(lengths.max(initial=0)))
    out = np.full((len(lengths), width, *values.shape[1:]), np.nan)
    out[np.arange(width) < lengths[:, None]] = values
    return out


def alternatives(lengths, tokens):
    counts, top = parts_of(pc.struct_field(tokens, "top"))
    return padded(lengths, padded(counts, doubles(pc.struct_field(top, "logprob"))))


def choices(maps):
    rows = [[p for _, p in row] if row else [] for row in maps.to_pylist()]
    flat = np.array([np.nan if p is None else p for row in rows for p in row], np.float64)
    return padded(np.array([len(row) for row in rows], int), flat)


def column_of(batch, name):
    group, _, field = name.partition(".")
    return pc.struct_field(batch.column(group), field) if field else batch.column(name)


def category(batch, name, vocabulary):
    places = pc.index_in(column_of(batch, name), pa.array(vocabulary, pa.string()))
    return pc.add(pc.fill_null(places, -1), 1).to_numpy(zero_copy_only=False).astype(np.int64)
