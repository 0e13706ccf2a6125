import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Labeller } from '../../../data/label/labeller.js';
import type { AnswerRecord } from '../../../data/record.js';

/** What a labeller says of an answer. */
export function grade(
  labeller: Labeller,
  answer: string,
  reference: string | string[],
  prompt?: string,
): number | null {
  return labeller.of({ id: 'x', answer, reference: [reference].flat(), prompt });
}

/** The records of a file in test/cases. */
export function caseRows(name: string): AnswerRecord[] {
  const file = resolve(import.meta.dirname, '../../cases', name);
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as AnswerRecord);
}
