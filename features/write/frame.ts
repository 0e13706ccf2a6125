/** A column of the written table. Texts may be null, numbers NaN: both are "not recorded" and written as null or empty. */
export interface ColumnSpec {
  name: string;
  type: 'text' | 'number';
}

/** Some rows of the table, column by column, in the order of the specs. */
export interface Frame {
  n: number;
  columns: (Float64Array | (string | null)[])[];
}

/** Rows of one frame: one row group of a Parquet file. */
export const FRAME_ROWS = 4096;

/** How a file format writes frames. Bytes are appended as they come; the file is named at the end. */
export interface TableFormat {
  endings: readonly string[];
  open(columns: readonly ColumnSpec[], notes: Record<string, string>, options?: { rawCsv?: boolean }): TableEncoder;
}

export interface TableEncoder {
  frame(frame: Frame): Uint8Array;
  /** What ends the file. */
  end(): Uint8Array;
}
