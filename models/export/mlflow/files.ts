import { readFile } from 'node:fs/promises';
import { plainName } from '../../../features/row.js';
import { describeFeatures, describeRaw } from '../describe.js';
import type { Exported, ExportFiles } from '../export-bundle.js';
import { goldenFeatures, goldenRaw } from '../golden.js';
import { featureInputs, rawInputs, type TensorSpec } from '../tensors.js';

const packages = ['mlflow>=2.14', 'numpy', 'onnxruntime>=1.18', 'pandas'];

/**
 * Two MLflow models: `features` on a table of signals, `raw` on token log-probabilities and numbers. Both load offline.
 */
export async function mlflowFiles(exported: Exported): Promise<ExportFiles> {
  const { manifest, plan, digest } = exported;
  const loader = await readFile(new URL('./vouch_pyfunc.py', import.meta.url), 'utf8');
  const parts = {
    features: {
      specs: featureInputs(manifest.signals),
      graph: exported.featureGraph,
      description: describeFeatures(exported),
      golden: goldenFeatures(exported),
    },
    raw: {
      specs: rawInputs(plan),
      graph: exported.rawGraph,
      description: describeRaw(exported),
      golden: goldenRaw(exported),
    },
  };
  return Object.fromEntries(
    Object.entries(parts).flatMap(([level, { specs, graph, description, golden }]) => [
      [`${level}/MLmodel`, mlmodel(specs, `${digest.slice(0, 28)}${level === 'raw' ? '0002' : '0001'}`)],
      [`${level}/data/model.onnx`, graph],
      [`${level}/data/inputs.json`, description],
      [`${level}/golden.json`, golden],
      [`${level}/code/vouch_pyfunc.py`, loader],
      [`${level}/requirements.txt`, `${packages.join('\n')}\n`],
      [
        `${level}/python_env.yaml`,
        'python: "3.11"\nbuild_dependencies:\n- pip\ndependencies:\n- -r requirements.txt\n',
      ],
      [`${level}/conda.yaml`, conda()],
    ]),
  );
}

function conda(): string {
  const list = packages.map((name) => `  - ${name}`).join('\n');
  return `name: vouch\nchannels:\n- conda-forge\ndependencies:\n- python=3.11\n- pip\n- pip:\n${list}\n`;
}

/** The MLmodel file: a python_function with its own loader, and a signature. JSON strings are valid YAML strings. */
function mlmodel(specs: TensorSpec[], id: string): string {
  const uuid = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5').slice(0, 36);
  return `flavors:
  python_function:
    code: code
    data: data
    env:
      conda: conda.yaml
      virtualenv: python_env.yaml
    loader_module: vouch_pyfunc
    python_version: "3.11"
model_uuid: ${uuid}
signature:
  inputs: ${JSON.stringify(JSON.stringify(columnsOf(specs)))}
  outputs: ${JSON.stringify(JSON.stringify(outputColumns))}
  params: null
`;
}

interface Column {
  name: string;
  type: string;
  items?: object;
  required: boolean;
}

const outputColumns: Column[] = ['probability', 'logit', 'low', 'high', 'shift'].map((name) => ({
  name,
  type: 'double',
  required: true,
}));

/**
 * One column of the table for each name along a fixed axis, else one column of lists. No column is required: an absent
 * column means missing.
 */
function columnsOf(specs: TensorSpec[]): Column[] {
  return specs.flatMap(({ name, type, shape, columns }): Column[] => {
    if (columns !== undefined) {
      const of = name === 'categories' ? 'string' : 'double';
      return columns.map((column) => ({
        name: name === 'categories' ? column : plainName(column),
        type: of,
        required: false,
      }));
    }
    const items = { type: type.startsWith('float') ? 'double' : 'integer' };
    const inner = shape.length === 3 ? { type: 'array', items } : items;
    return [{ name, type: 'array', items: inner, required: false }];
  });
}
