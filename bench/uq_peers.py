"""Token statistics by lm-polygraph and uqlm from logged log-probabilities: values of all rows, and rows a second.

Input: JSON Lines of records. Output, one JSON object: values by name, seconds by way.
"""
import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")

import numpy as np  # noqa: E402
from lm_polygraph.estimators import (  # noqa: E402
    MaximumSequenceProbability,
    MeanTokenEntropy,
    Perplexity,
    SelfCertainty,
)
from lm_polygraph.stat_calculators.entropy import EntropyCalculator  # noqa: E402
from uqlm.white_box.single_logprobs import SingleLogprobsScorer  # noqa: E402
from uqlm.white_box.top_logprobs import TopLogprobsScorer  # noqa: E402

path, rounds = sys.argv[1], int(sys.argv[2])
with open(path, encoding="utf-8") as file:
    lines = file.read().splitlines()
records = [json.loads(line) for line in lines]
k = len(records[0]["tokens"][0]["top"])


def openai_tokens(record):
    """As uqlm takes them: the logprobs of an OpenAI answer."""
    return [
        {"token": t["token"], "logprob": t["logprob"], "top_logprobs": t["top"]} for t in record["tokens"]
    ]


results = [openai_tokens(record) for record in records]
single = SingleLogprobsScorer()
top = TopLogprobsScorer(top_k_logprobs=k)
calculator = EntropyCalculator()
polygraph = {
    "Perplexity": Perplexity(),
    "MaximumSequenceProbability": MaximumSequenceProbability(),
    "MeanTokenEntropy": MeanTokenEntropy(),
    "SelfCertainty": SelfCertainty(),
}


def polygraph_scores(some):
    """lm-polygraph's estimators on the top-k as if it were the vocabulary: all that a log holds."""
    stats = {
        "greedy_log_likelihoods": [[t["logprob"] for t in record["tokens"]] for record in some],
        "greedy_log_probs": [
            [np.array([a["logprob"] for a in t["top"]]) for t in record["tokens"]] for record in some
        ],
    }
    stats.update(calculator(stats, [""] * len(some), None))
    return {name: estimator(stats) for name, estimator in polygraph.items()}


def seconds(work):
    times = []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        times.append((time.perf_counter() - wall, time.process_time() - cpu))
    times.sort()
    wall, cpu = times[len(times) // 2]
    return {"wall": wall, "cpu": cpu}


values = {**single.evaluate(results), **top.evaluate(results), **polygraph_scores(records)}
json.dump(
    {
        "k": k,
        "values": {name: [float(x) for x in column] for name, column in values.items()},
        "seconds": {
            "uqlm, top-k scorers": seconds(lambda: top.evaluate(results)),
            "uqlm, from JSON text": seconds(
                lambda: top.evaluate([openai_tokens(json.loads(line)) for line in lines])
            ),
            "lm-polygraph, four estimators": seconds(lambda: polygraph_scores(records)),
        },
    },
    sys.stdout,
)
