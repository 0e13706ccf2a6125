"""The token signals of bench/serve/token-bundle.ts in numpy,
from log-probabilities [n, t] and those of the alternatives [n, t, k], sorted."""
import numpy as np
import orjson

LEAST = -30.0


def signals(chosen, top):
    chosen = np.clip(chosen, LEAST, 0)
    top = np.clip(top, LEAST, 0)
    n, t = chosen.shape
    p = np.exp(top)
    rest = np.maximum(1 - p.sum(axis=2), 0)
    log_rest = np.log(rest, out=np.full_like(rest, LEAST), where=rest > 0)
    entropy = -(p * top).sum(axis=2) - rest * log_rest
    squares = (p * p).sum(axis=2) + rest * rest
    first = top[:, :, 0]
    outranked = chosen < first - 1e-5
    margin = chosen - np.where(outranked, first, top[:, :, 1])
    mean = chosen.mean(axis=1)
    return np.stack([
        np.full(n, np.log1p(t)), np.exp(chosen).mean(axis=1), np.exp(-mean), mean, chosen.min(axis=1), chosen.sum(axis=1),
        chosen[:, 0], chosen[:, -1], chosen.std(axis=1), (chosen < -np.log(2)).mean(axis=1),
        entropy.mean(axis=1), entropy.max(axis=1), entropy[:, 0], entropy.std(axis=1),
        np.where(squares < 1, -np.log(squares), 0).mean(axis=1), -first.mean(axis=1), rest.mean(axis=1),
        margin.mean(axis=1), margin.min(axis=1), margin[:, 0], outranked.mean(axis=1),
    ], axis=1).astype(np.float32)


def from_flat(x):
    """Rows of t·6 numbers: each token's log-probability, then those of its five alternatives."""
    cube = np.asarray(x, dtype=float).reshape(len(x), -1, 6)
    return signals(cube[:, :, 0], cube[:, :, 1:])


def from_records(x):
    """Rows with one text each: a record as JSON."""
    tokens = [orjson.loads(text)["tokens"] for text in np.asarray(x).reshape(-1).tolist()]
    chosen = np.array([[token["logprob"] for token in row] for row in tokens])
    top = np.array([[[other["logprob"] for other in token["top"]] for token in row] for row in tokens])
    return signals(chosen, top)
