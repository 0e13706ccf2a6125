// Scores with an exported graph through onnxruntime-web, and checks it against its golden rows. Everything comes from this
// server: the graph, its JSON, and the WebAssembly of the runtime.
import * as ort from '/ort/ort.wasm.min.mjs';

ort.env.wasm.wasmPaths = '/ort/';
ort.env.wasm.numThreads = 1;
const result = document.getElementById('result');

const arrays = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  int64: BigInt64Array,
};

/** Rows of nested lists as one tensor. Free axes have the length of the longest list; missing numbers are NaN. */
function tensorOf({ type, shape }, rows) {
  const dims = [rows.length];
  let lists = rows;
  for (const size of shape.slice(1)) {
    dims.push(typeof size === 'number' ? size : Math.max(1, ...lists.map((list) => list.length)));
    lists = lists.flat().filter(Array.isArray);
  }
  const data = new arrays[type](dims.reduce((product, size) => product * size));
  if (type.startsWith('float')) data.fill(NaN);
  const put = (values, axis, at) => {
    values.forEach((value, i) => {
      const place = at * dims[axis] + i;
      if (Array.isArray(value)) put(value, axis + 1, place);
      else if (value !== null) data[place] = type === 'int64' ? BigInt(value) : value;
    });
  };
  put(rows, 0, 0);
  return new ort.Tensor(type, data, dims);
}

async function score(folder) {
  const [{ inputs }, golden, model] = await Promise.all([
    fetch(`${folder}/inputs.json`).then((response) => response.json()),
    fetch(`${folder}/golden.json`).then((response) => response.json()),
    fetch(`${folder}/model.onnx`).then((response) => response.arrayBuffer()),
  ]);
  const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'] });
  const feeds = {};
  for (const spec of inputs) {
    feeds[spec.name] = tensorOf(
      spec,
      golden.map((row) => row.inputs[spec.name]),
    );
  }
  const { probability } = await session.run(feeds, ['probability']);
  const off = golden.map((row, i) => Math.abs(probability.data[i] - row.expected.probability));
  return { rows: golden.length, worst: Math.max(...off) };
}

try {
  const { rows, worst } = await score('/export');
  result.textContent = `${rows} golden rows, probability off by at most ${worst.toExponential(1)}`;
  result.dataset.ok = String(worst <= 1e-5);
} catch (error) {
  result.textContent = `failed: ${error.message ?? error}`;
  result.dataset.ok = 'false';
}
