import type { AnswerSource } from '../../data/read/answer-source.js';
import type { BadLine, ReadOptions } from '../../data/read/answers.js';
import type { SeenQuestions } from '../../models/bundle/seen.js';
import type { Scorer } from '../../scorer/scorer.js';
import { VouchError } from '../../support/errors.js';
import { random } from '../../support/random.js';
import { versions } from '../../support/versions.js';
import { graderOf } from '../vote/grade.js';
import type { GradedOptions } from '../vote/read-graded.js';
import { askingWeights } from './askings/asking-weights.js';
import { type Asking, askingsOf } from './askings/askings.js';
import { countsFor } from './askings/counts.js';
import { coveredNumbers } from './askings/covered-numbers.js';
import { gradedAskings } from './askings/graded.js';
import { pickedIn } from './askings/picked.js';
import { countedIn, viewsOf } from './askings/views.js';
import { certifiedPolicy } from './certified-policy.js';
import { choiceOf } from './choice-of.js';
import { type Chooser, coveredIn } from './chooser.js';
import type { Joint } from './joint.js';
import { measureOf } from './measure.js';
import { foldSplits } from './parts.js';
import { policiesIn } from './policies.js';
import type { Method, Policy } from './policy.js';
import type { Choice, ChoiceSummary } from './results.js';

export interface ChooseHow extends GradedOptions {
  /** The bundle that scores the answers, and the questions that it was trained on. */
  scorer?: Scorer;
  seen?: readonly SeenQuestions[];
  targetError: number;
  confidence: number;
  certifyShare: number;
  /** Freezes these instead of what is best on the fit questions. */
  method?: Method;
  of?: number;
  resamples: number;
  seed: number;
}

interface Chosen {
  choices: Choice[];
  summary: ChoiceSummary;
  chooser: Chooser;
  bad: BadLine[];
  notes: string[];
}

/**
 * Compares ways to choose among several answers, freezes the best on the fit questions and certifies it on the certify
 * questions. All graded questions measure the comparison; each probability comes from other questions. Memory: all
 * records. Errors: those of `readGraded`; SELECTED_LOG; NO_ANSWERS without several answers; NO_LABELS, TOO_FEW_LABELS;
 * BAD_LABEL for weights that differ within a prompt; BAD_USAGE for a method that the answers do not allow.
 */
export async function choose(answers: AnswerSource, read: ReadOptions, how: ChooseHow): Promise<Chosen> {
  const { scorer, seed, certifyShare, targetError, confidence, resamples } = how;
  const collected = await askingsOf(answers, read, how);
  refusePicked(collected.askings);
  const counts = countsFor(collected.askings.map(({ draws }) => draws.length));
  const most = counts[counts.length - 1];
  const askings = collected.askings.filter(({ draws }) => draws.length >= most);
  const views = await viewsOf(askings, counts, how);
  if (most === 1 && views.revised === null) throw nothingToChoose(collected.seen);
  const { grader, by } = graderOf(collected.rules, how.with, how.own);
  const { rows, group, gradeOf } = gradedAskings(askings, views, grader);
  // A rule that the caller names grades every answer, so the labels do not count, and their weights do not either.
  const weight = how.with === undefined ? askingWeights(askings, rows) : undefined;
  const policies = policiesIn(views, { hasBundle: scorer !== undefined, gradeOf, weight });
  const draw = random(seed).fork('best-of');
  const counted = countedIn(views);
  const compared = measureOf(policies, {
    ...{ group, counted, resamples, random: draw.fork('intervals') },
    splits: foldSplits(group, rows, draw.fork('folds')),
  });
  const certified = certifiedPolicy(policies, {
    ...{ group, rows, counted, targetError, confidence, certifyShare, resamples },
    random: draw,
    allows: (policy) => isAllowed(policy, how),
  });
  if (certified === null) throw notPossible(how, [...policies.keys()]);
  const { frozen, field, own } = certified;
  const graded = Array.from(rows, (row) => askings[row]);
  const fewer = collected.askings.length - askings.length;
  const claim = { ...certified.claim, answers: coveredNumbers(frozen, graded, fewer === 0) };
  const candidates = askings.flatMap((asking) => coveredIn(frozen, asking));
  return {
    choices: askings.map((asking, row) => choiceOf(own.get(row) ?? frozen, asking, field.views[row])),
    summary: {
      answers: collected.answers,
      askings: askings.length,
      questions: new Set(group).size,
      candidates: askings.reduce((sum, { draws, attempts }) => sum + new Set([...draws, ...attempts]).size, 0),
      by,
      fewer,
      notGraded: askings.length - rows.length,
      seen: collected.seen,
      counted,
      estimated: askings.reduce((sum, { draws }) => sum + draws.filter(({ isEstimated }) => isEstimated).length, 0),
      policies: [...policies.keys()].map(compared.quality),
      frozen: certified.quality(),
      fitQuestions: certified.fitQuestions,
      certifyQuestions: certified.certifyQuestions,
      claim,
    },
    chooser: {
      ...{ chooser: 1, vouch: versions().vouch, ...frozen, joint: plain(frozen.joint) },
      bundle: scorer?.digest ?? null,
      models: distinct(candidates.map(({ model }) => model)),
      tasks: distinct(askings.map(({ task }) => task)),
      temperatures: distinct(candidates.map(({ temperature }) => temperature)),
      ...{ seed, claim },
    },
    bad: collected.bad,
    notes: collected.notes,
  };
}

/** Refuses answers that were picked from others which are not here. Error: SELECTED_LOG. */
function refusePicked(askings: readonly Asking[]): void {
  const picked = askings.map(pickedIn).find((each) => each !== undefined);
  if (picked === undefined) return;
  throw new VouchError(
    'SELECTED_LOG',
    'an earlier score picked this answer, and the answers it was picked from are missing',
    {
      field: 'selected',
      expected: 'all answers to each prompt, as `vouch collect` writes them',
      got: picked.id,
      hint: 'A promise from such answers would hold only for what that score picks. Give all answers that were there.',
    },
  );
}

/** Whether the caller allows a policy. */
function isAllowed(policy: Policy, { method, of }: Pick<ChooseHow, 'method' | 'of'>): boolean {
  return (method === undefined || policy.method === method) && (of === undefined || policy.of === of);
}

function notPossible({ method, of }: Pick<ChooseHow, 'method' | 'of'>, policies: readonly Policy[]): VouchError {
  return new VouchError('BAD_USAGE', 'is not possible with these answers', {
    field: method === undefined ? '--of' : '--method',
    expected: policies.map((policy) => `${policy.method} of ${policy.of}`).join(', '),
    got: [method, of].filter((each) => each !== undefined).join(' of '),
  });
}

function nothingToChoose(seen: number): VouchError {
  const hint =
    seen > 0
      ? 'Questions that the bundle was trained on were left out. Give answers to questions that it has not seen.'
      : 'Ask for several with collect --samples, --best-of or --revise.';
  return new VouchError('NO_ANSWERS', 'no question has several answers, so there is nothing to choose from', { hint });
}

function plain({ columns, centre, weights }: Joint): Chooser['joint'] {
  return { columns: [...columns], centre: [...centre], weights: [...weights] };
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
