"""Runs onnx's own checker (full check, with shape inference) on models. Prints opset and inputs of each as JSON."""
import json
import sys

import onnx


def facts(path):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True)
    return {"opset": model.opset_import[0].version, "inputs": [i.name for i in model.graph.input],
            "outputs": [o.name for o in model.graph.output], "nodes": len(model.graph.node)}


def checked(path):
    try:
        return facts(path)
    except Exception as error:
        return {"error": str(error)}


print(json.dumps([checked(path) for path in sys.argv[1:]]))
