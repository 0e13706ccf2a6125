import { wrong } from './from-json.js';
import type { Datatype, Tensor } from './tensor.js';

/**
 * The input with this name, datatype and shape (−1: any size). A list of texts [n] may arrive as [n, 1], because
 * clients batch it that way. Errors: BAD_REQUEST.
 */
export function inputOf<D extends Datatype>(
  inputs: Map<string, Tensor>,
  name: string,
  datatype: D,
  shape: readonly number[],
): Extract<Tensor, { datatype: D }> {
  const tensor = inputs.get(name);
  if (tensor === undefined) throw wrong(name, 'the input is missing', `${datatype} [${shape}]`, [...inputs.keys()]);
  if (tensor.datatype !== datatype) throw wrong(name, 'the input has another datatype', datatype, tensor.datatype);
  const own =
    shape.length === 1 && tensor.shape.length === 2 && tensor.shape[1] === 1 ? [tensor.shape[0]] : tensor.shape;
  const fits = own.length === shape.length && shape.every((n, i) => n < 0 || n === own[i]);
  if (!fits) throw wrong(name, 'the input has another shape', `[${shape}]; −1: any size`, `[${tensor.shape}]`);
  return { ...tensor, shape: own } as Extract<Tensor, { datatype: D }>;
}
