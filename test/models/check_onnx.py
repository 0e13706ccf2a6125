"""Runs onnx's own checker (full check, with shape inference) on a model and prints its opset and inputs as JSON."""
import json
import sys

import onnx

model = onnx.load(sys.argv[1])
onnx.checker.check_model(model, full_check=True)
onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True)
print(json.dumps({"opset": model.opset_import[0].version, "inputs": [i.name for i in model.graph.input],
                  "outputs": [o.name for o in model.graph.output], "nodes": len(model.graph.node)}))
