import { readFileSync } from 'node:fs';
import { calibrate } from '../models/calibrators/list.js';
import { progress } from '../support/progress.js';
import { random } from '../support/random.js';
import { openBackend } from '../train/backend/ladder.js';
import { chooseCalibration } from '../train/choose/calibrate.js';
import { crossFit } from '../train/choose/crossfit.js';
import { crossFolds } from '../train/choose/fit-predictor.js';
import { foldFits } from '../train/choose/fold-fits.js';
import { inlinePool } from '../train/learn/pool/pool.js';
import { sheetOf } from '../train/learn/sheet.js';
import { parseOptions } from '../train/options.js';
import { load } from '../train/prepare/load.js';
import { matrixOf } from '../train/prepare/matrix.js';
import type { Answer, Population } from './certify-population.js';

/** Real answers with out-of-fold probabilities of a logistic regression. A replay is drawn from them by question. */
export async function replayOf(answers: string, labels?: string): Promise<Population> {
  const options = parseOptions({ learners: ['logistic'] });
  const { data } = await load([answers], { labels, on: labels === undefined ? undefined : 'id' }, options);
  const rows = Int32Array.from(data.y.keys());
  const { tf } = await openBackend('wasm');
  const shown = progress('replay', { quiet: true });
  const seed = random('replay');
  const fold = crossFolds(data, rows, options.folds, seed.fork('folds'));
  const sheet = sheetOf(data, matrixOf(data, rows));
  const pool = inlinePool(tf);
  const fits = foldFits({ pool, data, sheet, rows, fold, options, random: seed, progress: shown });
  const cross = await crossFit({ data, options, fits });
  const logits = cross.learners.get('logistic')!.logits;
  const { calibration } = chooseCalibration(data, rows, fold, logits);
  const probability = calibrate(calibration, logits);
  const questions = new Map<number, Answer[]>();
  for (const row of rows) {
    const answer = {
      probability: probability[row],
      label: data.y[row],
      weight: 1,
      slice: data.sliceNames[data.slice[row]],
    };
    questions.set(data.group[row], [...(questions.get(data.group[row]) ?? []), answer]);
  }
  return { questions: [...questions.values()] };
}

/**
 * A replay as stored under test/fixtures/certify: for each question its answers as [probability in 1e-5, label, slice].
 */
export function recordOf({ questions }: Population): string {
  const slices = [...new Set(questions.flat().map(({ slice }) => slice ?? ''))];
  const rows = questions.map((answers) =>
    answers.map(({ probability, label, slice }) => [Math.round(1e5 * probability), label, slices.indexOf(slice ?? '')]),
  );
  return `${JSON.stringify({ slices, questions: rows })}\n`;
}

export function recorded(file: string | URL): Population {
  const { slices, questions } = JSON.parse(readFileSync(file, 'utf8')) as {
    slices: string[];
    questions: [number, number, number][][];
  };
  return {
    questions: questions.map((answers) =>
      answers.map(([p, label, s]) => ({ probability: p / 1e5, label, weight: 1, slice: slices[s] })),
    ),
  };
}

/** The same answers with weights, and with soft labels: wrong answers are at most half wrong. */
export function softened({ questions }: Population, seed: string): Population {
  const draw = random(seed);
  return {
    questions: questions.map((answers) =>
      answers.map((answer) => ({
        ...answer,
        weight: 0.5 + draw.next(),
        label: answer.label < 0.5 ? Math.round(6 * draw.next()) / 10 : answer.label,
      })),
    ),
  };
}

/** The answers of one slice. */
export function sliceOfPopulation({ questions }: Population, slice: string): Population {
  const own = questions.map((answers) => answers.filter((answer) => answer.slice === slice));
  return { questions: own.filter((answers) => answers.length > 0) };
}
