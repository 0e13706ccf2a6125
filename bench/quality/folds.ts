import type { Random } from '../../support/random.js';
import type { Pool } from '../../train/learn/pool/pool.js';
import type { Answers } from './answers.js';
import { type Bar, barsOf, failedBar, printBars } from './bars.js';
import { bestFour, bestFourName } from './best-four.js';
import { oursFor, variants } from './ours.js';
import { allPredictions, type PeerOptions, peers } from './peers.js';
import { type Predictor, printRows, rowsOf, type Truth } from './table.js';
import { foldTasks, type Task } from './tasks.js';

export interface Judged {
  ours: Predictor[];
  peers: Predictor[];
  truth: Truth;
  bars: Bar[];
}

/**
 * Predicts every row once, by ours and by each peer, from models fitted on the other folds. Returns the table and the
 * bars.
 */
export async function judgeFolds(
  pool: Pool,
  answers: Answers,
  names: string[],
  folds: number,
  options: PeerOptions,
  random: Random,
): Promise<Judged> {
  const { data } = answers;
  const tasks = foldTasks(data, folds, random);
  const truth: Truth = { label: data.y, weight: data.w, group: data.group, slice: data.slice };

  const peersRun = allPredictions(names, answers, tasks, options);
  const ours: Predictor[] = [];
  for (const [name, options] of Object.entries(variants)) {
    const { parts, seconds } = await oursFor({ name, options }, pool, data, tasks, random);
    ours.push({ name, probability: whole(data.n, tasks, parts), seconds });
  }
  const said = await peersRun;
  for (const [peer, [{ budget }]] of said) console.log(`- ${peers[peer]}: ${budget}`);
  console.log('');
  const singles: Predictor[] = [...said].map(([peer, found]) => ({
    name: peers[peer],
    probability: whole(
      data.n,
      tasks,
      found.map(({ probability }) => probability),
    ),
    seconds: found.reduce((sum, { seconds }) => sum + seconds, 0),
  }));
  const together: Predictor[] =
    said.size < 2
      ? []
      : [
          {
            name: bestFourName(said.size),
            probability: whole(data.n, tasks, bestFour([...said.values()])),
            seconds: null,
          },
        ];

  const rows = rowsOf(ours, [...singles, ...together], truth, random.fork('intervals'));
  const own = ours.map(({ name }) => name);
  printRows(rows, own);
  const single = rows.filter(({ name }) => singles.some((peer) => peer.name === name));
  const best = rows.find(({ name }) => name === together[0]?.name);
  const missing = names.filter((peer) => !said.has(peer));
  const bars = [...own.flatMap((name) => barsOf(name, single, best)), ...missing.map(failedBar)];
  printBars(bars);
  return { ours, peers: [...singles, ...together], truth, bars };
}

/** Puts the predictions of held-out rows in the order of the rows. */
export function whole(n: number, tasks: Task[], parts: ArrayLike<number>[]): Float64Array {
  const all = new Float64Array(n).fill(Number.NaN);
  tasks.forEach(({ held }, k) => {
    held.forEach((row, i) => {
      all[row] = parts[k][i];
    });
  });
  return all;
}
