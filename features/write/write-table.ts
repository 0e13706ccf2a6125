import type { ColumnTable } from 'arquero';
import { groupMaker } from '../../data/group/maker.js';
import type { Answer } from '../../data/token-list.js';
import { VouchError } from '../../support/errors.js';
import { commonTopK } from '../collect.js';
import type { Feature } from '../feature.js';
import { TableBuilder } from '../table.js';
import { AsideFile } from './aside-file.js';
import { Discovery } from './discover.js';
import { tableFormatOf } from './formats.js';
import { type ColumnSpec, FRAME_ROWS, type Frame } from './frame.js';
import { Framer } from './framer.js';

/** What was written. */
export interface WrittenTable {
  rows: number;
  columns: string[];
  topK: number;
  /** Sentences that say what could not be determined about the groups. */
  notes: string[];
}

export interface WriteOptions {
  /** By default the most common number of alternatives. */
  topK?: number;
  groupBy?: string;
  mergeNear?: boolean;
  /**
   * The records can be read only once (standard input). Signals then stay in memory, and the first batch determines the
   * top k.
   */
  once?: boolean;
  /** CSV: write texts unchanged, even if a spreadsheet would run them as formulas. */
  rawCsv?: boolean;
  /** The signals of plug-ins. */
  own?: readonly Feature[];
}

type Batches = AsyncIterable<readonly Answer[]>;

/**
 * Writes the signals of answers as a table, in the format given by the file's ending. The file is written under a
 * temporary name and then renamed. Records are read twice where possible: the first pass finds the columns, the second
 * writes one frame after another in constant memory. Errors: NO_ANSWERS, UNKNOWN_FORMAT, OUT_UNWRITABLE, DISK_FULL, and
 * those of reading.
 */
export async function writeTable(path: string, read: () => Batches, options: WriteOptions = {}): Promise<WrittenTable> {
  const format = tableFormatOf(path);
  const { columns, topK, frames, notes } = options.once
    ? await collected(read(), options)
    : await planned(read, options);
  const file = await AsideFile.open(path);
  let rows = 0;
  try {
    const encoder = format.open(columns, { 'vouch.topK': String(topK) }, { rawCsv: options.rawCsv });
    for await (const frame of frames) {
      rows += frame.n;
      await file.append(encoder.frame(frame));
    }
    await file.append(encoder.end());
  } catch (error) {
    await file.abort();
    throw error;
  }
  await file.commit();
  return { rows, columns: columns.map(({ name }) => name), topK, notes };
}

interface Source {
  columns: ColumnSpec[];
  topK: number;
  notes: string[];
  frames: AsyncIterable<Frame>;
}

async function planned(read: () => Batches, options: WriteOptions): Promise<Source> {
  const discovery = new Discovery(options.own);
  const grouped = groupMaker(options.groupBy, options.mergeNear);
  for await (const batch of read()) {
    for (const record of batch) {
      discovery.add(record);
      grouped.add(record);
    }
  }
  const plan = discovery.plan();
  if (plan.rows === 0) throw noAnswers();
  const topK = options.topK ?? plan.topK;
  const { groups, notes } = grouped.finish();
  const framer = new Framer({ ...plan, topK }, groups, options.own);
  async function* frames(): AsyncGenerator<Frame> {
    for await (const batch of read()) {
      for (const record of batch) {
        const full = framer.add(record);
        if (full !== undefined) yield full;
      }
    }
    const rest = framer.rest();
    if (rest !== undefined) yield rest;
  }
  return { columns: framer.columns, topK, notes, frames: frames() };
}

async function collected(batches: Batches, options: WriteOptions): Promise<Source> {
  let builder: TableBuilder | undefined;
  let topK = options.topK;
  for await (const batch of batches) {
    topK ??= commonTopK(batch);
    builder ??= new TableBuilder(topK, options.groupBy, options.mergeNear, options.own);
    for (const record of batch) builder.add(record);
  }
  const table = builder?.finish();
  if (table === undefined || table.numRows() === 0) throw noAnswers();
  const names = table.columnNames().filter((name) => isRecorded(table, name));
  const columns = names.map(
    (name): ColumnSpec => ({ name, type: valuesOf(table, name) instanceof Float64Array ? 'number' : 'text' }),
  );
  async function* frames(): AsyncGenerator<Frame> {
    for (let from = 0; from < table!.numRows(); from += FRAME_ROWS) {
      const slices = names.map((name) => valuesOf(table!, name).slice(from, from + FRAME_ROWS));
      yield { n: slices[0].length, columns: slices };
    }
  }
  return { columns, topK: topK ?? 0, notes: builder?.notes ?? [], frames: frames() };
}

function valuesOf(table: ColumnTable, name: string): Frame['columns'][number] {
  return table.data()[name] as unknown as Frame['columns'][number];
}

/** Whether a column is written: text columns always, numbers unless all are missing. */
function isRecorded(table: ColumnTable, name: string): boolean {
  const values = valuesOf(table, name);
  return !(values instanceof Float64Array) || values.some((value) => !Number.isNaN(value));
}

function noAnswers(): VouchError {
  return new VouchError('NO_ANSWERS', 'no answer was read');
}
