import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { labelOf } from '../../data/label-of.js';
import type { AnswerRecord } from '../../data/record.js';

/** What the tuned model said about one held-out answer, and the answer itself. */
export interface HeldOut {
  record: AnswerRecord;
  question: string;
  right: number;
}

/** The lines of a JSON Lines file. */
export function linesOf<T>(file: string): T[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as T);
}

/** The sizes of training sets that tune_ptrue.py has finished, ascending; 0 is the model as it was. */
export function sizesIn(work: string): number[] {
  const names = readdirSync(join(work, 'ptrue')).filter((name) => name.endsWith('.json'));
  return names.map((name) => Number(name.replace('.json', ''))).sort((a, b) => a - b);
}

/** P(True) of the held-out answers after training on `size` rows. */
export function judgedBy(work: string, size: number): Map<string, number> {
  const lines = linesOf<{ id: string; ptrue: number }>(join(work, 'ptrue', `${size}.jsonl`));
  return new Map(lines.map(({ id, ptrue }) => [id, ptrue]));
}

/** The held-out answers that tune_ptrue.py has judged, with their questions as `vouch tune export` divided them. */
export function heldOut(
  records: readonly AnswerRecord[],
  work: string,
  judged: ReadonlyMap<string, number>,
): HeldOut[] {
  const index = linesOf<{ id: string; group: string; part: string }>(join(work, 'probes', 'index.jsonl'));
  const parts = new Map(index.map((each) => [each.id, each]));
  return records.flatMap((record) => {
    if (!judged.has(record.id)) return [];
    const { group, part } = parts.get(record.id)!;
    if (part === 'train') throw new Error(`${record.id} is in the training part and was judged`);
    return [{ record, question: group, right: labelOf(record)!.value }];
  });
}

/** The answers that the model gave when it could say that it does not know; null if tune_idk.py has not run. */
export function newAnswers(work: string): Map<string, string> | null {
  const file = join(work, 'idk-answers.jsonl');
  if (!existsSync(file)) return null;
  return new Map(linesOf<{ id: string; answer: string }>(file).map(({ id, answer }) => [id, answer]));
}
