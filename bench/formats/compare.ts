import { promptOf } from '../../data/group.js';
import { readLogged } from '../../data/read/answers.js';
import { newSummary } from '../../data/read/summary.js';
import type { AnswerRecord, LoggedRecord } from '../../data/record.js';

/** Answers read from a log, compared with the canonical ones in the same order: how many are equal in each field. */
export interface Compared {
  /** The detected formats of the rows. */
  formats: string[];
  read: number;
  noAnswer: number;
  bad: number;
  passed: number;
  answer: number;
  prompt: number;
  /** All tokens with their log-probabilities; and with their first five alternatives. */
  tokens: number;
  alternatives: number;
  label: number;
  reference: number;
}

/**
 * Reads files and compares. Rows are matched by their order, which every log keeps. `failed` names those that are
 * missing.
 */
export async function compared(
  files: readonly string[],
  expected: readonly AnswerRecord[],
  failed: (i: number) => boolean = () => false,
): Promise<Compared> {
  const summary = newSummary();
  const found: LoggedRecord[] = [];
  for await (const { records } of readLogged([...files], { badLines: 'skip', summary })) found.push(...records);
  const wanted = expected.filter((_, i) => !failed(i));
  const count = (same: (record: LoggedRecord, other: AnswerRecord) => boolean) =>
    found.filter((record, i) => wanted[i] !== undefined && same(record, wanted[i])).length;
  return {
    formats: [...new Set(summary.formats.map(({ format }) => format))],
    read: found.length,
    noAnswer: found.filter(({ answer }) => answer === null).length,
    bad: summary.bad,
    passed: [...summary.passed.values()].reduce((sum, n) => sum + n, 0),
    answer: count((record, other) => record.answer === other.answer),
    prompt: count((record, other) => promptOf(record).includes(other.prompt as string)),
    tokens: count((record, other) => tokensOf(record, 0) === tokensOf(other, 0)),
    alternatives: count((record, other) => tokensOf(record, 5) === tokensOf(other, 5)),
    label: count((record, other) => record.labels?.[0]?.value === other.labels?.[0]?.value),
    reference: count((record, other) => (record.reference ?? []).includes(other.reference?.[0] as string)),
  };
}

/** The tokens as text, with this many alternatives each. */
function tokensOf({ tokens }: LoggedRecord, most: number): string {
  return JSON.stringify(
    tokens?.map(({ token, logprob, top }) => [
      token,
      logprob,
      (top ?? [])
        .slice(0, most)
        .map((other) => `${other.token} ${other.logprob}`)
        .sort(),
    ]) ?? null,
  );
}
