import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPacked } from '../../../data/read/answers.js';
import { newSummary } from '../../../data/read/summary.js';
import { VouchError } from '../../../support/errors.js';
import { type Random, random } from '../../../support/random.js';
import { addFault, addInput, newOutcomes, type Outcomes } from '../outcomes.js';

/** Seconds after which an input is given up; what takes longer than it may counts as hung before. */
const PATIENCE = 60;

export interface FuzzFiles {
  files: number;
  seed: string;
  progress?(done: number): void;
}

/** What a reader gave of one file. */
export interface FuzzRead {
  ids: string[];
  /** Lines (Parquet: rows) of good records and of bad ones. */
  lines: number[];
  badLines: number[];
  badTexts: string[];
  /** All texts of the good records. */
  texts: string[];
  /** Rows that hold no answer, by what they say. */
  without: number;
}

/** A damaged file, and what its reading must hold to. */
export interface FuzzFile {
  name: string;
  bytes: Buffer;
  rows: number;
  /** Null for a file that was refused. What is wrong with it, if anything, and how many rows were lost or doubled. */
  check(found: FuzzRead | null): { fault: string; rows: number } | null;
}

/** Reads files that were made by a seed, one after the other. */
export async function fuzzFiles(
  kind: string,
  { files, seed, progress }: FuzzFiles,
  make: (draw: Random) => FuzzFile,
): Promise<Outcomes> {
  const outcomes = newOutcomes(kind);
  const dir = mkdtempSync(join(tmpdir(), 'vouch-fuzz-'));
  try {
    for (let i = 0; i < files; i++) {
      const made = make(random(`${seed}/${kind}/${i}`));
      const file = join(dir, made.name);
      writeFileSync(file, made.bytes);
      const failed = (fault: string) => addFault(outcomes, `#${i}: ${fault}`);
      const began = performance.now();
      const found = await readOrRefused(file, outcomes, failed);
      addInput(outcomes, i, (performance.now() - began) / 1000);
      if (found !== null) outcomes.rows += made.rows; // of a file that is refused nothing is read
      if (found === undefined) continue;
      const wrong = made.check(found);
      if (wrong !== null) {
        outcomes.wrong += wrong.rows;
        failed(wrong.fault);
      }
      progress?.(i + 1);
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  return outcomes;
}

/** Null where it ends with a coded error, undefined where it fails or hangs. */
async function readOrRefused(
  file: string,
  outcomes: Outcomes,
  failed: (fault: string) => void,
): Promise<FuzzRead | null | undefined> {
  let late: NodeJS.Timeout | undefined;
  const hung = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new Error(`took more than ${PATIENCE} s`)), 1000 * PATIENCE);
  });
  try {
    const found = await Promise.race([readAllOf(file), hung]);
    outcomes.out += found.ids.length;
    outcomes.bad += found.badLines.length;
    return found;
  } catch (error) {
    if (error instanceof VouchError) {
      outcomes.refused++;
      return null;
    }
    failed(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return undefined;
  } finally {
    clearTimeout(late);
  }
}

async function readAllOf(file: string): Promise<FuzzRead> {
  const all: FuzzRead = { ids: [], lines: [], badLines: [], badTexts: [], texts: [], without: 0 };
  const summary = newSummary();
  for await (const { records, lines, bad } of readPacked([file], { badLines: 'skip', summary })) {
    for (const record of records) {
      all.ids.push(record.id);
      all.texts.push(`${record.id} ${record.prompt} ${record.answer} ${JSON.stringify(record.features)}`);
    }
    all.lines.push(...lines);
    all.badLines.push(...bad.map(({ line }) => line));
    all.badTexts.push(...bad.map(({ text }) => text));
  }
  for (const counts of [summary.passed, summary.unanswered]) for (const n of counts.values()) all.without += n;
  return all;
}

/** How many of these come twice. */
export function doubled(lines: readonly number[]): number {
  return lines.length - new Set(lines).size;
}
