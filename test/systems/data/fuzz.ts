import { readPacked } from '../../../data/read/answers.js';
import { newSummary } from '../../../data/read/summary.js';
import { VouchError } from '../../../support/errors.js';
import type { Random } from '../../../support/random.js';

/** Inputs a reader; 10,000 is the long run, which reads ten times as many lines of JSON. */
export const INPUTS = Number(process.env.VOUCH_FUZZ ?? 150);
/** Seconds after which an input counts as hung; a busy machine is slow, not stuck. */
const LIMIT = 60;

/** What became of the inputs of one reader. */
export interface Outcomes {
  reader: string;
  inputs: number;
  records: number;
  bad: number;
  /** Inputs that ended with a coded error. */
  refused: number;
  /** Seconds of the slowest input; most memory held while any was read, in MB. */
  slowest: number;
  memory: number;
}

export interface FuzzRead {
  ids: string[];
  /** Lines (Parquet: rows) of good records and of bad ones. */
  lines: number[];
  badLines: number[];
  badTexts: string[];
  /** Rows that hold no answer, by what they say. */
  without: number;
}

export function newOutcomes(reader: string): Outcomes {
  return { reader, inputs: 0, records: 0, bad: 0, refused: 0, slowest: 0, memory: 0 };
}

/** Reads one file; null where it ends with a coded error. Throws for any other error, and where it hangs. */
export async function readOrRefused(file: string, outcomes: Outcomes): Promise<FuzzRead | null> {
  const began = performance.now();
  let late: NodeJS.Timeout | undefined;
  const hung = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new Error(`${file} took more than ${LIMIT} s`)), 1000 * LIMIT);
  });
  outcomes.inputs++;
  try {
    const found = await Promise.race([readAllOf(file), hung]);
    outcomes.records += found.ids.length;
    outcomes.bad += found.badLines.length;
    return found;
  } catch (error) {
    if (!(error instanceof VouchError)) throw error;
    outcomes.refused++;
    return null;
  } finally {
    clearTimeout(late);
    outcomes.slowest = Math.max(outcomes.slowest, (performance.now() - began) / 1000);
    outcomes.memory = Math.max(outcomes.memory, process.memoryUsage().rss / 1e6);
  }
}

async function readAllOf(file: string): Promise<FuzzRead> {
  const all: FuzzRead = { ids: [], lines: [], badLines: [], badTexts: [], without: 0 };
  const summary = newSummary();
  for await (const { records, lines, bad } of readPacked([file], { badLines: 'skip', summary })) {
    all.ids.push(...records.map(({ id }) => id));
    all.lines.push(...lines);
    all.badLines.push(...bad.map(({ line }) => line));
    all.badTexts.push(...bad.map(({ text }) => text));
  }
  for (const counts of [summary.passed, summary.unanswered]) for (const n of counts.values()) all.without += n;
  return all;
}

/** Bytes changed, cut out, doubled or put in, at one to three places. */
export function mutated(bytes: Buffer, draw: Random, put: readonly string[] = ['\0', '\xff', '"', '{']): Buffer {
  let out = Buffer.from(bytes);
  for (let times = 1 + draw.int(3); times > 0; times--) {
    const at = draw.int(out.length);
    const what = draw.int(5);
    if (what <= 1) out[at] = draw.int(256);
    else if (what === 2) out = Buffer.concat([out.subarray(0, at), out.subarray(at + 1 + draw.int(8))]);
    else if (what === 3) out = Buffer.concat([out.subarray(0, at), out.subarray(Math.max(0, at - draw.int(40)))]);
    else out = Buffer.concat([out.subarray(0, at), Buffer.from(put[draw.int(put.length)], 'latin1'), out.subarray(at)]);
  }
  return out;
}

export function tableOf(all: readonly Outcomes[]): string {
  const rows = all.map(
    ({ reader, inputs, records, bad, refused, slowest, memory }) =>
      `| ${reader} | ${inputs} | ${records} | ${bad} | ${refused} | ${slowest.toFixed(2)} | ${memory.toFixed(0)} |`,
  );
  const head = '| reader | inputs | records | bad rows | refused inputs | slowest, s | memory, MB |';
  return [head, '| --- | ---: | ---: | ---: | ---: | ---: | ---: |', ...rows].join('\n');
}
