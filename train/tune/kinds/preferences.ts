import { appendAt } from '../../../support/append.js';
import type { Random } from '../../../support/random.js';
import type { Graded, LeftOut } from '../graded.js';
import type { Example } from '../results.js';

/** The most pairs of one prompt, so that no prompt dominates the set. */
const MOST_PAIRS = 4;

/** A text that answers a prompt, and the answer that it comes from. */
interface Reply {
  text: string;
  from: Graded;
  isCorrection: boolean;
}

/**
 * Pairs for one prompt: a right answer, or a correction of a wrong one, is preferred to a wrong answer. Each text is in
 * a pair before one is in two of them, up to four pairs per prompt. A text that was graded both ways is left out.
 */
export function pairsOf(graded: readonly Graded[], random: Random): { examples: Example[]; leftOut: LeftOut[] } {
  const examples: Example[] = [];
  const leftOut: LeftOut[] = [];
  for (const [prompt, answers] of byPrompt(graded)) {
    const unsure = bothWays(answers);
    for (const { id } of answers.filter(({ answer }) => unsure.has(answer.trim())))
      leftOut.push({ id, why: 'graded right and wrong' });
    const sure = answers.filter(({ answer }) => !unsure.has(answer.trim()));
    const draw = random.fork(prompt);
    const chosen = draw.shuffle(distinct(sure.flatMap(preferredIn), unsure));
    const rejected = draw.shuffle(distinct(sure.filter(({ right }) => !right).map(asReply)));
    if (chosen.length === 0 || rejected.length === 0) {
      for (const { id } of sure) leftOut.push({ id, why: 'no answer to pair with' });
      continue;
    }
    const count = Math.min(MOST_PAIRS, Math.max(chosen.length, rejected.length));
    for (let i = 0; i < count; i++) examples.push(pairOf(chosen[i % chosen.length], rejected[i % rejected.length]));
  }
  return { examples, leftOut };
}

function pairOf(better: Reply, worse: Reply): Example {
  const { group, model, task, turns } = worse.from;
  return {
    ...{ id: better.from.id, over: worse.from.id, group, model, task },
    label: better.isCorrection ? 'correction' : 'answer',
    prompt: turns,
    target: { chosen: better.text, rejected: worse.text },
  };
}

function byPrompt(graded: readonly Graded[]): Map<string, Graded[]> {
  const found = new Map<string, Graded[]>();
  for (const each of graded) appendAt(found, JSON.stringify(each.turns), each);
  return found;
}

/** Texts that are right in one place and wrong in another, a correction counting as right. */
function bothWays(answers: readonly Graded[]): Set<string> {
  const right = new Set(answers.flatMap(preferredIn).map(({ text }) => text.trim()));
  return new Set(
    answers
      .filter(({ right: is }) => !is)
      .map(({ answer }) => answer.trim())
      .filter((text) => right.has(text)),
  );
}

function preferredIn(from: Graded): Reply[] {
  if (from.right) return [asReply(from)];
  return from.correction === null ? [] : [{ text: from.correction, from, isCorrection: true }];
}

function asReply(from: Graded): Reply {
  return { text: from.answer, from, isCorrection: false };
}

/** The first reply with each text, without those in `not`. */
function distinct(replies: readonly Reply[], not: ReadonlySet<string> = new Set()): Reply[] {
  const seen = new Set(not);
  return replies.filter(({ text }) => {
    if (seen.has(text.trim())) return false;
    seen.add(text.trim());
    return true;
  });
}
