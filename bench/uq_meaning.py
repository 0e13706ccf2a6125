"""Measures over samples by lm-polygraph and uqlm, from the clusters, matrices and log-probabilities of records.

Input: JSON Lines of records with `entailments.x.texts` and `similarities.x.texts`, whose text 0 is the answer. Output,
one JSON object: values by name. Models of language are not run: the matrices stand for them.
"""
import json
import sys
import warnings
from types import SimpleNamespace

warnings.filterwarnings("ignore")

import numpy as np  # noqa: E402
from lm_polygraph.estimators.cocoa import CocoaMSP, CocoaPPL  # noqa: E402
from lm_polygraph.estimators.deg_mat import DegMat  # noqa: E402
from lm_polygraph.estimators.eccentricity import Eccentricity  # noqa: E402
from lm_polygraph.estimators.eig_val_laplacian import EigValLaplacian  # noqa: E402
from lm_polygraph.estimators.kernel_language_entropy import KernelLanguageEntropy  # noqa: E402
from lm_polygraph.estimators.semantic_entropy import SemanticEntropy  # noqa: E402
from lm_polygraph.estimators.sentence_sar import SentenceSAR  # noqa: E402
from lm_polygraph.stat_calculators.semantic_classes import SemanticClassesCalculator  # noqa: E402
from uqlm.nli.entropy_utils import (  # noqa: E402
    compute_cluster_probabilities,
    compute_response_probabilities,
    compute_semantic_entropy,
)
from uqlm.scorers.shortform.density import SemanticDensity  # noqa: E402

with open(sys.argv[1], encoding="utf-8") as file:
    records = [json.loads(line) for line in file]

ENTAILS, NEUTRAL, CONTRADICTS = 0, 1, 2
values = {}


def put(name, value):
    values.setdefault(name, []).append(float(value))


for record in records:
    texts = record["entailments"]["x"]["texts"]
    entails, contradicts = np.array(texts["entails"]), np.array(texts["contradicts"])
    neutral = 1 - entails - contradicts
    cosines = np.array(record["similarities"]["x"]["texts"])
    answers = [sample["answer"] for sample in record["samples"]]
    own = [token["logprob"] for token in record["tokens"]]
    logprobs = [[token["logprob"] for token in sample["tokens"]] for sample in record["samples"]]
    among = (slice(1, None), slice(1, None))
    stats = {
        "sample_texts": [answers],
        "semantic_matrix_entail": entails[among][None],
        "semantic_matrix_contra": contradicts[among][None],
        "semantic_matrix_classes": np.stack([entails, neutral, contradicts])[:, 1:, 1:].argmax(0)[None],
        "entailment_id": ENTAILS,
        "sample_log_probs": [[sum(each) for each in logprobs]],
        "sample_sentence_similarity": cosines[among][None],
        "greedy_sentence_similarity": [cosines[0, 1:]],
        "greedy_log_likelihoods": [own],
    }
    classes = SemanticClassesCalculator()
    stats.update(classes(stats, [""], None))
    clusters = stats["semantic_classes_entail"]["class_to_sample"][0]
    for name, estimator in {
        "SemanticEntropyEmpirical": SemanticEntropy(class_probability_estimation="frequency"),
        "EigValLaplacian": EigValLaplacian(),
        "DegMat": DegMat(),
        "Eccentricity": Eccentricity(),
        "KernelLanguageEntropy": KernelLanguageEntropy(),
        "SentenceSAR": SentenceSAR(),
        "CocoaPPL": CocoaPPL(),
        "CocoaMSP": CocoaMSP(),
    }.items():
        put(f"lm-polygraph {name}", estimator(stats)[0])

    results = [sample["tokens"] for sample in record["samples"]]
    by_token, uniform = compute_response_probabilities(results, num_responses=len(results))
    frequencies = compute_cluster_probabilities(uniform, clusters)
    put("uqlm discrete_semantic_entropy", compute_semantic_entropy(frequencies))
    put("uqlm tokenprob_semantic_entropy", compute_semantic_entropy(compute_cluster_probabilities(by_token, clusters)))
    put("uqlm number of semantic sets", len(frequencies))
    known = {
        (f"\n{record['answer']}", f"\n{answer}"): np.array([[contradicts[0, i + 1], neutral[0, i + 1], entails[0, i + 1]]])
        for i, answer in enumerate(answers)
    }
    nli = SimpleNamespace(probabilities=known, label_mapping=["contradiction", "neutral", "entailment"])
    scorer = SimpleNamespace(verbose=False, length_normalize=True, nli=nli)
    density, _ = SemanticDensity._semantic_density_process(
        scorer, prompt="", original_response=record["answer"], candidates=answers, logprobs_results=results
    )
    put("uqlm semantic_density", density)

json.dump(values, sys.stdout)
