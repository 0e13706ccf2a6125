import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { AnswerRecord } from '../../data/record.js';
import { writeBundle } from '../../models/bundle/write.js';
import { trainOn } from './trained.js';

const root = resolve(import.meta.dirname, '../..');

/** Shipped answers of a real small model, every `step`-th question. */
export function shippedAnswers(step = 1): AnswerRecord[] {
  const text = gunzipSync(readFileSync(join(root, 'examples/smollm2.jsonl.gz'))).toString('utf8');
  const records = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as AnswerRecord & { label?: number });
  const groups = [...new Set(records.map(({ group }) => group))];
  const wanted = new Set(groups.filter((_, i) => i % step === 0));
  return records
    .filter(({ group }) => wanted.has(group))
    .map(({ label, ...record }) => (label === undefined ? record : { ...record, labels: [{ value: label }] }));
}

/** Trains a bundle on half of the shipped answers: trees, whose questions tell a number from its neighbour. */
export async function writeShippedBundle(dir: string, signals: 'all' | 'numbers'): Promise<void> {
  const { files, manifest } = await trainOn(shippedAnswers(2), {
    signals,
    targetError: 0.3,
    learners: ['trees'],
    patternLearners: ['trees'],
    trees: { most: 60, patience: 10, rate: 0.2 },
    treeMembers: 1,
    words: { length: 0, buckets: 1 },
  });
  await writeBundle(dir, files, manifest);
}
