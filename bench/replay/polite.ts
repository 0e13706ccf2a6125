import type { AnswerRecord } from '../../data/record.js';

const frames: ((question: string) => string)[] = [
  (q) => `Please: ${q}`,
  (q) => `${q} Thanks.`,
  (q) => `Hello! ${q}`,
  (q) => `Could you tell me: ${q} Thank you!`,
];

/** The answer with a politely phrased question, under its own id and group, as if its source knew no other copy. */
export function inPolite(record: AnswerRecord, row: number, copy = 1): AnswerRecord {
  const prompt = frames[(row + copy) % frames.length](record.prompt ?? '');
  return { ...record, id: `${record.id}/copy ${copy}`, group: `${record.group}/copy ${copy}`, prompt };
}
