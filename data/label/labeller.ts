import type { AnswerRecord } from '../record.js';

/** A rule that grades an answer by its references: a value, in one list (`list.ts`). Rules err; `vouch label` says how often. */
export interface Labeller {
  name: string;
  /** Other names it goes by. */
  aliases: readonly string[];
  /** What it does, in a line of help. */
  does: string;
  /** Whether it gives values between 0 and 1. */
  soft: boolean;
  /** 1 right, 0 wrong, between = share; null where it cannot tell: without a reference, or where nothing was answered. */
  of(record: AnswerRecord): number | null;
}

/** An answer that can be graded. */
export interface Gradable {
  answer: string;
  references: string[];
}

/** The answer with its references; null where there is no answer (a tool call, say) or no reference. */
export function gradable(record: { answer: string | null; reference?: string[] | null }): Gradable | null {
  const references = referencesOf(record);
  return references === null || record.answer === null ? null : { answer: record.answer, references };
}

/** The references that say something; null where there are none. */
export function referencesOf(record: Pick<AnswerRecord, 'reference'>): string[] | null {
  const references = (record.reference ?? []).filter((text) => text.trim() !== '');
  return references.length === 0 ? null : references;
}
