import type { AnswerRecord } from '../record.js';

/**
 * A rule that grades an answer by its references. Labellers are values in one list (`list.ts`). They make mistakes;
 * `vouch label` reports how often.
 */
export interface Labeller {
  name: string;
  /** Other names for it. */
  aliases: readonly string[];
  /** What it checks, in one line of help. */
  does: string;
  /** Whether it returns values between 0 and 1. */
  soft: boolean;
  /** 1 correct, 0 wrong, between them a share; null if it cannot decide: without a reference or without an answer. */
  of(record: AnswerRecord): number | null;
}

/** An answer that can be graded. */
interface Gradable {
  answer: string;
  references: string[];
}

/** The answer with its references; null without an answer (for example a tool call) or without a reference. */
export function gradable(record: { answer: string | null; reference?: string[] | null }): Gradable | null {
  const references = referencesOf(record);
  return references === null || record.answer === null ? null : { answer: record.answer, references };
}

/** The references that are not blank; null if there are none. */
export function referencesOf(record: Pick<AnswerRecord, 'reference'>): string[] | null {
  const references = (record.reference ?? []).filter((text) => text.trim() !== '');
  return references.length === 0 ? null : references;
}
