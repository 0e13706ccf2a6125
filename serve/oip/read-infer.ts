import { isObject } from '../../data/check-value.js';
import { VouchError } from '../../support/errors.js';
import { jsonOf } from '../http/body.js';
import { fromBytes } from './from-bytes.js';
import { fromJson, wrong } from './from-json.js';
import type { Datatype, Tensor } from './tensor.js';

/** An inference request after its tensors were read. */
export interface Asked {
  id: string | undefined;
  inputs: Map<string, Tensor>;
  /** The requested outputs, and whether each goes as bytes; null: all outputs. */
  outputs: Map<string, boolean> | null;
  /** Whether outputs that do not specify it go as bytes. */
  binary: boolean;
}

const datatypes: readonly string[] = ['FP32', 'INT32', 'INT64', 'BYTES'] satisfies Datatype[];

/**
 * Reads the body of an inference request. `header` is the length of its JSON part if bytes follow it. Errors: BAD_JSON,
 * BAD_REQUEST, TOO_LARGE.
 */
export async function readInfer(body: Buffer, header: string | string[] | undefined, mostRows: number): Promise<Asked> {
  const end = header === undefined ? body.length : Number(header);
  if (!(Number.isInteger(end) && end >= 0 && end <= body.length)) {
    throw wrong(
      'Inference-Header-Content-Length',
      'not a valid length of the JSON part',
      `at most ${body.length}`,
      header,
    );
  }
  const value = await jsonOf(body.subarray(0, end));
  if (!isObject(value) || !Array.isArray(value.inputs)) {
    throw wrong('inputs', 'not an inference request', 'a list of tensors', isObject(value) ? value.inputs : value);
  }
  const inputs = new Map<string, Tensor>();
  let at = end;
  for (const input of value.inputs) {
    const tensor = isObject(input) ? input : {};
    const { name, datatype, shape, data } = tensor;
    if (typeof name !== 'string') throw wrong('inputs', 'a tensor without a name', 'text', name);
    if (!isDatatype(datatype)) throw wrong(name, 'unknown datatype', datatypes.join(', '), datatype);
    if (!isShape(shape)) throw wrong(name, 'not a shape', 'a list of whole numbers', shape);
    if (shape[0] > mostRows) {
      throw new VouchError('TOO_LARGE', 'too many rows', {
        field: name,
        expected: `at most ${mostRows}`,
        got: shape[0],
      });
    }
    const size = shape.reduce((product, n) => product * n, 1);
    const bytes = numberIn(tensor.parameters, 'binary_data_size');
    if (bytes !== null && at + bytes > body.length)
      throw wrong(name, 'the body ends too soon', `${bytes} bytes`, body.length - at);
    const values =
      bytes === null
        ? fromJson(name, datatype, size, data)
        : fromBytes(name, datatype, size, body.subarray(at, at + bytes));
    at += bytes ?? 0;
    inputs.set(name, { name, datatype, shape, data: values } as Tensor);
  }
  if (at !== body.length) throw wrong('inputs', 'bytes that belong to no tensor', `${at} bytes`, body.length);
  const binary = isObject(value.parameters) && value.parameters.binary_data_output === true;
  return {
    id: typeof value.id === 'string' ? value.id : undefined,
    inputs,
    outputs: Array.isArray(value.outputs) && value.outputs.length > 0 ? outputsIn(value.outputs, binary) : null,
    binary,
  };
}

function outputsIn(list: unknown[], binary: boolean): Map<string, boolean> {
  return new Map(
    list.map((output) => {
      if (!isObject(output) || typeof output.name !== 'string')
        throw wrong('outputs', 'not an output', '{name}', output);
      const own = isObject(output.parameters) ? output.parameters.binary_data : undefined;
      return [output.name, typeof own === 'boolean' ? own : binary];
    }),
  );
}

function isDatatype(value: unknown): value is Datatype {
  return typeof value === 'string' && datatypes.includes(value);
}

function isShape(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((n) => Number.isInteger(n) && n >= 0);
}

function numberIn(parameters: unknown, key: string): number | null {
  const value = isObject(parameters) ? parameters[key] : undefined;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null;
}
