import { jsonConverter, plainPlan } from '../../../data/read/json/json-plan.js';
import { jsonRow } from '../../../data/read/json/json-rows.js';
import { lineOf } from '../../../data/read/lines.js';
import { readRow } from '../../../data/read/read-row.js';
import type { RowSink } from '../../../data/read/row-sink.js';
import { LineReader } from '../../../data/scan/line-reader.js';
import { Scanner } from '../../../data/scan/scanner.js';
import { type Answer, isAnswer, type Logged } from '../../../data/token-list.js';
import { TopKCount } from '../../../features/collect.js';
import { features } from '../../../features/list.js';
import { patternOf } from '../../../features/pattern.js';
import { rowMaker } from '../../../features/row.js';
import { VouchError } from '../../../support/errors.js';
import { random } from '../../../support/random.js';
import { oddLine } from './odd-lines.js';

const schema = {
  topK: 5,
  numeric: [...features.map(({ name, version }) => `${name}@${version}`), 'verifiers.nli@1', 'features.age@1'],
  categorical: ['model', 'option', 'features.plan'].map((name) => ({ name, vocabulary: ['m1', 'yes', 'B', 'pro'] })),
};
const file = 'odd.jsonl';

export interface Counts {
  lines: number;
  /** Lines that the scanner took, lines with an answer, lines with an error. */
  scanned: number;
  good: number;
  bad: number;
}

/** Reads so many odd lines by the scanner and by JSON.parse; throws at the first whose signals differ in a bit, or whose errors differ in a word. */
export function bothWays(count: number, seed: string): Counts {
  const draw = random(seed);
  const scanner = new Scanner();
  const reader = new LineReader(scanner, plainPlan, { requests: new Map() }, file);
  const signals = signalsOf();
  const counts = { lines: count, scanned: 0, good: 0, bad: 0 };
  for (let i = 0; i < count; i++) {
    const bytes = oddLine(draw, i);
    const number = i + 1;
    if (scanner.scan(bytes, 0, bytes.length) !== null) counts.scanned++;
    const quick = outcome(() =>
      signals(theOne((sink) => reader.read({ bytes, from: 0, to: bytes.length, number }, sink))),
    );
    const plain = outcome(() => signals(plainly(bytes, number)));
    if (!quick.equals(plain))
      throw new Error(`line ${i} differs: ${bytes.toString('latin1')}\n${tell(quick)}\n${tell(plain)}`);
    if (quick[0] === 0) counts.good++;
    else counts.bad++;
  }
  return counts;
}

/** The one answer that a read gives; throws what it says is bad. */
function theOne(read: (sink: RowSink) => void): Answer {
  const records: Logged[] = [];
  read({
    record: (record) => records.push(record),
    bad: ({ error }) => {
      throw error;
    },
    passed: () => {},
  });
  const [record] = records;
  if (records.length !== 1 || !isAnswer(record)) throw new Error(`${records.length} records, or no answer`);
  return record;
}

function plainly(bytes: Buffer, line: number): Answer {
  const row = jsonRow(lineOf({ bytes, from: 0, to: bytes.length, number: line }), file);
  return theOne((sink) => readRow(row, jsonConverter(plainPlan, { requests: new Map() }, file), file, sink));
}

/** All that scoring and training read of an answer, as bytes: 0, then signals, pattern and texts; or 1 and the error. */
function outcome(read: () => Buffer): Buffer {
  try {
    return Buffer.concat([Buffer.from([0]), read()]);
  } catch (error) {
    if (!(error instanceof VouchError)) throw error;
    return Buffer.from(`\u0001${error.code} ${error.message}`);
  }
}

/** The bits of the usual NaN. */
const QUIET_NAN = 0x7ff8000000000000n;

function signalsOf(): (record: Answer) => Buffer {
  const maker = rowMaker(schema);
  const numeric = new Float64Array(schema.numeric.length);
  const words = new BigUint64Array(numeric.buffer);
  const categories = new Int32Array(schema.categorical.length);
  return (record) => {
    maker.row(record, numeric, 0, categories, 0);
    // which bits a NaN has depends on whether the engine has compiled the division, not on the record
    for (const [j, value] of numeric.entries()) if (Number.isNaN(value)) words[j] = QUIET_NAN;
    const topK = new TopKCount();
    topK.add(record);
    const { tokens, ...rest } = record;
    const texts = JSON.stringify([patternOf(record), topK.common(), rest, tokens == null ? null : [...tokens]]);
    return Buffer.concat([bytesOf(numeric), bytesOf(categories), Buffer.from(texts)]);
  };
}

function bytesOf(values: Float64Array | Int32Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

function tell(bytes: Buffer): string {
  if (bytes[0] !== 0) return bytes.toString();
  const n = schema.numeric.length;
  const values = new Float64Array(bytes.buffer.slice(bytes.byteOffset + 1, bytes.byteOffset + 1 + 8 * n));
  return schema.numeric.map((name, j) => `${name}=${values[j]}`).join(' ') + bytes.toString('utf8', 1 + 8 * n);
}
