"""Graders of other projects on answers from standard input, one JSON object per line: {"kind", "answer", "references",
"options"}. Writes one object per line: grader -> 1, 0, or null where it refuses. Every grader is called as in its own
project."""

import asyncio
import json
import sys

from inspect_ai.model import ChatMessageUser, ModelOutput
from inspect_ai.scorer import Target, answer, exact, f1, includes, match, math, choice
from inspect_ai.solver import TaskState
from inspect_ai.solver._multiple_choice import parse_answers, set_choices_based_on_generated_response
from lm_eval.api.metrics import exact_match_hf_evaluate
from lm_eval.filters.extraction import MultiChoiceRegexFilter, RegexFilter, WhitespaceFilter
from math_verify import parse, verify


run = asyncio.new_event_loop().run_until_complete


def state_of(row):
    return TaskState(
        model="none",
        sample_id=0,
        epoch=0,
        input="",
        messages=[ChatMessageUser(content="")],
        choices=row["options"] or None,
        output=ModelOutput.from_content("none", row["answer"]),
    )


def inspect(scorer, row):
    try:
        score = run(scorer(state_of(row), Target(row["references"])))
    except ValueError:  # Inspect's math refuses references that it cannot read.
        return None
    return int(score.value == "C" or (isinstance(score.value, float) and score.value >= 0.5))


def inspect_choice(row):
    state = state_of(row)
    set_choices_based_on_generated_response(state, parse_answers(state, multiple_correct=False))
    return int(run(choice()(state, Target(row["references"]))).value == "C")


def lm_eval(filters, row, doc=None, wrap=str, **metric):
    responses = [[row["answer"]]]
    for each in filters:
        responses = each.apply(responses, [doc or {}])
    said = responses[0][0]
    return int(any(exact_match_hf_evaluate([said], [wrap(r)], **metric)["exact_match"] == 1 for r in row["references"]))


def math_verify(row):
    said = parse(row["answer"], parsing_timeout=2)
    return int(any(verify(parse(reference, parsing_timeout=2), said, timeout_seconds=2) for reference in row["references"]))


# As in lm-eval's tasks gsm8k, triviaqa, mmlu_pro and mmlu_flan_cot_zeroshot.
GSM8K = {"ignore_case": True, "regexes_to_ignore": [",", r"\$", "(?s).*#### ", r"\.$"]}
LOOSE = {"ignore_case": True, "ignore_punctuation": True}
last_number = RegexFilter(r"(-?[$0-9.,]{2,})|(-?[0-9]+)", group_select=-1)
strict_number = RegexFilter(r"#### (\-?[0-9\.\,]+)")
mmlu_pro = RegexFilter(r"answer is \(?([ABCDEFGHIJ])\)?")
flan = MultiChoiceRegexFilter(r"(\([A-Z]\))", group_select=-1, ignore_case=True, ignore_punctuation=True)

GRADERS = {
    "number": {
        "math-verify": math_verify,
        "Inspect match(numeric)": lambda row: inspect(match(numeric=True), row),
        "Inspect math": lambda row: inspect(math(), row),
        "lm-eval gsm8k flexible-extract": lambda row: lm_eval([last_number], row, **GSM8K),
        "lm-eval gsm8k strict-match": lambda row: lm_eval([strict_number], row, **GSM8K),
    },
    "choice": {
        "Inspect choice": inspect_choice,
        "Inspect answer(letter)": lambda row: inspect(answer("letter"), row),
        "Inspect match(begin)": lambda row: inspect(match(location="begin"), row),
        "lm-eval mmlu_pro": lambda row: lm_eval([mmlu_pro], row, **LOOSE),
        "lm-eval mmlu_flan multi_choice_regex": lambda row: lm_eval(
            [flan], row, {"choices": row["options"]}, lambda letter: f"({letter})", **LOOSE
        ),
    },
    "text": {
        "Inspect exact": lambda row: inspect(exact(), row),
        "Inspect includes": lambda row: inspect(includes(), row),
        "Inspect match(any)": lambda row: inspect(match(location="any"), row),
        "Inspect match(end)": lambda row: inspect(match(), row),
        "Inspect f1 from .5": lambda row: inspect(f1(), row),
        "lm-eval triviaqa exact_match": lambda row: lm_eval([WhitespaceFilter()], row, **LOOSE),
    },
}

for line in sys.stdin:
    row = json.loads(line)
    print(json.dumps({name: grade(row) for name, grade in GRADERS[row["kind"]].items()}), flush=True)
