import type { AnswerSource } from '../../data/read/answer-source.js';
import type { BadLine, ReadOptions } from '../../data/read/answers.js';
import type { NoDecision } from '../../scorer/decide.js';
import type { Scorer } from '../../scorer/scorer.js';
import { VouchError } from '../../support/errors.js';
import { silent } from '../../support/progress.js';
import { unlessAborted } from '../../support/unless-aborted.js';
import { plural } from '../../support/words/plural.js';
import type { GradedOptions } from '../vote/read-graded.js';
import { type Asking, askingsOf } from './askings/askings.js';
import { coversNumber, numbersWords } from './askings/covered-numbers.js';
import { pickedIn } from './askings/picked.js';
import { attemptView, drawViews, type View } from './askings/view.js';
import { choiceOf } from './choice-of.js';
import { type Chooser, coveredIn } from './chooser.js';
import { hasColumns } from './joint.js';
import type { Choice } from './results.js';

/** A chosen answer with its decision. The fields are those of `vouch score`. */
export interface DecidedChoice extends Choice {
  decision: 'accept' | 'abstain' | null;
  /** Null if the decision rests on the certified claim; else the reason why there is none. */
  why: NoDecision | null;
  missing: string[] | null;
  claim: string | null;
}

interface Used {
  choices: (DecidedChoice | Undecided)[];
  answers: number;
  bad: BadLine[];
  notes: string[];
}

/** The row of a prompt among whose answers nothing could be chosen. */
export interface Undecided {
  id: string;
  sample: null;
  group: string;
  answer: string;
  probability: null;
  selected: true;
  decision: null;
  why: NoDecision;
  missing: string[];
  claim: null;
}

export interface UseHow extends GradedOptions {
  scorer?: Scorer;
}

/**
 * Chooses among new answers as a chooser says, and decides under its claim. An answer gets no decision if the claim was
 * certified for others: another model, task or temperature, or another number of answers, and none if an earlier score
 * picked it. Errors: those of `readGraded`; BAD_USAGE
 * if the chooser was made with another bundle.
 */
export async function useChooser(
  chooser: Chooser,
  answers: AnswerSource,
  read: ReadOptions,
  how: UseHow,
): Promise<Used> {
  const { scorer, show = silent, signal } = how;
  if ((scorer?.digest ?? null) !== chooser.bundle) {
    throw new VouchError('BAD_USAGE', 'this chooser was certified with another bundle', {
      field: '--model',
      expected: chooser.bundle === null ? 'no bundle' : `the bundle ${chooser.bundle.slice(0, 12)}`,
      got: scorer?.digest.slice(0, 12) ?? 'no bundle',
    });
  }
  const { askings, answers: read_, bad, notes } = await askingsOf(answers, read, how);
  const shown = show('choose', { unit: 'prompts', total: askings.length });
  const choices: Used['choices'] = [];
  for (const asking of askings) {
    unlessAborted(signal);
    choices.push(await decided(chooser, asking, scorer));
    shown.add(1);
  }
  shown.done();
  return { choices, answers: read_, bad, notes: [...notes, ...numberNotes(chooser, askings)] };
}

async function decided(chooser: Chooser, asking: Asking, scorer?: Scorer): Promise<DecidedChoice | Undecided> {
  const { method, of, claim } = chooser;
  const view =
    method === 'revision'
      ? await attemptView(asking, scorer)
      : (await drawViews(asking, [Math.min(of, asking.draws.length)], scorer))[0];
  const lacking = lackingIn(chooser, asking, view);
  if (view === null || lacking.length > 0) return undecided(asking, lacking);
  const choice = choiceOf(chooser, asking, view);
  const why = reasonAgainst(chooser, asking);
  if (why !== null) return { ...choice, decision: null, why, missing: null, claim: null };
  const isAccepted = choice.probability >= (claim.threshold as number);
  return {
    ...choice,
    decision: isAccepted ? 'accept' : 'abstain',
    ...{ why: null, missing: null, claim: isAccepted ? claim.id : null },
  };
}

/** Signals without which the joint probability cannot be computed, or was not certified. */
function lackingIn({ method, of, joint }: Chooser, { draws }: Asking, view: View | null): string[] {
  if (view === null) return ['attempt'];
  if (method !== 'revision' && draws.length < of) return ['samples'];
  return joint.columns.filter((column) => !hasColumns(view, [column]));
}

function undecided({ group, draws, attempts }: Asking, missing: string[]): Undecided {
  const { id, text } = [...draws, ...attempts][0];
  return {
    ...{ id, sample: null, group, answer: text, probability: null, selected: true },
    ...{ decision: null, why: 'missing signal', missing, claim: null },
  };
}

/** Why the claim does not cover an asking; null if it does. */
function reasonAgainst(chooser: Chooser, asking: Asking): NoDecision | null {
  const { method, of, models, tasks, temperatures, claim } = chooser;
  const { task, attempts } = asking;
  const candidates = coveredIn(chooser, asking);
  if (pickedIn(asking) !== undefined) return 'selected';
  if (!tasks.includes(task)) return 'unseen task';
  if (candidates.some(({ model }) => !models.includes(model))) return 'unseen model';
  if (candidates.some(({ temperature }) => !temperatures.includes(temperature))) return 'unknown pattern';
  if (method === 'revision' && attempts.length > of) return 'unknown pattern';
  if (claim.answers === undefined || !coversNumber(claim.answers, asking)) return 'unknown pattern';
  return claim.threshold === null ? 'uncertified pattern' : null;
}

/** What to say of prompts to which the claim does not apply because of their number of answers. */
function numberNotes({ method, of, claim: { answers, threshold } }: Chooser, askings: readonly Asking[]): string[] {
  if (threshold === null) return [];
  if (answers === undefined) {
    return ['the chooser does not say for how many answers its promise holds, so it decides nothing: certify again'];
  }
  const other = askings.filter(
    (asking) => !coversNumber(answers, asking) && (method === 'revision' || asking.draws.length >= of),
  );
  if (other.length === 0) return [];
  return [
    `${plural(other.length, 'prompt')} without a decision: the promise holds for prompts with ${numbersWords(answers)}, ` +
      'and how many there are may depend on the answers',
  ];
}
