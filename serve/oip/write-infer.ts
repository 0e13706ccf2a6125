import { shortest } from '../../scorer/batch/out/shortest.js';
import { VouchError } from '../../support/errors.js';
import { toBytes } from './from-bytes.js';
import { toJson } from './from-json.js';
import type { Asked } from './read-infer.js';
import type { Tensor } from './tensor.js';

interface Written {
  body: Buffer;
  /** Length of the JSON part if bytes follow it; null if none do. */
  headerLength: number | null;
}

/** Writes a response in the requested form. Errors: BAD_REQUEST if the model does not have a requested output. */
export function writeInfer(head: Record<string, unknown>, tensors: Tensor[], { outputs, binary }: Asked): Written {
  const wanted = outputs === null ? tensors.map((tensor) => ({ tensor, raw: binary })) : pick(tensors, outputs);
  const tails: Buffer[] = [];
  const described = wanted.map(({ tensor, raw }) => {
    const { name, datatype, shape } = tensor;
    if (!raw) return { name, datatype, shape, data: toJson(tensor, shortest) };
    const bytes = toBytes(tensor);
    tails.push(bytes);
    return { name, datatype, shape, parameters: { binary_data_size: bytes.length } };
  });
  const first = Buffer.from(JSON.stringify({ ...head, outputs: described }));
  if (tails.length === 0) return { body: first, headerLength: null };
  return { body: Buffer.concat([first, ...tails]), headerLength: first.length };
}

function pick(tensors: Tensor[], outputs: Map<string, boolean>): { tensor: Tensor; raw: boolean }[] {
  return [...outputs].map(([name, raw]) => {
    const tensor = tensors.find((each) => each.name === name);
    if (tensor !== undefined) return { tensor, raw };
    const expected = tensors.map((each) => each.name).join(', ');
    throw new VouchError('BAD_REQUEST', 'the model has no such output', { field: 'outputs', expected, got: name });
  });
}
