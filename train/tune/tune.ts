import type { AnswerSource } from '../../data/read/answer-source.js';
import type { BadLine, ReadOptions } from '../../data/read/answers.js';
import { addCount, type Counts, countsJson } from '../../support/counts.js';
import { VouchError } from '../../support/errors.js';
import { silent } from '../../support/progress.js';
import { type Random, random } from '../../support/random.js';
import { plural } from '../../support/words/plural.js';
import { thousands } from '../../support/words/thousands.js';
import { chooseRows } from './choose-rows.js';
import { type Collected, type CollectHow, collect } from './collect.js';
import type { LeftOut } from './graded.js';
import { knownOrNot } from './kinds/idk.js';
import { pairsOf } from './kinds/preferences.js';
import { probeOf } from './kinds/ptrue.js';
import { partsOf } from './parts.js';
import { type Example, PARTS, type TuneCount, type TuneFormat, type TuneKind, type TuneSummary } from './results.js';
import { tuneFiles } from './tune-files.js';

export interface TuneHow extends Omit<CollectHow, 'samples'> {
  as: TuneKind;
  for: TuneFormat;
  rows: number;
  seed: number;
  balance: boolean;
  /** Whether examples come before a P(True) probe. */
  examples: boolean;
  /** The text that abstains. */
  abstain: string;
  /** The model that the config file names. */
  baseModel: string;
  curve: boolean;
}

interface Tuned {
  /** The files of the set by name, without the manifest. */
  files: Record<string, string>;
  summary: TuneSummary;
  bad: BadLine[];
}

/** Fewer rows rarely change a model in a way that can be measured. */
const FEW = 1000;

/**
 * Makes a fine-tuning set from graded answers: rows of one kind, split by question, in one format. Memory: the texts of
 * all labelled answers. Errors: those of `collect`, `partsOf` and `curveOf`; NO_LABELS if no answer can be used;
 * ONE_CLASS if no row is left after balancing or pairing.
 */
export async function tune(answers: AnswerSource, read: ReadOptions, how: TuneHow): Promise<Tuned> {
  const { seed, rows, balance, show = silent, signal } = how;
  const draws = random(`tune ${seed}`);
  const collected = await collect(answers, read, { ...how, samples: how.as === 'preferences' });
  if (collected.graded.length === 0) throw nothingToUse(collected);
  const part = partsOf(collected.questions, draws.fork('parts'));
  const made = examplesOf(collected, how, draws.fork('pairs'));
  const chosen = chooseRows(made.examples, part, { rows, balance: balance && how.as === 'ptrue', random: draws });
  const { parts } = chosen;
  const leftOut = [...collected.leftOut, ...made.leftOut, ...chosen.leftOut];
  if (PARTS.every((name) => parts[name].length === 0)) throw nothingLeft(how.as, leftOut);
  const summary: TuneSummary = {
    ...{ as: how.as, for: how.for, answers: collected.answers },
    rows: perPart((name) => parts[name].length),
    questions: perPart((name) => new Set(parts[name].map(({ group }) => group)).size),
    counts: countsOf(parts),
    leftOut: countsJson(counted(leftOut)),
    ...(how.as === 'idk' ? { abstentions: abstentionsIn(parts) } : {}),
    curve: null,
    notes: [...collected.notes, ...notesOf(parts, how)],
  };
  if (how.curve) {
    const { curveOf } = await import('./curve.js'); // loads tfjs
    const shown = show('learning curve', { unit: 'curves', total: 1 });
    summary.curve = await curveOf({ ...collected, random: draws.fork('curve'), signal });
    shown.done();
  }
  return { files: tuneFiles(parts, leftOut, how), summary, bad: collected.bad };
}

type Parts = ReturnType<typeof chooseRows>['parts'];

function examplesOf({ graded }: Collected, how: TuneHow, draws: Random) {
  if (how.as === 'preferences') return pairsOf(graded, draws);
  const one = (each: (typeof graded)[number]) =>
    how.as === 'ptrue' ? probeOf(each, how.examples) : knownOrNot(each, how.abstain);
  return { examples: graded.map(one), leftOut: [] as LeftOut[] };
}

function perPart(of: (name: (typeof PARTS)[number]) => number): TuneSummary['rows'] {
  return { train: of('train'), validation: of('validation'), test: of('test') };
}

function countsOf(parts: Parts): TuneCount[] {
  const found = new Map<string, TuneCount>();
  for (const part of PARTS) {
    for (const { task, model, label } of parts[part]) {
      const key = JSON.stringify([part, task, model, label]);
      const count = found.get(key);
      if (count === undefined) found.set(key, { part, task, model, label, rows: 1 });
      else count.rows++;
    }
  }
  const keyOf = ({ part, task, model, label }: TuneCount) => [PARTS.indexOf(part), task, model, label].join('\n');
  return [...found.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function counted(leftOut: readonly LeftOut[]): Counts {
  const counts: Counts = new Map();
  for (const { why } of leftOut) addCount(counts, why);
  return counts;
}

function abstentionsIn(parts: Parts): number {
  const all = PARTS.flatMap((name) => parts[name]);
  return all.filter(({ label }) => label === 'abstain').length / all.length;
}

function notesOf(parts: Parts, { as }: TuneHow): string[] {
  const notes: string[] = [];
  const all = PARTS.flatMap((name): Example[] => parts[name]);
  const models = new Set(all.map(({ model }) => model));
  if (all.length < FEW)
    notes.push(`The set has ${plural(all.length, 'row')}; fine-tuning usually needs ${thousands(FEW)} or more.`);
  const empty = PARTS.filter((name) => parts[name].length === 0);
  if (empty.length > 0) notes.push(`No rows are left for: ${empty.join(', ')}.`);
  if (as === 'idk' && models.size > 1)
    notes.push(
      `The answers are those of ${models.size} models, and what one of them knows another may not. ` +
        'Take those of the model that you tune: --answers-of NAME.',
    );
  return notes;
}

function nothingToUse({ leftOut }: Collected): VouchError {
  const why = [...counted(leftOut)].map(([reason, count]) => `${reason}: ${thousands(count)}`).join(', ');
  return new VouchError('NO_LABELS', 'no answer can be used', {
    expected: 'answers with a label of 0 or 1, made at temperature 0',
    got: why,
    hint: 'Give grades with --labels FILE, or label the answers with `vouch label`. --any-temperature takes samples too.',
  });
}

function nothingLeft(as: TuneKind, leftOut: readonly LeftOut[]): VouchError {
  const what = as === 'preferences' ? 'no prompt has a right and a wrong answer' : 'no rows are left after balancing';
  return new VouchError('ONE_CLASS', what, {
    expected: as === 'preferences' ? 'right and wrong answers to one prompt' : 'right and wrong answers of one model',
    got: [...counted(leftOut)].map(([reason, count]) => `${reason}: ${thousands(count)}`).join(', '),
  });
}
