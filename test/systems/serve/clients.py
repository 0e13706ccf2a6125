"""Clients we did not write, against a running vouch serve: tritonclient[http] and kserve. Arguments: URL, file of what to ask.
Prints one JSON object of what each of them was answered."""
import asyncio, json, sys
import numpy as np
import tritonclient.http as triton
from tritonclient.utils import InferenceServerException
from kserve import InferenceRESTClient, InferInput, InferRequest, RESTConfig
from kserve.protocol.infer_type import RequestedOutput

url, path = sys.argv[1:3]
asked = json.load(open(path))
NUMPY = {"FP32": np.float32, "INT64": np.int64, "INT32": np.int32}
tensors = {name: (np.array(rows, dtype=NUMPY[datatype]), datatype) for name, (rows, datatype) in asked["tensors"].items()}
records = np.array([json.dumps(record) for record in asked["records"]], dtype=object)
out = {}


def plain(array):
    return [x.decode() if isinstance(x, bytes) else float(x) if isinstance(x, np.floating) else x for x in array.tolist()]


def with_triton():
    client = triton.InferenceServerClient(url.removeprefix("http://"))
    said = {
        "live": client.is_server_live(), "ready": client.is_server_ready(), "model_ready": client.is_model_ready("vouch"),
        "server": client.get_server_metadata(), "model": client.get_model_metadata("vouch"),
        "raw": client.get_model_metadata("vouch-raw"),
    }
    version = said["model"]["versions"][0]
    said["version_ready"] = client.is_model_ready("vouch", version)
    for binary in (True, False):
        for compression in (None, "gzip", "deflate"):
            inputs = []
            for name, (array, datatype) in tensors.items():
                tensor = triton.InferInput(name, array.shape, datatype)
                tensor.set_data_from_numpy(array, binary_data=binary)
                inputs.append(tensor)
            outputs = [triton.InferRequestedOutput(name, binary_data=binary) for name in ("logit", "probability", "shift")]
            result = client.infer("vouch", inputs, outputs=outputs, model_version=version, request_id="r1",
                                  request_compression_algorithm=compression)
            said[f"infer {binary} {compression}"] = {name: plain(result.as_numpy(name)) for name in ("logit", "probability", "shift")}
            said["id"] = result.get_response()["id"]
        raw = triton.InferInput("record", records.shape, "BYTES")
        raw.set_data_from_numpy(records, binary_data=binary)
        result = client.infer("vouch-raw", [raw])
        said[f"raw {binary}"] = {name: plain(result.as_numpy(name)) for name in ("probability", "decision", "id")}
    handles = [client.async_infer("vouch-raw", [raw]) for _ in range(20)]
    said["async"] = [plain(handle.get_result().as_numpy("probability")) for handle in handles]
    try:
        client.infer("nobody", [raw])
    except InferenceServerException as error:
        said["error"] = [error.status(), error.message()]
    client.close()
    return said


async def with_kserve():
    client = InferenceRESTClient(RESTConfig(protocol="v2"))
    said = {"live": await client.is_server_live(url), "ready": await client.is_server_ready(url),
            "model_ready": await client.is_model_ready(url, "vouch")}
    for binary in (True, False):
        inputs = []
        for name, (array, datatype) in tensors.items():
            tensor = InferInput(name, list(array.shape), datatype)
            tensor.set_data_from_numpy(array, binary_data=binary)
            inputs.append(tensor)
        wanted = [RequestedOutput(name, parameters={"binary_data": binary}) for name in ("logit", "probability", "shift")]
        request = InferRequest(model_name="vouch", infer_inputs=inputs, request_outputs=wanted, request_id="k1")
        response = await client.infer(url, request, model_name="vouch")
        said["id"] = response.id
        said[f"infer {binary}"] = {output.name: plain(output.as_numpy()) for output in response.outputs}
        raw = InferInput("record", list(records.shape), "BYTES")
        raw.set_data_from_numpy(records, binary_data=binary)
        request = InferRequest(model_name="vouch-raw", infer_inputs=[raw], parameters={"binary_data_output": binary})
        response = await client.infer(url, request, model_name="vouch-raw")
        said[f"raw {binary}"] = {o.name: plain(o.as_numpy()) for o in response.outputs if o.name in ("probability", "decision", "id")}
    try:
        await client.infer(url, {"inputs": []}, model_name="vouch")
    except Exception as error:
        said["error"] = str(error)
    return said


out["triton"] = with_triton()
out["kserve"] = asyncio.run(with_kserve())
print(json.dumps(out))
