import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { sampleLines } from '../../support/sample-answers.js';
import { mutated } from '../mutate.js';
import type { Outcomes } from '../outcomes.js';
import { doubled, type FuzzFiles, fuzzFiles } from './fuzz.js';

/** Bytes at the end, with the footer in them, where damage hurts most. */
const FOOTER = 600;

/** Parquet files damaged anywhere, read by DuckDB or hyparquet: no row is read twice, and there are no more than the file has. */
export function fuzzParquet(given: FuzzFiles): Promise<Outcomes> {
  const records = sampleLines(300).map((line) => JSON.parse(line) as Record<string, unknown>);
  const column = (name: string) => ({ name, data: records.map((record) => record[name] ?? null) });
  const made = parquetWriteBuffer({ columnData: ['id', 'prompt', 'answer', 'tokens'].map(column) as never });
  const shipped = (name: string) => readFileSync(resolve(import.meta.dirname, '../../fixtures/data', name));
  const bases = [
    { bytes: Buffer.from(made), rows: 300 },
    { bytes: shipped('flat.parquet'), rows: 3 },
    { bytes: shipped('nested.parquet'), rows: 2 },
  ];
  return fuzzFiles('Parquet', given, (draw) => {
    const { bytes, rows } = bases[draw.int(bases.length)];
    const from = draw.next() < 0.5 ? Math.max(0, bytes.length - FOOTER) : 0;
    return {
      name: 'f.parquet',
      bytes: Buffer.concat([bytes.subarray(0, from), mutated(bytes.subarray(from), draw)]),
      rows,
      check(found) {
        if (found === null) return null;
        const again = doubled([...found.lines, ...found.badLines]);
        if (again > 0) return { fault: `${again} rows are read twice`, rows: again };
        const told = found.lines.length + found.badLines.length;
        return told > rows ? { fault: `${told} rows of ${rows}`, rows: told - rows } : null;
      },
    };
  });
}
