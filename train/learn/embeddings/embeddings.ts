import { foldsByGroup } from '../../../data/split.js';
import { type EmbeddingChannel, logitOf } from '../../../models/embeddings/channel.js';
import type { Tf } from '../../../models/networks/types.js';
import { logLossOfLogit } from '../../../models/numbers.js';
import { type Random, random } from '../../../support/random.js';
import type { EmbeddingOptions } from '../../options.js';
import type { Linear } from '../logistic/newton.js';
import type { Sheet } from '../sheet.js';
import { channelWith, type Form, type FormOptions, fitForm, linearChannel } from './forms.js';
import { triesProbe } from './probe.js';
import { fitVectorRidge, type Labelled, vectorLogits } from './ridge.js';
import { fitStandardiser, type StandardRows, standardRows, unitRows } from './standardiser.js';

/** Fits the embedding channel on `rows`; `groups` has the question of each of `rows`. */
export interface EmbeddingsJob {
  kind: 'embeddings';
  rows: Int32Array;
  groups: string[];
  strata: string[];
  options: EmbeddingOptions;
  folds: number;
  seed: string;
}

export interface EmbeddingsFit {
  channel: EmbeddingChannel;
  penalty: number;
  /** Number of hidden units of the projection; 0 if there is none. */
  width: number;
  /** Widths of the probe's layers; empty if there is none. */
  probe: number[];
  /** Epochs of the fit; 0 if the channel is a logistic regression. */
  epochs: number;
  /**
   * The channel's logit for every row of the sheet. The logits of `rows` come from channels that did not see the row's
   * question.
   */
  column: Float32Array;
}

/** One of the folds by question: its fit, and the indexes and rows that it leaves out. */
interface Part {
  fit: Labelled;
  places: Int32Array;
  heldOut: Int32Array;
}

/** A candidate's out-of-fold logits for `rows`, and their weighted log-loss. */
interface Candidate {
  loss: number;
  logits: Float32Array;
}

interface RidgeCandidate extends Candidate {
  penalty: number;
  solutions: Linear[];
}

interface FormCandidate extends Candidate {
  form: Form;
  epochs: number;
}

/** A form that is not better than its rival on this many folds is not fitted on the others. */
const RACE = 2;

/**
 * Cross-fits the embedding channel, so that later fits read the same kind of logits for the rows they fit as for new
 * rows (stacking, Wolpert 1992). Candidates: logistic regression at each ridge penalty, and with the best penalty also
 * projections of each width and a probe. The one with the least out-of-fold log-loss is fitted on all of `rows`. How
 * numbers are standardised does not depend on labels, so it is the same in all folds. Memory: a copy of the rows if it
 * takes at most 256 MB, otherwise one row; while a form is fitted, also that of the loop.
 */
export async function fitEmbeddings(tf: Tf, sheet: Sheet, job: EmbeddingsJob): Promise<EmbeddingsFit> {
  const { rows, options } = job;
  const { y, w } = sheet;
  const vectors = sheet.vectors!;
  const standardiser = fitStandardiser(vectors, rows);
  const standard = standardRows(standardiser, vectors);
  const unit = unitRows(standardiser, vectors, rows);
  const draw = random(job.seed);
  const fold = foldsByGroup(job.groups, job.folds, draw.fork('folds'), job.strata);
  const parts = Array.from({ length: job.folds }, (_, k): Part => {
    const places = Int32Array.from(fold.keys()).filter((i) => fold[i] === k);
    const fit = { unit, rows: rows.filter((_, i) => fold[i] !== k), y, w };
    return { fit, places, heldOut: places.map((i) => rows[i]) };
  });
  const all = { unit, rows, y, w };
  const ridge = bestRidge(parts, rows.length, options.penalties);
  const shared = { tf, options, standard };
  const best = await bestForm(parts, ridge, shared, draw);
  const linear = fitVectorRidge(all, ridge.penalty);
  let channel = linearChannel(standardiser, unit, linear);
  if (best !== null) {
    const how = { ...shared, epochs: best.epochs, start: linear, random: draw.fork('all') };
    const { member } = await fitForm(best.form, all, new Int32Array(0), how);
    channel = channelWith(best.form, standardiser, unit, member);
  }
  const { logits, epochs } = best ?? { logits: ridge.logits, epochs: 0 };
  const column = columnOf(channel, standard, sheet.n, { rows, logits });
  const probe = channel.probe?.layers.map(({ width }) => width) ?? [];
  return { channel, penalty: ridge.penalty, width: channel.width, probe, epochs, column };
}

/** A logit for each row of the sheet: of the rows that were fitted the out-of-fold one, of the others the channel's. */
function columnOf(
  channel: EmbeddingChannel,
  { inputs, read }: StandardRows,
  n: number,
  fitted: { rows: Int32Array; logits: Float32Array | Float64Array },
): Float32Array {
  const column = new Float32Array(n);
  const isFitted = new Uint8Array(n);
  fitted.rows.forEach((row, i) => {
    column[row] = fitted.logits[i];
    isFitted[row] = 1;
  });
  const x = new Float32Array(inputs);
  for (let row = 0; row < n; row++) {
    if (isFitted[row] === 1) continue;
    read(row, x, 0);
    column[row] = logitOf(channel, x);
  }
  return column;
}

/** The penalty with the least out-of-fold loss. The path ends where the loss rises. */
function bestRidge(parts: readonly Part[], n: number, penalties: readonly number[]): RidgeCandidate {
  let best: RidgeCandidate | null = null;
  let solutions: Linear[] = [];
  for (const penalty of penalties) {
    solutions = parts.map(({ fit }, k) => fitVectorRidge(fit, penalty, solutions[k]));
    const logits = parts.map(({ fit, heldOut }, k) => vectorLogits(fit.unit, heldOut, solutions[k]));
    const candidate = { ...outOfFold(parts, n, logits), penalty, solutions };
    if (best !== null && candidate.loss >= best.loss) break;
    best = candidate;
  }
  return best!;
}

/**
 * The best form; null if none is better than logistic regression. Wider projections follow while they are better. A
 * probe is tried last, and must be better than the best of all others.
 */
async function bestForm(
  parts: readonly Part[],
  ridge: RidgeCandidate,
  shared: Pick<FormOptions, 'tf' | 'options' | 'standard'>,
  draw: Random,
): Promise<FormCandidate | null> {
  const n = ridge.logits.length;
  const race = parts.slice(0, RACE);
  const tried = async (form: Form, rival: Candidate): Promise<FormCandidate | null> => {
    const name = form.kind === 'projection' ? form.width : form.kind;
    const trails: Float32Array[][] = [];
    for (const [k, { fit, heldOut }] of parts.entries()) {
      const how = { ...shared, start: ridge.solutions[k], random: draw.fork(`${name} ${k}`) };
      trails.push((await fitForm(form, fit, heldOut, how)).trail);
      if (k + 1 !== RACE) continue;
      const { epochs, loss } = bestEpoch(race, n, trails);
      if (epochs === 0 || loss >= lossOn(race, rival)) return null;
    }
    const found = bestEpoch(parts, n, trails);
    return found.epochs === 0 ? null : { ...found, form };
  };
  let best: FormCandidate | null = null;
  for (const width of shared.options.widths) {
    const found = await tried({ kind: 'projection', width }, ridge);
    if (found === null || found.loss >= (best ?? ridge).loss) break;
    best = found;
  }
  const { probe } = shared.options;
  if (!triesProbe(probe, n, shared.standard.shapes)) return best;
  const found = await tried({ kind: 'probe', widths: probe.widths }, best ?? ridge);
  return found !== null && found.loss < (best ?? ridge).loss ? found : best;
}

/** The loss of a candidate on some parts. */
function lossOn(parts: readonly Part[], { logits }: Candidate): number {
  const each = parts.map(({ places }) => Float32Array.from(places, (i) => logits[i]));
  return outOfFold(parts, logits.length, each).loss;
}

/** The epoch after which the trails of all parts have the least loss. A trail keeps its last logits after its end. */
function bestEpoch(parts: readonly Part[], n: number, trails: readonly Float32Array[][]) {
  const longest = trails.reduce((most, { length }) => Math.max(most, length), 0);
  let best: Candidate & { epochs: number } = { loss: Number.POSITIVE_INFINITY, logits: new Float32Array(), epochs: 0 };
  for (let epochs = 0; epochs < longest; epochs++) {
    const logits = trails.map((trail) => trail[Math.min(epochs, trail.length - 1)]);
    const candidate = outOfFold(parts, n, logits);
    if (candidate.loss < best.loss) best = { ...candidate, epochs };
  }
  return best;
}

/** Puts the parts' logits in the order of the n rows. */
function outOfFold(parts: readonly Part[], n: number, each: readonly ArrayLike<number>[]): Candidate {
  const logits = new Float32Array(n);
  let loss = 0;
  parts.forEach(({ fit: { y, w }, places, heldOut }, k) => {
    places.forEach((i, at) => {
      logits[i] = each[k][at];
      loss += w[heldOut[at]] * logLossOfLogit(logits[i], y[heldOut[at]]);
    });
  });
  return { loss, logits };
}
