import type { AnswerRecord, Sample } from '../../../data/record.js';

/** An answer as a sample of another one. Its tokens have no alternatives, as `vouch collect` records them. */
export function asSample({ answer, tokens }: AnswerRecord, temperature: number): Sample {
  const plain = tokens?.map(({ top: _, ...token }) => token);
  return { answer, temperature, ...(plain == null ? {} : { tokens: plain }) };
}
