"""The tuned P(True) as a service that `vouch enrich --verifier` asks.

    python verifier.py --adapter work/adapter-2000 --port 8190
    npx vouch enrich answers.jsonl --verifier ptrueTuned=http://127.0.0.1:8190 --out judged.jsonl

It takes the record that vouch sends and replies {"score": P(True)}. One request at a time, on this machine only.
"""

import json
import pathlib
from http.server import BaseHTTPRequestHandler, HTTPServer

import torch
from peft import PeftModel

import model as models
import settings
from probe import probe


class Verifier:
    """Base model with a P(True) adapter merged into it."""

    def __init__(self, gguf, work, adapter):
        self.tokenizer, self.model = models.load(gguf, work)
        # the adapter was made for the upper layers alone: their numbers start at 0 there
        PeftModel.from_pretrained(models.upper_part(self.model), adapter).merge_and_unload()
        self.words = models.words(self.tokenizer, "True", "False")

    @torch.no_grad()
    def score(self, record):
        ids = models.prompt_ids(self.tokenizer, [{"role": "user", "content": probe(record)}])
        last = self.model.model(input_ids=torch.tensor([ids]), use_cache=False).last_hidden_state[0, -1]
        return (self.model.lm_head.weight[self.words] @ last).softmax(-1)[0].item()


def handler(verifier):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            try:
                record = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))))
                status, reply = 200, {"score": verifier.score(record)}
            except (KeyError, TypeError, ValueError) as error:
                status, reply = 400, {"error": f"a record with prompt and answer was expected: {error!r}"}
            body = json.dumps(reply).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Handler


def main():
    given = settings.parse(
        __doc__.splitlines()[0], adapter=dict(type=pathlib.Path, required=True), port=dict(type=int, default=8190)
    )
    verifier = Verifier(given.gguf, given.work, given.adapter)
    print(f"listening on http://127.0.0.1:{given.port}", flush=True)
    HTTPServer(("127.0.0.1", given.port), handler(verifier)).serve_forever()


if __name__ == "__main__":
    main()
