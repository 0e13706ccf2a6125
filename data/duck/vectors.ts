import type bindings from '@duckdb/node-bindings';

/**
 * A column of a chunk, or a column nested in one, in DuckDB's own memory: it is not copied and is valid as long as the
 * chunk is.
 */
export interface Column {
  vector: bindings.Vector;
  size: number;
  /** One bit per row, 0 if it is null; absent if no row is. */
  valid: Uint8Array | null;
}

type Bindings = typeof bindings;

export function columnOf(duckdb: Bindings, vector: bindings.Vector, size: number): Column {
  const valid = size === 0 ? null : duckdb.vector_get_validity(vector, Math.ceil(size / 64) * 8);
  return { vector, size, valid: valid ?? null };
}

export function isNull({ valid }: Column, i: number): boolean {
  return valid !== null && (valid[i >> 3] & (1 << (i & 7))) === 0;
}

/**
 * Offset and length of list i at [4 i] and [4 i + 2] (64-bit numbers whose upper halves are 0), and the column of the
 * lists' elements.
 */
export function listsOf(duckdb: Bindings, { vector, size }: Column): { entries: Uint32Array; child: Column } {
  const bytes = dataOf(duckdb, vector, size * 16);
  const child = duckdb.list_vector_get_child(vector);
  return {
    entries: new Uint32Array(bytes.buffer, bytes.byteOffset, size * 4),
    child: columnOf(duckdb, child, duckdb.list_vector_get_size(vector)),
  };
}

export function fieldOf(duckdb: Bindings, { vector, size }: Column, field: number): Column {
  return columnOf(duckdb, duckdb.struct_vector_get_child(vector, field), size);
}

export function numbersOf(duckdb: Bindings, { vector, size }: Column, single: boolean): Float32Array | Float64Array {
  const bytes = dataOf(duckdb, vector, size * (single ? 4 : 8));
  return single
    ? new Float32Array(bytes.buffer, bytes.byteOffset, size)
    : new Float64Array(bytes.buffer, bytes.byteOffset, size);
}

/** The vector's bytes, sixteen per text. */
export function textsOf(duckdb: Bindings, { vector, size }: Column): Uint8Array {
  return dataOf(duckdb, vector, size * 16);
}

/** Reads a text that is longer than the sixteen bytes allow. */
export function longText(duckdb: Bindings, texts: Uint8Array, at: number, size: number): string {
  const bytes = duckdb.get_data_from_pointer(texts.buffer as ArrayBuffer, texts.byteOffset + at + 8, size);
  return Buffer.from(bytes.buffer, bytes.byteOffset, size).toString('utf8');
}

function dataOf(duckdb: Bindings, vector: bindings.Vector, bytes: number): Uint8Array {
  return bytes === 0 ? new Uint8Array(0) : duckdb.vector_get_data(vector, bytes);
}
