"""Reads an InferenceService manifest with KServe's own models. Prints one line of JSON."""

import json
import sys

import yaml
from kserve import V1beta1InferenceService
from kubernetes.client import ApiClient
import kserve.models


class Response:
    def __init__(self, data):
        self.data = json.dumps(data)


class Client(ApiClient):
    """Deserialises into KServe's classes besides those of Kubernetes."""

    def _ApiClient__deserialize(self, data, klass):
        if isinstance(klass, str) and hasattr(kserve.models, klass):
            klass = getattr(kserve.models, klass)
        return super()._ApiClient__deserialize(data, klass)


with open(sys.argv[1], encoding="utf-8") as file:
    manifest = yaml.safe_load(file)
service = Client().deserialize(Response(manifest), V1beta1InferenceService)
model = service.spec.predictor.model
written = Client().sanitize_for_serialization(service)
assert written == manifest, (written, manifest)  # nothing that KServe's classes don't know
print(
    json.dumps(
        {
            "name": service.metadata.name,
            "format": model.model_format.name,
            "protocol": model.protocol_version,
            "storage": model.storage_uri,
        }
    )
)
