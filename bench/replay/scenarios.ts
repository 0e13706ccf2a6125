import type { AnswerRecord } from '../../data/record.js';
import type { AnswerScore } from '../../scorer/scorer.js';
import type { Random } from '../../support/random.js';
import { inPolite } from './polite.js';
import type { Population } from './population.js';

/** Answers to decide, and their rows in the population. */
export interface Replayed {
  records: AnswerRecord[];
  rows: number[];
}

/** How answers arrive. Each is counted separately. */
export const scenarios = [
  'seen model',
  'unseen model',
  'missing field',
  'missing signal',
  'nothing but text',
  'after escalation',
  'polite copies',
] as const;
export type Scenario = (typeof scenarios)[number];

/**
 * Where nothing may be accepted, one row in this many is decided per draw. Slower scenarios run in one of this many
 * draws.
 */
const THIN = 8;
const SELDOM = 4;

/**
 * All scenarios of a draw. `first`: the decisions on the seen models' answers by row, for the answers after escalation.
 */
export function replaysOf(
  { records, questions }: Population,
  seen: readonly number[],
  { draw, leftOut, random }: { draw: number; leftOut: string | null; random: Random },
): Partial<Record<Scenario, Replayed>> & { after: (first: ReadonlyMap<number, AnswerScore>) => Replayed } {
  const change = (rows: readonly number[], of: (record: AnswerRecord, row: number) => AnswerRecord): Replayed => ({
    rows: [...rows],
    records: rows.map((row) => of(records[row], row)),
  });
  const some = seen.filter((row) => (row + draw) % THIN === 0);
  const asks: Partial<Record<Scenario, Replayed>> = {
    'seen model': change(seen, (record) => record),
    'missing field': change(some, (record, row) => without(record, [['task', 'model', 'prompt'][row % 3]])),
    'missing signal': change(seen, lessSignals),
  };
  if (leftOut !== null) {
    const others = [...records.keys()].filter((row) => records[row].model === leftOut && (row + draw) % 2 === 0);
    asks['unseen model'] = change(others, (record) => record);
  }
  asks['nothing but text'] = change(seen, (record) =>
    without(
      record,
      signalFields.filter((name) => name !== 'context'),
    ),
  );
  if (draw % SELDOM === 0) asks['polite copies'] = change(seen, (record, row) => inPolite(record, row));
  const after = (first: ReadonlyMap<number, AnswerScore>): Replayed => {
    const rows = questions.flatMap((all) => {
      const own = all.filter((row) => first.has(row));
      if (own.length < 2) return [];
      const [a, b] = random.shuffle(own);
      return first.get(a)?.decision === 'accept' ? [] : [b];
    });
    return change(rows, (record) => ({ ...record, selected: true }));
  };
  return { ...asks, after };
}

/** The fields of a record that have its signals. */
export const signalFields = ['tokens', 'samples', 'stated', 'verifiers', 'choices', 'context'];

/** The answer without one of these fields, without the alternatives of its tokens, or without one of its samples. */
function lessSignals(record: AnswerRecord, row: number): AnswerRecord {
  const { tokens, samples } = record;
  const less = signalFields.filter((name) => name in record).map((name) => without(record, [name]));
  if (tokens?.some(({ top }) => top != null)) {
    less.push({ ...record, tokens: tokens.map(({ top: _, ...token }) => token) });
  }
  if ((samples?.length ?? 0) > 1) less.push({ ...record, samples: samples?.slice(1) });
  return less[row % less.length] ?? record;
}

function without(record: AnswerRecord, names: readonly string[]): AnswerRecord {
  return Object.fromEntries(
    Object.entries(record).filter(([name]) => !names.includes(name)),
  ) as unknown as AnswerRecord;
}
