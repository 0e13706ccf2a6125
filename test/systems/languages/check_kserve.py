"""Reads an InferenceService manifest into KServe's own classes, which know their fields. Prints one line of JSON."""

import json
import sys

import kserve.models
import yaml


def read(value, kind):
    """The object of a class by its name; fields that the class doesn't know are an error, Kubernetes' own stay as they are."""
    cls = getattr(kserve.models, kind, None)
    if cls is None:
        return value
    fields = {outside: inside for inside, outside in cls.attribute_map.items()}
    unknown = set(value) - set(fields)
    assert not unknown, f"{kind} has no {unknown}"
    return cls(**{fields[key]: read(part, cls.openapi_types[fields[key]]) for key, part in value.items()})


with open(sys.argv[1], encoding="utf-8") as file:
    service = read(yaml.safe_load(file), "V1beta1InferenceService")
model = service.spec.predictor.model
print(
    json.dumps(
        {
            "name": service.metadata["name"],
            "format": model.model_format.name,
            "protocol": model.protocol_version,
            "storage": model.storage_uri,
        }
    )
)
