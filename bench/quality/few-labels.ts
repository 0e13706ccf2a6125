import { logLoss } from '../../metrics/proper/log-loss.js';
import type { Random } from '../../support/random.js';
import type { Pool } from '../../train/learn/pool/pool.js';
import type { Answers } from './answers.js';
import { type Bar, FEW_LABELS, failedBar, printBars, signed } from './bars.js';
import { bestFour, bestFourName } from './best-four.js';
import { oursFor, variants } from './ours.js';
import { allPredictions, type PeerOptions, peers } from './peers.js';
import { drawTasks, type Task } from './tasks.js';

/** Minimal share of the answers that must remain to judge on. */
const HELD_SHARE = 0.3;

/**
 * Fits on `labels` answers and judges on the rest, `draws` times: the mean log-loss of each, ours compared with the
 * best peer's.
 */
export async function judgeFewLabels(
  pool: Pool,
  answers: Answers,
  names: string[],
  labels: number,
  draws: number,
  options: PeerOptions,
  random: Random,
): Promise<Bar[]> {
  const { data } = answers;
  console.log(`\n## ${labels} labels, ${draws} draws\n`);
  if (labels > (1 - HELD_SHARE) * data.n) {
    console.log(`left out: of ${data.n} answers too few would remain to be judged on`);
    return [];
  }
  const tasks = drawTasks(data, labels, draws, random);
  const lossOf = ({ held }: Task, p: ArrayLike<number>) =>
    logLoss(
      Float64Array.from(p),
      Float64Array.from(held, (row) => data.y[row]),
      Float64Array.from(held, (row) => data.w[row]),
    );
  const peersRun = allPredictions(names, answers, tasks, options);
  const losses = new Map<string, number[]>();
  for (const [name, options] of Object.entries(variants)) {
    const { parts } = await oursFor({ name, options }, pool, data, tasks, random.fork(`few ${labels}`));
    losses.set(
      name,
      parts.map((p, k) => lossOf(tasks[k], p)),
    );
  }
  const said = await peersRun;
  for (const [peer, found] of said) {
    losses.set(
      peers[peer],
      found.map(({ probability }, k) => lossOf(tasks[k], probability)),
    );
  }
  const missing = names.filter((peer) => !said.has(peer)).map(failedBar);
  const singles = [...losses].filter(([name]) => variants[name] === undefined);
  if (said.size > 1) {
    losses.set(
      bestFourName(said.size),
      bestFour([...said.values()]).map((p, k) => lossOf(tasks[k], p)),
    );
  }

  const own = Object.keys(variants);
  console.log(`| predictor | mean log-loss |${own.map((name) => ` ${name} minus it ± s.e. over draws |`).join('')}`);
  console.log(`| --- | ---: |${' ---: |'.repeat(own.length)}`);
  for (const [name, values] of losses) {
    const gaps = own.map((variant) => {
      if (variants[name] !== undefined) return ' |';
      const { mean, error } = meanOf(losses.get(variant)!.map((loss, k) => loss - values[k]));
      return ` ${signed(mean)} ± ${error.toFixed(4)} |`;
    });
    console.log(`| ${name} | ${meanOf(values).mean.toFixed(4)} |${gaps.join('')}`);
  }
  if (singles.length === 0) return missing;
  const [bestName, bestLosses] = singles.reduce((a, b) => (meanOf(b[1]).mean < meanOf(a[1]).mean ? b : a));
  const bars = own.map((variant): Bar => {
    const gap = meanOf(losses.get(variant)!).mean - meanOf(bestLosses).mean;
    const says =
      `${variant}, ${labels} labels: mean at most +${FEW_LABELS} above the best peer's (${bestName}): ` +
      `${signed(gap)}`;
    return { says, met: gap <= FEW_LABELS };
  });
  bars.push(...missing);
  printBars(bars);
  return bars;
}

function meanOf(values: number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const square = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { mean, error: Math.sqrt(square / Math.max(values.length - 1, 1) / values.length) };
}
