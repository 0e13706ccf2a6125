import type { Probabilities } from '../../models/numbers.js';
import { scorerOf } from '../../scorer/open.js';
import type { Scorer } from '../../scorer/scorer.js';
import { pick } from '../../support/pick.js';
import { type ScoredRows, scoreRows } from '../../train/examine/score-rows.js';
import { type Matrix, matrixFor } from '../../train/prepare/matrix.js';
import { holdsPattern } from '../../train/prepare/pattern-rows.js';
import type { AdaptedModel } from '../adapt-model.js';
import type { Adaptation } from '../adaptation.js';
import type { Change } from '../change.js';
import { crossedOf } from '../crossed.js';
import { changedGraph } from './changed-graph.js';

/** A change that was chosen and fitted without a fold. */
export interface FoldChange {
  fold: number;
  /** Rows of the other folds, which chose and fitted it, and rows of the fold, ascending. */
  inside: Int32Array;
  heldOut: Int32Array;
  change: Change;
  model: AdaptedModel;
}

/** What fold predictors say about some rows: all lists are in the order of `rows`. */
export interface SaidByFolds {
  rows: Int32Array;
  fold: Int32Array;
  /** Each row by its own fold's predictor, which has not seen its question. */
  said: ScoredRows;
  /** Each fold's predictor on the rows that fitted it, out of fold; NaN for the rows of the fold and for shifted rows. */
  folds: { fold: number; before: Probabilities }[];
}

/** Nested cross-fitting of a change on all rows. `hidden`: the same as if only the signals of a pattern were recorded. */
export interface Nested extends SaidByFolds {
  hidden: ReadonlyMap<string, SaidByFolds>;
}

/** Scores all rows by the predictors of their own folds. */
export async function nestedOf(adaptation: Adaptation, changes: readonly FoldChange[]): Promise<Nested> {
  const { data, model } = adaptation;
  const all = Int32Array.from(data.y.keys());
  const opened = await Promise.all(changes.map((each) => openFold(adaptation, each)));
  try {
    const hidden = new Map<string, SaidByFolds>();
    for (const { pattern } of model.patternPredictors) {
      const rows = all.filter((row) => holdsPattern(data, row, pattern));
      hidden.set(pattern, await saidOf(adaptation, opened, rows, pattern));
    }
    return { ...(await saidOf(adaptation, opened, all, null)), hidden };
  } finally {
    await Promise.all(opened.map(({ scorer }) => scorer.close()));
  }
}

interface OpenFold extends FoldChange {
  scorer: Scorer;
  matrix: Matrix;
}

async function openFold(adaptation: Adaptation, each: FoldChange): Promise<OpenFold> {
  const { graph, manifest } = changedGraph(adaptation, each.change, each.model);
  const scorer = await scorerOf(graph, manifest, { plugins: adaptation.context.plugins ?? [] });
  return { ...each, scorer, matrix: matrixFor(adaptation.data, manifest.signals) };
}

/** `pattern`: as if only its groups of signals had been recorded; null: the rows as they are. */
async function saidOf(
  { data, matrix, trained }: Adaptation,
  opened: readonly OpenFold[],
  rows: Int32Array,
  pattern: string | null,
): Promise<SaidByFolds> {
  const place = new Map(Array.from(rows, (row, i) => [row, i]));
  const empty = () => new Float64Array(rows.length).fill(Number.NaN);
  const said: ScoredRows = { logit: empty(), probability: empty(), low: empty(), high: empty(), decided: empty() };
  const fold = new Int32Array(rows.length);
  const asTrained = await scoreRows(trained, data, matrix, rows, pattern ?? undefined);
  const folds: SaidByFolds['folds'] = [];
  for (const { fold: k, inside, heldOut, model, scorer, matrix: own } of opened) {
    const tested = heldOut.filter((row) => place.has(row));
    const scored = await scoreRows(scorer, data, own, tested, pattern ?? undefined);
    tested.forEach((row, i) => {
      const at = place.get(row)!;
      fold[at] = k;
      for (const name of ['logit', 'probability', 'low', 'high', 'decided'] as const) said[name][at] = scored[name][i];
    });
    const fitted = inside.filter((row) => place.has(row));
    const decided = fittedBy(
      model,
      fitted,
      pattern,
      pick(
        asTrained.decided,
        fitted.map((row) => place.get(row)!),
      ),
    );
    const before = empty();
    fitted.forEach((row, i) => {
      before[place.get(row)!] = decided[i];
    });
    folds.push({ fold: k, before });
  }
  return { rows, fold, said, folds };
}

/** Out-of-fold probabilities of the rows that fitted a change; as trained where it changed no predictor. */
function fittedBy(
  model: AdaptedModel,
  rows: Int32Array,
  pattern: string | null,
  asTrained: Probabilities,
): Probabilities {
  if (pattern === null) {
    const { crossed, decided } = crossedOf(rows, model);
    return decided.map((p, i) => (Number.isNaN(crossed[i]) ? asTrained[i] : p));
  }
  const own = model.adapted.find((each) => each.pattern === pattern);
  if (own === undefined) return asTrained;
  const at = new Map(Array.from(own.rows, (row, i) => [row, i]));
  return Float64Array.from(rows, (row, i) => (at.has(row) ? own.decided[at.get(row)!] : asTrained[i]));
}
