"""OpenAI's and Anthropic's own clients, through the gateway: answers and streams of four APIs. Prints one JSON object."""
import json, sys
from anthropic import Anthropic
from openai import OpenAI

root = sys.argv[1]
question = "What is the capital of Australia?"
messages = [{"role": "user", "content": question}]
openai = OpenAI(base_url=root + "/v1", api_key="none", max_retries=0)
anthropic = Anthropic(base_url=root, api_key="none", max_retries=0)
said = {}


def extra(model):
    return (model.model_extra or {}).get("vouch")


def tell(name, text, vouch):
    said[name] = {"text": text, "vouch": vouch}


answer = openai.chat.completions.create(model="m1", messages=messages)
tell("chat", answer.choices[0].message.content, extra(answer))
text, vouch = "", None
for chunk in openai.chat.completions.create(model="m1", messages=messages, stream=True):
    text += (chunk.choices[0].delta.content or "") if chunk.choices else ""
    vouch = extra(chunk) or vouch
tell("chat stream", text, vouch)
with openai.chat.completions.stream(model="m1", messages=messages) as stream:
    for event in stream:
        if event.type == "chunk":
            vouch = extra(event.chunk) or vouch
    tell("chat helper", stream.get_final_completion().choices[0].message.content, vouch)

answer = openai.completions.create(model="m1", prompt=question)
tell("completions", answer.choices[0].text, extra(answer))
text, vouch = "", None
for chunk in openai.completions.create(model="m1", prompt=question, stream=True):
    text += chunk.choices[0].text if chunk.choices else ""
    vouch = extra(chunk) or vouch
tell("completions stream", text, vouch)

answer = openai.responses.create(model="m1", input=question)
tell("responses", answer.output_text, extra(answer))
text, vouch = "", None
for event in openai.responses.create(model="m1", input=question, stream=True):
    text += event.delta if event.type == "response.output_text.delta" else ""
    vouch = extra(event.response) if event.type == "response.completed" else vouch
tell("responses stream", text, vouch)
with openai.responses.stream(model="m1", input=question) as stream:
    stream.until_done()
    answer = stream.get_final_response()
    tell("responses helper", answer.output_text, extra(answer))

answer = anthropic.messages.create(model="m1", max_tokens=9, messages=messages)
tell("messages", answer.content[0].text, extra(answer))
text, vouch = "", None
for event in anthropic.messages.create(model="m1", max_tokens=9, messages=messages, stream=True):
    text += event.delta.text if event.type == "content_block_delta" else ""
    vouch = extra(event) or vouch
tell("messages stream", text, vouch)
with anthropic.messages.stream(model="m1", max_tokens=9, messages=messages) as stream:
    vouch = None
    for event in stream:
        vouch = (extra(event) if event.type == "message_delta" else None) or vouch
    tell("messages helper", stream.get_final_text(), vouch)

print(json.dumps(said))
