import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseOptions, wordsOf } from '../../train/options.js';
import { load } from '../../train/prepare/load.js';
import type { TrainingData } from '../../train/prepare/training-data.js';

/** Labelled answers as vouch reads them, and the table of the same signals that peers read. */
export interface Answers {
  data: TrainingData;
  table: string;
  /** SHA-256 of the table, including the weights of the answers. */
  fingerprint: string;
}

export interface AnswerFlags {
  labels?: string;
  on: string;
  groupBy?: string;
}

/** Lets `vouch features` write the table into `dir`, and reads the same answers for vouch. */
export async function readAnswers(files: string[], flags: AnswerFlags, dir: string): Promise<Answers> {
  const { labels, on, groupBy } = flags;
  const table = join(dir, 'signals.parquet');
  const asked = [
    ...(labels === undefined ? [] : ['--labels', labels, '--on', on]),
    ...(groupBy === undefined ? [] : ['--group-by', groupBy]),
  ];
  const command = ['--import', 'tsx', 'scripts/vouch.ts', 'features', ...files, ...asked];
  const printed = execFileSync(process.execPath, [...command, '--out', table, '--json', '--quiet'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { topK } = JSON.parse(printed) as { topK: number };
  const options = { labels, on: labels === undefined ? undefined : on, groupBy };
  const { data } = await load(files, options, { topK, words: wordsOf(parseOptions({})) });
  const hash = createHash('sha256').update(readFileSync(table)).update(data.w);
  return { data, table, fingerprint: hash.digest('hex') };
}
