"""OpenAI's own client, through the gateway: an answer and a stream. Prints one JSON object."""
import json, sys
from openai import OpenAI

client = OpenAI(base_url=sys.argv[1] + "/v1", api_key="none")
asked = dict(model=sys.argv[2], messages=[{"role": "user", "content": "What is the capital of France?"}], max_tokens=12, temperature=0)
raw = client.chat.completions.with_raw_response.create(**asked)
answer = raw.parse()
text, last = "", None
for chunk in client.chat.completions.create(**asked, stream=True):
    if chunk.choices:
        text += chunk.choices[0].delta.content or ""
    last = chunk
print(json.dumps({
    "probability": raw.headers["x-vouch-probability"], "vouch": answer.model_extra["vouch"], "content": answer.choices[0].message.content,
    "streamed": text, "last": last.model_extra.get("vouch"), "models": [model.id for model in client.models.list()],
}))
