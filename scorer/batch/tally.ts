import { LINE_KEYS } from '../../data/record.js';
import type { Logged } from '../../data/token-list.js';
import { addCount, addCounts, type Counts } from '../../support/counts.js';
import type { NoDecision } from '../decide.js';
import type { Score } from '../scorer.js';
import type { BadRow } from './out/bad-row.js';

/** Numbers of rows by the reason why no claim covers them, and by what the rows hold. */
export type Reasons = Map<NoDecision, Counts>;

/** Counts of a run so far, as plain data. The journal stores it, so that a resumed run counts every row once. */
export interface Tally {
  rows: number;
  accept: number;
  abstain: number;
  escalate: number;
  /**
   * Rows without a decision, by reason and by what they hold: the pattern of signals, and the slice if that is the
   * reason.
   */
  undecided: Reasons;
  /**
   * The same for rows with a decision but without a promise: by the cost table, or because unseen models are accepted.
   */
  unpromised: Reasons;
  /** Rows accepted by a claim that was certified on answers with some signals hidden. */
  hidden: number;
  probabilitySum: number;
  /** Rows unlike the training answers; rows of models and tasks that training never saw, by name. */
  shifted: number;
  unseenModels: Counts;
  unseenTasks: Counts;
  /** Bad lines by code, each with its first example. */
  bad: Map<string, { count: number; first: string }>;
  /** Keys that are not fields of the record and were kept, with the number of records that have them. */
  unknownKeys: Counts;
  /** Parts of the input that are not answers and have no row. */
  passed: number;
  /** Rows that are not answers and have no probability. */
  unanswered: number;
}

export function newTally(): Tally {
  return {
    rows: 0,
    accept: 0,
    abstain: 0,
    escalate: 0,
    undecided: new Map(),
    unpromised: new Map(),
    hidden: 0,
    probabilitySum: 0,
    shifted: 0,
    unseenModels: new Map(),
    unseenTasks: new Map(),
    bad: new Map(),
    unknownKeys: new Map(),
    passed: 0,
    unanswered: 0,
  };
}

export function countScores(tally: Tally, scores: Score[]): void {
  for (const { probability, decision, why, missing, pattern, slice, shift, basis } of scores) {
    tally.rows++;
    if (probability === null) {
      tally.unanswered++;
      continue;
    }
    if (shift > 1) tally.shifted++;
    tally.probabilitySum += probability;
    if (decision !== null) tally[decision]++;
    if (basis === 'hidden') tally.hidden++;
    if (why !== null) {
      // The uncertified slices are limited by the bundle; unknown slices could be as many as the rows.
      const what =
        why === 'uncertified slice' ? `, ${slice}` : missing === null ? '' : `, without ${missing.join(', ')}`;
      const held = `${pattern}${what}`;
      addCount(countsOf(tally[decision === null ? 'undecided' : 'unpromised'], why), held);
    }
  }
}

/** Counts rows whose model or task was not seen in training. If the bundle lists no names, nothing is counted. */
export function countUnseen(
  tally: Tally,
  records: readonly Logged[],
  known: { models: Set<string>; tasks: Set<string> },
): void {
  const count = (names: Set<string>, name: string | null | undefined, into: Counts) => {
    if (names.size > 0 && name != null && !names.has(name)) addCount(into, name);
  };
  for (const { model, task } of records) {
    count(known.models, model, tally.unseenModels);
    count(known.tasks, task, tally.unseenTasks);
  }
}

export function countBad(tally: Tally, bad: readonly BadRow[]): void {
  for (const { code, message } of bad) addBad(tally, code.slice('VOUCH_'.length), { count: 1, first: message });
}

export function countUnknownKeys(tally: Tally, records: readonly Logged[]): void {
  for (const record of records) {
    for (const key in record) if (!LINE_KEYS.has(key)) addCount(tally.unknownKeys, key);
  }
}

export function badCount(tally: Tally): number {
  return [...tally.bad.values()].reduce((sum, { count }) => sum + count, 0);
}

/** Adds the counts of a block to those of the run. */
export function addTally(tally: Tally, block: Tally): void {
  tally.rows += block.rows;
  tally.accept += block.accept;
  tally.abstain += block.abstain;
  tally.escalate += block.escalate;
  tally.hidden += block.hidden;
  tally.probabilitySum += block.probabilitySum;
  tally.shifted += block.shifted;
  tally.passed += block.passed;
  tally.unanswered += block.unanswered;
  for (const which of ['undecided', 'unpromised'] as const) {
    for (const [why, counts] of block[which]) addCounts(countsOf(tally[which], why), counts);
  }
  addCounts(tally.unseenModels, block.unseenModels);
  addCounts(tally.unseenTasks, block.unseenTasks);
  addCounts(tally.unknownKeys, block.unknownKeys);
  for (const [code, some] of block.bad) addBad(tally, code, some);
}

function countsOf(reasons: Reasons, why: NoDecision): Counts {
  const counts = reasons.get(why) ?? new Map();
  reasons.set(why, counts);
  return counts;
}

function addBad({ bad }: Tally, code: string, { count, first }: { count: number; first: string }): void {
  const known = bad.get(code);
  if (known === undefined) bad.set(code, { count, first });
  else known.count += count;
}

/** Replacer for JSON.stringify: writes the Maps of a tally as lists of their entries. */
export function mapsOut(_: string, value: unknown): unknown {
  return value instanceof Map ? { entries: [...value] } : value;
}

export function mapsIn(_: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || !('entries' in value)) return value;
  return Array.isArray(value.entries) ? new Map(value.entries) : value;
}
