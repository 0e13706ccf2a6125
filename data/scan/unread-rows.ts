import { packedTokens } from '../duck/token-block.js';
import { openBytes, type Source } from '../read/bytes.js';
import { checkedRow } from '../read/checked-row.js';
import { canonical, type JsonPlan, jsonPlanOfLines } from '../read/json-plan.js';
import { byteLinesOf, lineOf } from '../read/lines.js';
import { type Before, type Row, textOf } from '../read/row.js';
import { layoutFor, type RowOptions, rowsOf } from '../read/rows.js';
import type { Answer } from '../token-list.js';
import { LineReader } from './line-reader.js';
import { Scanner } from './scanner.js';

/** A row that is read into an answer when it is asked for. */
export interface UnreadRow {
  line: number;
  /** About how long it is. */
  characters: number;
  /** Errors: those of the format and of `checkRecord`. */
  read(): Answer;
  text(): string;
}

/** Some rows of a file, and bytes read up to them. */
export interface UnreadRows {
  rows: UnreadRow[];
  read: number;
}

/**
 * The rows of one file in whatever format; with `packed` their tokens may be numbers read from bytes or columns
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
    yield { rows: rows.map((row) => tableRow(row, convert, file, options.before)), read };
  }
}

async function* lineRows(
  source: Source,
  { format, map, requests = new Map(), before }: RowOptions,
): AsyncGenerator<UnreadRows> {
  const { file } = source;
  const scanner = new Scanner();
  let plan: JsonPlan | null = null;
  for await (const lines of byteLinesOf(source.chunks)) {
    plan ??= jsonPlanOfLines(lines, file, format, map);
    const reader = new LineReader(scanner, plan ?? canonical, requests, file, before);
    const rows = lines.map((line) => ({
      line: line.number,
      characters: line.to - line.from,
      read: () => reader.read(line),
      text: () => lineOf(line).text,
    }));
    yield { rows, read: source.read };
  }
}

function tableRow(row: Row, convert: (row: Row) => unknown, file: string, before?: Before): UnreadRow {
  return {
    line: row.line,
    characters: row.text?.length ?? 0,
    read: () => {
      const answer: Answer = checkedRow(row, convert, file, before);
      if (row.tokens !== undefined) answer.tokens = packedTokens(row.tokens.block, row.tokens.span);
      return answer;
    },
    text: () => textOf(row),
  };
}
