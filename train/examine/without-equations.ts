import { families } from '../../features/families.js';
import { logLoss } from '../../metrics/proper/log-loss.js';
import { auroc } from '../../metrics/ranking/auroc.js';
import { type Probabilities, sigmoid } from '../../models/numbers.js';
import type { EquationWorth, TaskQuality } from '../../report/results.js';
import { pick } from '../../support/pick.js';
import { weightedMean } from '../../support/weighted-mean.js';
import { foldPlaces } from '../choose/fold-places.js';
import type { Pool } from '../learn/pool/pool.js';
import type { Ridge } from '../learn/ridge-path.js';
import { narrowed, type Sheet } from '../learn/sheet.js';
import type { FitAndCertify } from '../prepare/fit-and-certify.js';
import type { TrainingData } from '../prepare/training-data.js';

/** The signals that check the equations in a text. A program could check them without a trained model. */
const EQUATIONS = ['text.equations', 'text.falseEquations', 'reasoning.equations', 'reasoning.falseEquations'];
/** They count as used if one of these has values: only answers with an equation have one. */
const CHECKED = ['text.falseEquations', 'reasoning.falseEquations'];

/** With more fit rows this is computed only with `report: full`. */
const MOST_ROWS = 20_000;
/** Smaller tasks have no row of their own, and at most this many of the largest do. */
const TASK_ROWS = 20;
const MOST_TASKS = 12;

interface EquationsOptions {
  pool: Pool;
  data: TrainingData;
  sheet: Sheet;
  parts: FitAndCertify;
  /** Folds of nested cross-fitting; null if the certify part judges. */
  fold: Int32Array | null;
  ridge: Ridge;
  /** The rows that judge, with what the shipped predictor and the recorded confidence say of them. */
  judged: { rows: Int32Array; vouch: Probabilities; before: Probabilities | null };
  isFull: boolean;
}

/**
 * What the signals that check equations contribute: logistic regression (without the text channel) with and without
 * them, on the answers that judge the shipped predictor, over all and for each task. Undefined if no equations were
 * checked. Cost: two fits of logistic regression, or two per fold.
 */
export async function withoutEquations(given: EquationsOptions): Promise<EquationWorth | undefined> {
  const { pool, data, sheet, parts, fold, ridge, judged, isFull } = given;
  const columns = families(sheet.schema.numeric);
  if (!CHECKED.some((name) => columns.has(name)) || (parts.fit.length > MOST_ROWS && !isFull)) return undefined;
  const signals = EQUATIONS.filter((name) => columns.has(name));
  const left = new Set(signals.flatMap((name) => columns.get(name)!.map((j) => sheet.schema.numeric[j])));
  const without = narrowed(data, sheet, (name) => !left.has(name));
  const predict = async (own: Sheet): Promise<Probabilities> => {
    const said = new Float64Array(judged.rows.length);
    await Promise.all(
      splits(parts, fold).map(async ({ rows, heldOut, places }) => {
        const job = { kind: 'linear', rows, heldOut, extra: [], path: [ridge], shiftSeed: null } as const;
        const { logits } = await pool.run(own, job);
        places.forEach((at, i) => {
          said[at] = sigmoid(logits[0][i]);
        });
      }),
    );
    return said;
  };
  const [all, rest] = await Promise.all([predict(sheet), predict(without)]);
  const said = { before: judged.before, vouch: judged.vouch, linear: all, withoutEquations: rest };
  return { signals, tasks: tasksOf(data, judged.rows, said) };
}

/** What is fitted on which rows, which rows it predicts, and their places among the rows that judge. */
function splits({ fit, certify }: FitAndCertify, fold: Int32Array | null) {
  if (fold === null) return [{ rows: fit, heldOut: certify, places: Int32Array.from(certify.keys()) }];
  return foldPlaces(fold).map(({ inside, heldOut }) => ({
    rows: inside.map((i) => fit[i]),
    heldOut: heldOut.map((i) => fit[i]),
    places: heldOut,
  }));
}

type Said = Record<keyof TaskQuality['by'], Probabilities | null>;

/** First all answers together, then each task, the largest first. */
function tasksOf(data: TrainingData, rows: Int32Array, said: Said): TaskQuality[] {
  const members = new Map<string, number[]>();
  rows.forEach((row, i) => {
    const name = data.task[row] || '(no task)';
    const list = members.get(name);
    if (list === undefined) members.set(name, [i]);
    else list.push(i);
  });
  const tasks = [...members].filter(([, places]) => places.length >= TASK_ROWS);
  tasks.sort((a, b) => b[1].length - a[1].length);
  const each = members.size < 2 ? [] : tasks.slice(0, MOST_TASKS);
  return [
    qualityOf(data, rows, said, { task: null, places: Int32Array.from(rows.keys()) }),
    ...each.map(([task, places]) => qualityOf(data, rows, said, { task, places: Int32Array.from(places) })),
  ];
}

function qualityOf(
  data: TrainingData,
  rows: Int32Array,
  said: Said,
  { task, places }: { task: string | null; places: Int32Array },
): TaskQuality {
  const at = places.map((i) => rows[i]);
  const label = pick(data.y, at);
  const weight = pick(data.w, at);
  const measure = (all: Probabilities) => {
    const p = pick(all, places);
    const area = auroc(p, label, weight);
    return { logLoss: logLoss(p, label, weight), auroc: Number.isFinite(area) ? area : null };
  };
  return {
    task,
    answers: at.length,
    right: weightedMean(label, weight),
    by: {
      before: said.before === null ? null : measure(said.before),
      vouch: measure(said.vouch!),
      linear: measure(said.linear!),
      withoutEquations: measure(said.withoutEquations!),
    },
  };
}
