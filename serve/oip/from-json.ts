import { VouchError } from '../../support/errors.js';
import type { Data, Datatype, Tensor } from './tensor.js';

/** Values of a tensor from JSON, flat or nested; null is NaN in FP32. Errors: BAD_REQUEST. */
export function fromJson(name: string, datatype: Datatype, size: number, data: unknown): Data {
  const flat: unknown[] = Array.isArray(data) && !data.some(Array.isArray) ? data : [data].flat(16);
  if (!Array.isArray(data) || flat.length !== size) {
    throw wrong(
      name,
      'the number of values does not match the shape',
      `${size} values`,
      Array.isArray(data) ? flat.length : data,
    );
  }
  const numbers = () => flat as number[];
  const check = (right: (value: unknown) => boolean, expected: string) => {
    const at = flat.findIndex((value) => !right(value));
    if (at >= 0) throw wrong(name, `value ${at} is not ${datatype}`, expected, flat[at]);
  };
  switch (datatype) {
    case 'FP32':
      check((value) => value === null || typeof value === 'number', 'a number, or null for missing');
      return Float32Array.from(flat as (number | null)[], (value) => value ?? Number.NaN);
    case 'INT32':
      check((value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31, 'a whole number');
      return Int32Array.from(numbers());
    case 'INT64':
      check(Number.isSafeInteger, 'a whole number');
      return BigInt64Array.from(numbers(), BigInt);
    case 'BYTES':
      check((value) => typeof value === 'string', 'text');
      return flat as string[];
  }
}

/** Values of a tensor for JSON, with shortened floats. NaN and the infinities become null. */
export function toJson(tensor: Tensor, shorten: (value: number) => number): unknown[] {
  switch (tensor.datatype) {
    case 'FP32':
      return Array.from(tensor.data, shorten);
    case 'INT64':
      return Array.from(tensor.data, Number);
    default:
      return Array.from<unknown>(tensor.data);
  }
}

export function wrong(name: string, what: string, expected: string, got: unknown): VouchError {
  return new VouchError('BAD_REQUEST', what, { field: name, expected, got });
}
