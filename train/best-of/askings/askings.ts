import type { AnswerSource } from '../../../data/read/answer-source.js';
import type { BadLine, ReadOptions } from '../../../data/read/answers.js';
import type { AnswerRecord } from '../../../data/record.js';
import { type SeenQuestions, seenTest } from '../../../models/bundle/seen.js';
import { append } from '../../../support/append.js';
import { type GradedOptions, readGraded } from '../../vote/read-graded.js';
import { withoutCopies } from '../../vote/without-copies.js';
import { type Candidate, candidatesIn } from './candidate.js';

/** One prompt with all answers that were given to it. Two wordings of a question are two askings of one group. */
export interface Asking {
  group: string;
  task: string | null;
  asked: Pick<AnswerRecord, 'prompt' | 'messages'>;
  /** The first answer, then further ones drawn for the same prompt. */
  draws: Candidate[];
  /** The first answer and its revisions, if `collect --revise` asked for them; else empty. */
  attempts: Candidate[];
}

interface Askings {
  askings: Asking[];
  answers: number;
  /** Questions left out because the bundle was trained on them. */
  seen: number;
  rules: Set<string>;
  bad: BadLine[];
  notes: string[];
}

/**
 * Reads answers and gathers the candidates of each asking. Questions that the bundle was trained on are left out in all
 * their wordings, because its probabilities look too good there. Memory: all records. Errors: those of `readGraded`.
 */
export async function askingsOf(
  answers: AnswerSource,
  read: ReadOptions,
  options: GradedOptions & { seen?: readonly SeenQuestions[] },
): Promise<Askings> {
  const { items, groups, question, rules, bad, notes } = await readGraded(
    answers,
    read,
    options,
    (record, labeller) => ({
      record,
      candidates: candidatesIn(record, labeller),
    }),
  );
  const isSeen = seenTest(options.seen ?? []);
  const left = new Set(groups.filter((_, i) => isSeen(question(i) ?? '')));
  const found = new Map<string, { group: string; record: AnswerRecord; candidates: Candidate[] }>();
  items.forEach(({ record, candidates }, i) => {
    if (left.has(groups[i])) return;
    const { prompt, messages, context } = record;
    const key = JSON.stringify([groups[i], prompt, messages, context]);
    const before = found.get(key);
    if (before === undefined) found.set(key, { group: groups[i], record, candidates });
    else append(before.candidates, candidates);
  });
  const askings = [...found.values()].map(({ group, record, candidates }): Asking => {
    const { prompt, messages, task } = record;
    return {
      ...{ group, task: task ?? null, asked: { prompt, messages } },
      ...{ draws: withoutCopies(candidates), attempts: attemptsIn(candidates) },
    };
  });
  return { askings, answers: items.length, seen: left.size, rules, bad, notes };
}

/** The attempts of `collect --revise`: a first answer that was not revised counts too. */
function attemptsIn(candidates: readonly Candidate[]): Candidate[] {
  const isBestOf = candidates.some(({ kind }) => kind === 'sampled');
  return isBestOf ? [] : candidates.filter(({ kind, sample }) => kind !== null && sample === null);
}
