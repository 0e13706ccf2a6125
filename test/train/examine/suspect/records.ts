import type { AnswerRecord } from '../../../../data/record.js';
import { type Prints, printCollector } from '../../../../train/examine/suspect/prints.js';

/** Records from the little that matters to a test; ids r0, r1, … in order. */
export function recordsOf(parts: Partial<AnswerRecord>[]): AnswerRecord[] {
  return parts.map((part, i) => ({ id: `r${i}`, answer: 'yes', model: 'm', ...part }));
}

export function printsOf(parts: Partial<AnswerRecord>[]): Prints {
  const collector = printCollector();
  for (const record of recordsOf(parts)) collector.add(record);
  return collector.finish();
}
