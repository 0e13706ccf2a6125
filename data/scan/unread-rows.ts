import { type JsonPlan, jsonPlanOfLines, plainPlan } from '../read/json/json-plan.js';
import { byteLinesOf } from '../read/lines.js';
import { mapWatch } from '../read/map/map-watch.js';
import { readRow } from '../read/read-row.js';
import type { RowSink } from '../read/row-sink.js';
import { layoutFor, noContext, type RowOptions, rowsOf } from '../read/rows.js';
import { openBytes, type Source } from '../read/unpack/bytes.js';
import { LineReader } from './line-reader.js';
import { Scanner } from './scanner.js';

/** A row that is read when it is asked for. */
interface UnreadRow {
  /** Its length, roughly. */
  characters: number;
  /** Passes the content of the row to the sink. */
  read(sink: RowSink): void;
}

/** Some rows of a file, and how many bytes were read up to them. */
export interface UnreadRows {
  rows: UnreadRow[];
  read: number;
}

/**
 * The rows of one file in any format. With `packed`, their tokens may be numbers read from bytes or columns
 * (`PackedTokens`) instead of objects, which is several times as fast.
 */
export async function* unreadRows(file: string, options: RowOptions): AsyncGenerator<UnreadRows> {
  if (options.packed) {
    const source = await openBytes(file);
    try {
      if (layoutFor(file, source.head, options.format) === 'jsonl') {
        yield* lineRows(source, options);
        return;
      }
    } finally {
      source.close();
    }
  }
  for await (const { rows, read, convert } of rowsOf(file, options)) {
    const unread = rows.map((row) => ({
      characters: row.text?.length ?? 0,
      read: (sink: RowSink) => readRow(row, convert, file, sink),
    }));
    yield { rows: unread, read };
  }
}

async function* lineRows(source: Source, options: RowOptions): AsyncGenerator<UnreadRows> {
  const { format, map, context = noContext } = options;
  const { file } = source;
  const scanner = new Scanner();
  const watch = mapWatch(map ?? {}, file);
  let plan: JsonPlan | null = null;
  for await (const lines of byteLinesOf(source.chunks, options.mostLine)) {
    plan ??= jsonPlanOfLines(lines, file, format, map, context.readers);
    watch.lookAtLines(lines);
    const reader = new LineReader(scanner, plan ?? plainPlan, context, file);
    const rows = lines.map((line) => ({
      characters: line.to - line.from,
      read: (sink: RowSink) => reader.read(line, sink),
    }));
    yield { rows, read: source.read };
  }
  watch.finish();
}
