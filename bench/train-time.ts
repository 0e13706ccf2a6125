/**
 * How long `vouch train` takes, whole, with its defaults: cross-fitted, calibrated, certified, with report.
 * `npx tsx bench/train-time.ts [--rows 5000] [--signals 60] [--runs 3]` after `npm run build`. Made-up answers: what counts is
 * rows and signals. Seconds by the clock with reading; memory is the peak of the whole process, threads included.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { random } from '../support/random.js';
import type { ReportData } from '../train/report/data.js';
import { machine } from './venv.js';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '5000' },
    signals: { type: 'string', default: '60' },
    runs: { type: 'string', default: '3' },
  },
});
const [rows, signals, runs] = [values.rows, values.signals, values.runs].map(Number);
const aside = mkdtempSync(join(tmpdir(), 'vouch-time-'));
const answers = join(aside, 'answers.jsonl');
await write(answers);

console.log(`# bench/train-time: ${rows} answers × ${signals} signals, ${machine()}\n`);
console.log('| run | seconds | peak MB | fitting | tables | certification | measuring |');
console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
const seconds: number[] = [];
for (let run = 1; run <= runs; run++) {
  const started = performance.now();
  const out = join(aside, `bundle${run}`);
  const asked = [
    '/usr/bin/time',
    '-f',
    '%M',
    'node',
    'dist/scripts/vouch.js',
    'train',
    answers,
    '--out',
    out,
    '--quiet',
  ];
  const said = execFileSync('sh', ['-c', `${asked.join(' ')} 2>&1 >/dev/null | tail -1`], { encoding: 'utf8' });
  seconds.push((performance.now() - started) / 1000);
  const { timings } = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as ReportData;
  const steps = ['fitting', 'leave-out, learning curve, drop-one', 'certification', 'measuring'];
  const parts = steps.map((step) => timings[step].toFixed(0));
  console.log(
    `| ${run} | ${seconds.at(-1)!.toFixed(0)} | ${(Number(said) / 1024).toFixed(0)} | ${parts.join(' | ')} |`,
  );
}
rmSync(aside, { recursive: true });
const median = seconds.sort((a, b) => a - b)[Math.floor(runs / 2)];
const bar = rows <= 5000 ? 90 : 600;
console.log(`\nmedian ${median.toFixed(0)} s; bar at this size: ${bar} s: ${median <= bar ? 'met' : 'not met'}`);

/** Five answers a question; rightness follows a third of the signals, some of them bent, and the question. */
async function write(path: string): Promise<void> {
  const draw = random('train-time');
  const file = createWriteStream(path);
  for (let i = 0; i < rows; i++) {
    const x = Array.from({ length: signals }, () => Math.round(1000 * draw.normal()) / 1000);
    let z = 0.5;
    for (let j = 0; j < signals; j += 3) z += 0.3 * (j % 2 === 0 ? x[j] : Math.abs(x[j]) - 0.8);
    const record = {
      id: `a${i}`,
      group: `q${Math.floor(i / 5)}`,
      model: `m${i % 5}`,
      task: `t${Math.floor(i / 5) % 3}`,
      answer: 'yes',
      features: Object.fromEntries(x.map((value, j) => [`s${j}`, value])),
      label: draw.next() < 1 / (1 + Math.exp(-z)) ? 1 : 0,
    };
    if (!file.write(`${JSON.stringify(record)}\n`)) await once(file, 'drain');
  }
  file.end();
  await finished(file);
}
