/**
 * What one transaction of the store costs. `npx tsx bench/store-writes.ts [CHECKOUT]`; CHECKOUT: another version of vouch
 * to compare with, by its absolute path.
 *
 * Batches of 500 answers, of 10 answers, and of 10 answers with 10 thumbs, into a new SQLite file in the folder for
 * temporary files. Processor time is that of the process; a busy machine does not change it.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = process.argv[2] ?? resolve(import.meta.dirname, '..');
const { openStore } = await import(`${root}/store/ready.js`);
const { write } = await import(`${root}/store/write/write.js`);
const { checkFeedback } = await import(`${root}/store/feedback/check.js`);
const { scored, T0 } = await import(`${root}/test/store/scored.js`);

const dir = mkdtempSync(join(tmpdir(), 'vouch-bench-writes-'));
console.log('answers | thumbs | ms per transaction | processor time, ms');
for (const [size, thumbs, batches] of [
  [500, 0, 40],
  [10, 0, 200],
  [10, 10, 200],
]) {
  const store = await openStore(join(dir, `${size}-${thumbs}.db`));
  const run = (k: number) => {
    const rows = Array.from({ length: size }, (_, i) =>
      scored(`${k}-${i}`, {
        ...{ time: T0 + k * 1000, model: ['a', 'b', 'c'][i % 3], task: ['x', 'y'][i % 2] },
        ...{ probability: (i * 0.618) % 1, decision: i % 3 === 0 ? null : 'accept' },
      }),
    );
    const feedback = Array.from({ length: thumbs }, (_, i) => checkFeedback({ id: `${k}-${i}`, thumb: 'up' })[0]);
    return write(store, rows, thumbs === 0 ? [] : [{ tenant: '', received: T0 + k * 1000, feedback }]);
  };
  for (let k = -5; k < 0; k++) await run(k);
  const used = process.cpuUsage();
  const began = performance.now();
  for (let k = 0; k < batches; k++) await run(k);
  const ms = (performance.now() - began) / batches;
  const { user, system } = process.cpuUsage(used);
  console.log([size, thumbs, ms.toFixed(1), ((user + system) / 1000 / batches).toFixed(2)].join(' | '));
  await store.close();
}
rmSync(dir, { recursive: true });
