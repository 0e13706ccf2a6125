/**
 * A column of the written table. Missing texts are null, missing numbers NaN; both are written as null or as an empty
 * field.
 */
export interface ColumnSpec {
  name: string;
  type: 'text' | 'number';
}

/** Some rows of the table, by column, in the order of the specs. */
export interface Frame {
  n: number;
  columns: (Float64Array | (string | null)[])[];
}

/** Number of rows per frame. A frame is one row group of a Parquet file. */
export const FRAME_ROWS = 4096;

/** How a file format writes frames. Its bytes are appended in order; the file gets its name at the end. */
export interface TableFormat {
  endings: readonly string[];
  open(columns: readonly ColumnSpec[], notes: Record<string, string>, options?: { rawCsv?: boolean }): TableEncoder;
}

interface TableEncoder {
  frame(frame: Frame): Uint8Array;
  /** The last bytes of the file. */
  end(): Uint8Array;
}
