/** A tensor of the Open Inference Protocol with one of the datatypes used here. BYTES are texts. */
export type Tensor =
  | { name: string; datatype: 'FP32'; shape: number[]; data: Float32Array }
  | { name: string; datatype: 'INT32'; shape: number[]; data: Int32Array }
  | { name: string; datatype: 'INT64'; shape: number[]; data: BigInt64Array }
  | { name: string; datatype: 'BYTES'; shape: number[]; data: string[] };

export type Datatype = Tensor['datatype'];
export type Data = Tensor['data'];

/** What the metadata say about a tensor. −1: any number of rows. */
export interface TensorInfo {
  name: string;
  datatype: Datatype;
  shape: number[];
}
