import { settled } from '../../../data/duck/settle.js';
import type { TokenBlock } from '../../../data/duck/token-block.js';
import type { JsonPlan } from '../../../data/read/json/json-plan.js';
import type { ByteLine } from '../../../data/read/lines.js';
import type { AnswerRows, Block } from '../block.js';
import { type PlainError, plainError, revived } from './plain-error.js';

/** A block that is sent to a thread: the bytes of its lines in one buffer, which is transferred. */
export interface PackedBlock {
  file: string;
  plan?: JsonPlan;
  bytes?: Uint8Array<ArrayBuffer>;
  /** The end of each line in `bytes`, and its number. */
  ends?: Float64Array<ArrayBuffer>;
  numbers?: Float64Array<ArrayBuffer>;
  /** Lines that are too long, by their index, and their bytes. */
  longer?: Map<number, number>;
  /** Set for rows that have already been read. */
  answers?: AnswerRows['answers'];
  packed?: AnswerRows['packed'];
  bad?: { file: string; line: number; text: string; error: PlainError }[];
  passed?: number;
  id?: string | null;
}

export function packed({ file, rows }: Block): { block: PackedBlock; handed: ArrayBuffer[] } {
  if (!('lines' in rows)) {
    const bad = rows.bad.map((line) => ({ ...line, error: plainError(line.error) }));
    return {
      block: { file, answers: rows.answers, packed: settledRows(rows.packed), bad, passed: rows.passed, id: rows.id },
      handed: [],
    };
  }
  const { plan, lines } = rows;
  const size = lines.reduce((sum, { from, to }) => sum + to - from, 0);
  const bytes = new Uint8Array(size);
  const ends = new Float64Array(lines.length);
  const numbers = new Float64Array(lines.length);
  const longer = new Map<number, number>();
  let at = 0;
  lines.forEach(({ bytes: all, from, to, number, longer: size }, i) => {
    if (size !== undefined) longer.set(i, size);
    bytes.set(all.subarray(from, to), at);
    at += to - from;
    ends[i] = at;
    numbers[i] = number;
  });
  return { block: { file, plan, bytes, ends, numbers, longer }, handed: [bytes.buffer, ends.buffer, numbers.buffer] };
}

/** The rows' tokens as plain data; rows of one block still share it. */
function settledRows(rows: AnswerRows['packed']): AnswerRows['packed'] {
  const blocks = new Map<TokenBlock, TokenBlock>();
  return rows.map((row) => {
    if (row === undefined) return undefined;
    let block = blocks.get(row.block);
    if (block === undefined) blocks.set(row.block, (block = settled(row.block)));
    return { block, span: row.span };
  });
}

export function unpacked({
  file,
  plan,
  bytes,
  ends,
  numbers,
  longer,
  answers,
  packed: tokens = [],
  bad,
  passed = 0,
  id,
}: PackedBlock): Pick<Block, 'file' | 'rows'> {
  if (plan === undefined || bytes === undefined || ends === undefined || numbers === undefined) {
    const lines = (bad ?? []).map((line) => ({ ...line, error: revived(line.error) }));
    return { file, rows: { answers: answers ?? [], packed: tokens, bad: lines, passed, id: id ?? null } };
  }
  const buffer = Buffer.from(bytes.buffer);
  const lines: ByteLine[] = Array.from(ends, (to, i) => ({
    bytes: buffer,
    from: i === 0 ? 0 : ends[i - 1],
    to,
    number: numbers[i],
    ...(longer?.has(i) ? { longer: longer.get(i) } : {}),
  }));
  return { file, rows: { plan, lines } };
}
