import type { AnswerRecord } from '../../data/record.js';
import { type Case, casesOf, isRecorded } from '../../scorer/policy/case.js';
import type { Prices } from '../../scorer/policy/prices.js';
import { addCount, type Counts, countsJson } from '../../support/counts.js';
import { VouchError } from '../../support/errors.js';
import { plural } from '../../support/words/plural.js';
import { chanceOf } from './chance.js';
import { labelWeight } from './label-weight.js';

/** The cases of a log, sorted by whether a policy may learn from them. */
export interface SortedCases {
  /** Cases with every stage and a label for each answer that could be returned. */
  complete: Case[];
  /** For each of them: the weight of its labels / (chance that all stages were bought). */
  weight: Float64Array;
  /** Cases that lack a stage: they only say whether what is missing depends on the score. */
  incomplete: Case[];
  /** Whether chances were recorded. */
  isWeighted: boolean;
  /** The largest weight that the recorded chances allow; null without chances. */
  mostWeight: number | null;
  leftOut: LeftOut;
}

/** How many cases were left out, by reason. */
export interface LeftOut {
  /** By the stage that was missing. */
  missing: Record<string, number>;
  unlabelled: number;
  /** Answers of models that no stage names. */
  unused: number;
}

/**
 * Sorts the cases. A log in which a stage was bought because of an earlier score shows only questions that this score
 * chose, so a policy learned from it would be certified for those alone. Such logs are refused, unless the chance of
 * buying was recorded: then each case counts 1 / chance. Errors: SELECTED_LOG; BAD_RECORD for a chance that is none or
 * missing; BAD_LABEL for labels of a case with different weights; NO_LABELS if no case is complete.
 */
export function sortCases(
  records: readonly AnswerRecord[],
  groups: readonly string[],
  prices: Prices,
  boughtChance: string,
): SortedCases {
  const { cases, unused } = casesOf(records, groups, prices);
  const lacking: Counts = new Map();
  let unlabelled = 0;
  const complete: Case[] = [];
  const incomplete: Case[] = [];
  const chances = cases.map(({ first }) => chanceOf(first, boughtChance));
  const isWeighted = chances.some((chance) => chance !== null);
  const weight: number[] = [];
  cases.forEach((each, i) => {
    const { first, others } = each;
    const missing = prices.stages.find((stage) => !isRecorded(each, stage));
    if (isWeighted && chances[i] === null) throw noChance(first, boughtChance);
    if (missing !== undefined) {
      addCount(lacking, missing.name);
      incomplete.push(each);
      return;
    }
    const chosen = [first, ...others.values()].find(({ selected }) => selected === true);
    if (chosen !== undefined && !isWeighted) throw selectedLog(chosen, boughtChance);
    const labelled = labelWeight(each);
    if (labelled === null) {
      unlabelled++;
      return;
    }
    complete.push(each);
    weight.push(labelled / (chances[i] ?? 1));
  });
  const leftOut: LeftOut = { missing: countsJson(lacking), unlabelled, unused };
  if (complete.length === 0) throw noneComplete(leftOut);
  const lowest = chances.reduce<number>((least, chance) => Math.min(least, chance ?? 1), 1);
  return {
    ...{ complete, incomplete, isWeighted, leftOut },
    weight: Float64Array.from(weight),
    mostWeight: isWeighted ? 1 / lowest : null,
  };
}

function selectedLog({ id }: AnswerRecord, field: string): VouchError {
  return new VouchError('SELECTED_LOG', 'an earlier score decided for which questions a stage was bought', {
    field: 'selected',
    expected: `every stage for every question, or the chance of buying in the field ${field}`,
    got: id,
    hint: 'Log every stage for a random share of the questions, or record the chance.',
  });
}

function noChance({ id }: AnswerRecord, field: string): VouchError {
  return new VouchError('BAD_RECORD', `the chance of buying is recorded for some questions, and not for ${id}`, {
    field,
    expected: 'a number above 0 and at most 1 on every first answer',
  });
}

function noneComplete({ missing, unlabelled }: LeftOut): VouchError {
  const parts = [
    ...Object.entries(missing).map(([name, n]) => `${plural(n, 'question lacks', 'questions lack')} ${name}`),
    ...(unlabelled > 0 ? [`${plural(unlabelled, 'question has', 'questions have')} an answer without a label`] : []),
  ];
  return new VouchError('NO_LABELS', 'no question has every stage and a label for each answer', {
    hint: parts.length === 0 ? undefined : `${parts.join('; ')}.`,
  });
}
