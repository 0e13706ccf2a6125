import { deserialize, serialize } from 'node:v8';
import type { RowGroup, SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Score } from '../open.js';
import type { Format } from './format.js';

const schema: SchemaElement[] = [
  { name: 'root', num_children: 5 },
  { name: 'id', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
  { name: 'probability', type: 'FLOAT', repetition_type: 'REQUIRED' },
  { name: 'decision', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  { name: 'logit', type: 'FLOAT', repetition_type: 'REQUIRED' },
  { name: 'pattern', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
];

/**
 * Parquet, one row group a block (snappy). The footer lists all row groups; the note of a block is its entry there, so that
 * another process can go on and write the same footer.
 */
export const parquet: Format = {
  endings: ['.parquet'],
  open: () => {
    const writer = new ByteWriter();
    const file = new ParquetWriter({ writer, schema, createdBy: 'vouch' });
    const written = (): Buffer => {
      const bytes = Buffer.from(writer.getBuffer());
      writer.index = 0;
      return bytes;
    };
    return {
      block: (rows) => {
        file.write({ columnData: columnsOf(rows), rowGroupSize: rows.length });
        return written();
      },
      tail: () => {
        file.finish();
        return written();
      },
      note: () => serialize(file.row_groups.at(-1)).toString('base64'),
      restore: (notes, at) => {
        file.row_groups = notes.map((note) => deserialize(Buffer.from(note, 'base64')) as RowGroup);
        file.num_rows = file.row_groups.reduce((sum, group) => sum + group.num_rows, 0n);
        if (at === 0) return;
        writer.index = 0; // the head is in the file already
        writer.offset = at;
      },
    };
  },
};

function columnsOf(rows: Score[]) {
  const column = (name: keyof Score) => ({ name, data: rows.map((row) => row[name]), offsetIndex: false });
  return [column('id'), column('probability'), column('decision'), column('logit'), column('pattern')];
}
