import type { Context } from '../../data/read/formats/log-format.js';
import { type JsonPlan, jsonPlanOfLines, plainPlan } from '../../data/read/json/json-plan.js';
import { type ByteLine, byteLinesOf } from '../../data/read/lines.js';
import { mapWatch } from '../../data/read/map/map-watch.js';
import { layoutFor, type RowOptions, rowsOf } from '../../data/read/rows.js';
import { openBytes, type Source } from '../../data/read/unpack/bytes.js';
import { LineReader } from '../../data/scan/line-reader.js';
import { Scanner } from '../../data/scan/scanner.js';
import { answerReader, lastIdIn } from './answer-rows.js';
import type { Block } from './block.js';
import { Cursor } from './resume/cursor.js';
import { hasDigest } from './resume/input.js';
import { otherInput, type Place } from './resume/place.js';
import type { Shard } from './shard.js';

/**
 * Largest number of rows that are scored together, and of bytes of their lines. Larger blocks are not faster; they only
 * make more work for the garbage collector.
 */
export const BLOCK_ROWS = 128;
const BLOCK_BYTES = 2 ** 22;

interface BlockOptions extends RowOptions {
  badLines: 'stop' | 'skip';
  context: Context;
  shard: Shard;
  /** The position after which to begin. */
  from: Place;
}

/**
 * The shard's rows in blocks. Blocks depend only on the rows, not on how they were read: a block ends with its file,
 * with its 128th row or with 4 MiB of lines. Lines of other shards and lines before `from` are skipped without being
 * parsed. Memory: one block and one chunk; for CSV and Parquet one batch of rows. Errors: those of reading;
 * RESUME_MISMATCH if the input is not the one that `from` belongs to.
 */
export async function* blocksOf(files: readonly string[], options: BlockOptions): AsyncGenerator<Block> {
  const cursor = new Cursor(options.shard, options.from);
  let before = 0;
  let name = '';
  for (const [index, file] of files.entries()) {
    cursor.file = index;
    name = file;
    const source = await openBytes(file);
    let read = 0;
    try {
      const layout = layoutFor(file, source.head, options.format);
      const blocks =
        layout === 'jsonl'
          ? lineBlocks(source, cursor, options)
          : answerBlocks(file, cursor, { ...options, isText: !hasDigest(source.head) });
      for await (const block of blocks) {
        read = block.bytes;
        yield { ...block, bytes: before + read };
      }
    } finally {
      source.close();
    }
    before += Math.max(read, source.read);
  }
  if (cursor.seen < options.from.seen) throw otherInput(options.from, undefined);
  const rest = { answers: [], packed: [], bad: [], passed: 0, id: null };
  yield { file: name, rows: rest, place: cursor.place(0), bytes: before };
}

async function* lineBlocks(source: Source, cursor: Cursor, options: BlockOptions): AsyncGenerator<Block> {
  const { file } = source;
  const watch = mapWatch(options.map ?? {}, file);
  let plan: JsonPlan | null = null;
  let lines: ByteLine[] = [];
  let bytes = 0;
  const block = (): Block => {
    const last = lines[lines.length - 1];
    const rows = { plan: plan ?? plainPlan, lines };
    return { file, rows, place: cursor.place(last.number), bytes: source.read };
  };
  for await (const chunk of byteLinesOf(source.chunks, options.mostLine)) {
    if (plan === null) {
      plan = jsonPlanOfLines(chunk, file, options.format, options.map, options.context.readers);
      if (plan?.usual != null) options.context.detected?.(plan.usual.name, plan.usual.why);
    }
    watch.lookAtLines(chunk);
    for (const line of chunk) {
      const what = cursor.next(contentOf(line));
      if (what === 'last') checkLast(line, file, plan, options, cursor);
      if (what !== 'take') continue;
      lines.push(line);
      bytes += line.to - line.from;
      if (lines.length < BLOCK_ROWS && bytes < BLOCK_BYTES) continue;
      yield block();
      lines = [];
      bytes = 0;
    }
  }
  watch.finish();
  if (lines.length > 0) yield block();
}

/** Checks that the last line of an earlier run is still in its place. */
function checkLast(line: ByteLine, file: string, plan: JsonPlan | null, { context }: BlockOptions, cursor: Cursor) {
  const id = lastIdIn((sink) => new LineReader(new Scanner(), plan ?? plainPlan, context, file).read(line, sink));
  cursor.check({ line: line.number, id });
}

/** The content of a line; for a line that is too long, its beginning and its size. */
function contentOf({ bytes, from, to, longer }: ByteLine): Uint8Array {
  const content = bytes.subarray(from, to);
  return longer === undefined ? content : Buffer.concat([content, Buffer.from(` ${longer}`)]);
}

async function* answerBlocks(
  file: string,
  cursor: Cursor,
  options: BlockOptions & { isText: boolean },
): AsyncGenerator<Block> {
  const reader = answerReader(file, cursor, options);
  let bytes = 0;
  for await (const { rows, read, convert } of rowsOf(file, { ...options, packed: true, guessLabels: false })) {
    bytes = read;
    for (const row of rows) {
      if (!reader.add(row, convert) || reader.count < BLOCK_ROWS) continue;
      yield { file, ...reader.take(), bytes };
    }
  }
  if (reader.count > 0) yield { file, ...reader.take(), bytes };
}
