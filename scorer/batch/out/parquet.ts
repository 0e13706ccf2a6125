import { deserialize, serialize } from 'node:v8';
import type { RowGroup, SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Score } from '../../scorer.js';
import { columnsOf, type Extras, type Format } from './format.js';
import { TRACE_COLUMNS, type Trace } from './trace.js';

const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;

const optionalText = (name: string): SchemaElement => ({ name, ...text, repetition_type: 'OPTIONAL' });
const optionalNumber = (name: string): SchemaElement => ({ name, type: 'FLOAT', repetition_type: 'OPTIONAL' });

const columns: SchemaElement[] = [
  { name: 'id', ...text, repetition_type: 'REQUIRED' },
  optionalNumber('probability'),
  ...['decision', 'why', 'missing', 'pattern', 'claim', 'bundle', 'basis', 'promise'].map(optionalText),
  ...['logit', 'low', 'high', 'shift'].map(optionalNumber),
];

const groundedColumns: SchemaElement[] = [
  { name: 'grounded', type: 'BOOLEAN', repetition_type: 'OPTIONAL' },
  optionalText('groundedBy'),
];

const reasonsColumn: SchemaElement = { name: 'reasons', ...text, repetition_type: 'REQUIRED' };

/**
 * Parquet, one row group per block (snappy). The footer lists all row groups. The note of a block is its entry in the
 * footer, so that another process can continue and write the same footer. The footer also names the bundle
 * (`vouch.bundle`), but no time, because the bytes of the file depend only on the rows.
 */
export const parquet: Format = {
  endings: ['.parquet'],
  open: (extras) => {
    const leaves = [
      ...columns,
      ...(extras.grounded === true ? groundedColumns : []),
      ...(extras.trace === undefined ? [] : TRACE_COLUMNS.map(optionalText)),
      ...(extras.reasons ? [reasonsColumn] : []),
    ];
    const kvMetadata = extras.digest === undefined ? undefined : [{ key: 'vouch.bundle', value: extras.digest }];
    const schema = [{ name: 'root', num_children: leaves.length }, ...leaves];
    const writer = new ByteWriter();
    const file = new ParquetWriter({ writer, schema, createdBy: 'vouch', kvMetadata });
    const written = (): Buffer => {
      const bytes = Buffer.from(writer.getBuffer());
      writer.index = 0;
      return bytes;
    };
    return {
      part: (rows) => rows,
      block: (parts) => {
        const rows = (parts as Score[][]).flat();
        file.write({ columnData: dataOf(rows, extras), rowGroupSize: rows.length });
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
        writer.index = 0; // the file already has the head
        writer.offset = at;
      },
    };
  },
};

function dataOf(rows: Score[], extras: Extras) {
  const of = (name: string) => (row: Score) => {
    const value = extras.trace?.[name as keyof Trace] ?? row[name as keyof Score];
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
  };
  return columnsOf(extras).map((name) => ({ name, data: rows.map(of(name)), offsetIndex: false }));
}
