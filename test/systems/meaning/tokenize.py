"""Numbers pairs of texts with Hugging Face's tokenizers. Input: {tokenizer, maxTokens, pairs}; output: {ids, types} each."""

import json
import sys

from tokenizers import Tokenizer

asked = json.load(sys.stdin)
tokenizer = Tokenizer.from_str(json.dumps(asked["tokenizer"]))
tokenizer.enable_truncation(asked["maxTokens"], strategy="longest_first")
found = [tokenizer.encode(first, second) for first, second in asked["pairs"]]
json.dump([{"ids": each.ids, "types": each.type_ids} for each in found], sys.stdout)
