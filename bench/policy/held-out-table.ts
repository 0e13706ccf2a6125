import { collectRows } from '../../policy/fit/collect-rows.js';
import { fitPatterns } from '../../policy/fit/fit-patterns.js';
import { gathered, labelsOf, linesOf, tableFrom } from '../../policy/fit/state-table.js';
import type { SortedCases } from '../../policy/intake/sort-cases.js';
import { parsePolicyOptions, trainingOf } from '../../policy/options.js';
import type { CaseTable } from '../../policy/table.js';
import type { Prices } from '../../scorer/policy/prices.js';
import { random } from '../../support/random.js';
import { openBackend } from '../../train/backend/ladder.js';
import { openPool } from '../../train/learn/pool/open-pool.js';

/** How the predictors of the bench are trained: few learners, so that it runs in minutes. */
const TRAINING = { learners: ['rate', 'signal', 'logistic'], penalties: [100, 10, 1] };

/** Out-of-fold probabilities of all cases at all states. */
export async function heldOutTable(
  { complete, weight }: SortedCases,
  prices: Prices,
  states: ReadonlyMap<string, readonly string[]>,
): Promise<{ table: CaseTable; fold: Int32Array }> {
  const options = trainingOf(parsePolicyOptions({ training: TRAINING }));
  const { data, rows } = collectRows(complete, weight, states, { prices, options });
  const backend = await openBackend(options.backend);
  const pool = openPool(backend, options.threads);
  try {
    const context = { pool, backend, files: [], read: 0, bad: 0, warnings: [], created: '', versions: {} };
    const progress = { add: () => {}, set: () => {}, done: () => {} };
    const { outOfFold, fold } = await fitPatterns(data, { options, context, random: random('bench'), progress });
    const labels = labelsOf(complete, states, prices);
    const given = gathered(rows, outOfFold, complete.length);
    const table = tableFrom(complete, weight, { given, lines: linesOf(given, labels, weight), labels });
    const of = new Int32Array(complete.length);
    rows.forEach(({ at }, i) => {
      of[at] = fold[i];
    });
    return { table, fold: of };
  } finally {
    await pool.close();
  }
}
