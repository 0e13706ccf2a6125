"""The question whether an answer is right. Needs nothing but Python, so that a test can compare it with vouch."""


def probe(record):
    """The words of `vouch tune export --as ptrue`, which are those of `vouch enrich --ptrue`."""
    passages = record.get("context") or []
    listed = passages if len(passages) == 1 else [f"[{i}] {text}" for i, text in enumerate(passages, 1)]
    context = "Context:\n" + "\n".join(listed) + "\n\n" if listed else ""
    asked = "Is the proposed answer right? Reply True or False."
    return f"Question: {context}{record['prompt']}\nProposed answer: {record['answer']}\n{asked}"
