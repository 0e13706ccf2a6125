import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { ColumnSpec, TableFormat } from './frame.js';
import { withNulls } from './nulls.js';

/** Parquet with snappy compression and one row group per frame. Missing values are null. */
export const parquet: TableFormat = {
  endings: ['.parquet'],
  open: (columns, notes) => {
    const writer = new ByteWriter();
    const kvMetadata = Object.entries(notes).map(([key, value]) => ({ key, value }));
    const file = new ParquetWriter({ writer, schema: schemaOf(columns), createdBy: 'vouch', kvMetadata });
    const written = (): Uint8Array => {
      const bytes = Buffer.from(writer.getBuffer());
      writer.index = 0;
      return bytes;
    };
    return {
      frame: ({ n, columns: data }) => {
        const columnData = columns.map(({ name }, i) => ({ name, data: withNulls(data[i]), offsetIndex: false }));
        file.write({ columnData, rowGroupSize: n });
        return written();
      },
      end: () => {
        file.finish();
        return written();
      },
    };
  },
};

function schemaOf(columns: readonly ColumnSpec[]): SchemaElement[] {
  const leaves = columns.map(
    ({ name, type }): SchemaElement =>
      type === 'number'
        ? { name, type: 'DOUBLE', repetition_type: 'OPTIONAL' }
        : { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  );
  return [{ name: 'root', num_children: leaves.length }, ...leaves];
}
