import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { AnswerRecord } from '../../data/record.js';

/** All records of a small gzipped JSON Lines file, without checks. */
export function readAnswers(file: string): AnswerRecord[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as AnswerRecord);
}
