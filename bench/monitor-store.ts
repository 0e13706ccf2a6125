/**
 * Time and peak memory of the monitor over a SQLite store of several sizes: the first run, which reads all answers, and
 * a later one over 1,000 new answers. `npx tsx bench/monitor-store.ts [--rows 100000,1000000]`.
 *
 * The store is made by copying 1,000 rows that were written as a service writes them; each copy has its own numbers,
 * times and names, but not its own hashes, which the monitor does not read.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import type { MonitorResult } from '../monitor/results.js';
import { openScorer } from '../scorer/open.js';
import { openStore } from '../store/ready.js';
import { packSignals } from '../store/signals.js';
import { write } from '../store/write/write.js';
import { random } from '../support/random.js';
import { scored } from '../test/store/scored.js';
import { writeStandIn } from './stand-in.js';
import { machine } from './venv.js';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '100000,1000000' } } });
const BLOCK = 1000;
const SECOND = 1000;
const root = resolve(import.meta.dirname, '..');
const dir = mkdtempSync(join(tmpdir(), 'vouch-monitor-store-'));
const model = join(dir, 'bundle');
const place = join(dir, 'answers.db');
await writeStandIn(model);
const scorer = await openScorer(model);
const { digest: bundle, manifest } = scorer;
await scorer.close();
const claim = manifest.thresholds.find(({ threshold }) => threshold !== null)?.id ?? null;
const draw = random('monitor store');

const row = (i: number) => ({
  ...scored(`a${i}`, { bundle, question: `q${i}`, time: i * SECOND, probability: draw.next(), claim }),
  signals: packSignals({
    features: Float32Array.from(manifest.signals.numeric, () => draw.normal()),
    categories: Int32Array.from(manifest.signals.categorical, () => 1),
    words: new Int32Array(0),
    embeddings: [],
  }),
});
const store = await openStore(place);
await write(
  store,
  Array.from({ length: BLOCK }, (_, i) => row(i)),
  [],
);
const tables = await store.db.introspection.getTables();
const columns = tables.find(({ name }) => name === 'vouch_scored')!.columns.map(({ name }) => name);

/** Copies all rows so that there are `rows` of them. */
async function grow(rows: number): Promise<void> {
  for (;;) {
    const { seq: has } = await store.db.selectFrom('vouch_head').select('seq').executeTakeFirstOrThrow();
    if (has >= rows) return;
    const more = Math.min(has, rows - has);
    const shifted: Record<string, string> = {
      seq: `seq + ${has}`,
      time: `time + ${has * SECOND}`,
      id: `'a' || (seq + ${has})`,
      question: `'q' || (seq + ${has})`,
    };
    const from = columns.map((name) => shifted[name] ?? name).join(', ');
    await sql
      .raw(`insert into vouch_scored (${columns}) select ${from} from vouch_scored where seq <= ${more}`)
      .execute(store.db);
    await store.db
      .updateTable('vouch_head')
      .set({ seq: has + more })
      .execute();
  }
}

/** One run in a process of its own. */
function run(state: string): { result: MonitorResult; seconds: number; peak: number } {
  const code =
    `import { monitorStore } from './index.ts';` +
    `import { peakMegabytes } from './bench/peak.ts';` +
    `const from = performance.now();` +
    `const result = await monitorStore(${JSON.stringify(place)}, { model: ${JSON.stringify(model)}, state: ${JSON.stringify(state)} });` +
    `const seconds = (performance.now() - from) / 1000;` +
    `console.log(JSON.stringify({ result, seconds, peak: peakMegabytes() }));`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', code];
  const { status, stdout } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`the run ended with ${status}`);
  return JSON.parse(stdout);
}

try {
  console.log(`# bench/monitor-store: ${machine()}, ${manifest.signals.numeric.length} signals`);
  console.log(
    '| answers | store MB | run | answers read | seconds | peak MB |\n| ---: | ---: | --- | ---: | ---: | ---: |',
  );
  for (const rows of values.rows.split(',').map(Number)) {
    await grow(rows);
    const state = join(dir, `${rows}.json`);
    const runs = [['first', run(state)]] as [string, ReturnType<typeof run>][];
    await grow(rows + BLOCK);
    runs.push(['later', run(state)]);
    const size = statSync(place).size / 1e6;
    for (const [name, { result, seconds, peak }] of runs) {
      const cells = [rows, size.toFixed(0), name, result.answers.new, seconds.toFixed(1), peak.toFixed(0)];
      console.log(`| ${cells.join(' | ')} |`);
    }
  }
} finally {
  await store.close();
  rmSync(dir, { recursive: true });
}
