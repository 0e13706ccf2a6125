import { foldsByGroup, splitByGroup } from '../../data/split.js';
import type { Bert } from '../../models/bert/bert.js';
import type { Tf } from '../../models/networks/types.js';
import { type ShowProgress, silent } from '../../support/progress.js';
import type { Random } from '../../support/random.js';
import { unlessAborted } from '../../support/unless-aborted.js';
import { estimatedSeconds } from './estimate.js';
import { openFrozen } from './frozen.js';
import { fitTuned, STEP_WORK, type TunedFit } from './loop.js';
import type { TunedOptions } from './options.js';
import { headLogitsOf, type Labels, probeHead, untunedInputs } from './probe.js';
import type { TokenPair } from './token-pair.js';

/** Graded answers as an encoder reads them. */
interface TunedAnswers {
  pairs: readonly TokenPair[];
  labels: Labels;
  /** The question of each answer: no question is in two folds. */
  groups: readonly string[];
  /** What folds are balanced over. */
  strata: readonly string[];
}

/** Logits of all answers by encoders that did not see their question. */
interface CrossFitted {
  logits: Float64Array;
  /** Those of the heads alone, over the encoder as it was. */
  untuned: Float64Array;
  /** The fold of each answer. */
  fold: Int32Array;
  /** The best epoch of each fold, and the penalty of the head that its fit started from. */
  epochs: number[];
  penalties: number[];
}

/** What the fit on all questions takes from the folds. */
interface AllFit {
  epochs: number;
  penalty: number;
}

interface CrossFitOptions {
  options: TunedOptions;
  random: Random;
  show?: ShowProgress;
  signal?: AbortSignal;
  /** Told how long it will take, once some batches are measured. */
  onEstimate?: (seconds: number) => void;
  /** Gives the result of a fit that was kept, or makes it. */
  keep?: <T>(name: string, make: () => Promise<T>) => Promise<T>;
}

/** Everything that the fits of one run share. */
export interface Tuning {
  /** Tunes on each fold's other questions, and predicts the fold. */
  crossFit(): Promise<CrossFitted>;
  /** Tunes on all questions; nothing is watched. */
  fitAll(how: AllFit): Promise<TunedFit>;
  close(): void;
}

/**
 * Opens a run over these answers: the layers that are not trained read each answer once, here. Within each fold, 15% of
 * the other questions are watched and say when the fit ends.
 */
export async function openTuning(
  tf: Tf,
  bert: Bert,
  answers: TunedAnswers,
  { options, random, show = silent, signal, onEstimate, keep = (_, make) => make() }: CrossFitOptions,
): Promise<Tuning> {
  const { pairs, labels, groups, strata } = answers;
  const all = Int32Array.from(pairs.keys());
  const frozen = openFrozen(tf, bert, { pairs, trained: options.layers });
  const readAll = async () => {
    onEstimate?.(await estimatedSeconds({ tf, bert, frozen, n: all.length, options, random: random.fork('measure') }));
    const read = show('read', { unit: 'answers', total: all.length });
    const onRows = (rows: number) => {
      unlessAborted(signal);
      read.add(rows);
    };
    const how = { frozen, trained: options.layers, rows: all, batch: options.batch, onRows };
    const found = await untunedInputs(tf, bert, how);
    read.done();
    return found;
  };
  const inputs = await readAll().catch((error) => {
    frozen.dispose();
    throw error;
  });

  const tuneOn = async (rows: Int32Array, predict: Int32Array, own: Random, given?: AllFit) => {
    const epochs = given?.epochs;
    const names = Array.from(rows, (row) => groups[row]);
    const isWatched = epochs === undefined ? splitByGroup(names, options.watch, own.fork('watch')) : null;
    const train = isWatched === null ? rows : rows.filter((_, i) => isWatched[i] === 0);
    const watch = isWatched === null ? new Int32Array(0) : rows.filter((_, i) => isWatched[i] === 1);
    const penalties = given === undefined ? options.penalties : [given.penalty];
    const start = await probeHead(tf, inputs, { rows: train, watch, labels, penalties });
    const looked = watch.length + predict.length; // before the first epoch, and after the last one
    const total = (epochs ?? options.epochs) * (train.length * STEP_WORK + watch.length) + looked;
    const shown = show('tune', { unit: 'answers', total });
    const onRows = (count: number, work: number) => {
      unlessAborted(signal);
      shown.add(count * work);
    };
    const fixed = { tf, bert, frozen, start, labels, options, epochs, onRows };
    const fitted = await fitTuned({ ...fixed, rows: train, watch, predict, random: own.fork('order') });
    shown.done();
    return { ...fitted, untuned: headLogitsOf(inputs, start, predict), penalty: start.penalty };
  };

  return {
    crossFit: async () => {
      const fold = foldsByGroup(groups, options.folds, random.fork('folds'), strata);
      const logits = new Float64Array(all.length);
      const untuned = new Float64Array(all.length);
      const epochs: number[] = [];
      const penalties: number[] = [];
      for (let k = 0; k < options.folds; k++) {
        const held = all.filter((row) => fold[row] === k);
        if (held.length === 0) continue;
        const result = await keep(`fold ${k}`, async () => {
          const found = await tuneOn(
            all.filter((row) => fold[row] !== k),
            held,
            random.fork(`fold ${k}`),
          );
          const { logits, untuned, epochs, penalty } = found;
          return { logits, untuned, epochs, penalty };
        });
        held.forEach((row, i) => {
          logits[row] = result.logits[i];
          untuned[row] = result.untuned[i];
        });
        epochs.push(result.epochs);
        penalties.push(result.penalty);
      }
      return { logits, untuned, fold, epochs, penalties };
    },
    fitAll: (given) => keep('all', () => tuneOn(all, new Int32Array(0), random.fork('all'), given)),
    close: () => frozen.dispose(),
  };
}
