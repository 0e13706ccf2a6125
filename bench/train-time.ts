/**
 * Time of a whole `vouch train` with its defaults: cross-fitted, calibrated, certified, with report. `npx tsx
 * bench/train-time.ts [--rows 5000,70000,300000,1000000] [--signals 60] [--runs 1] [--config FILE]` after `npm run
 * build`. The answers are made up: only the numbers of rows and signals matter. The table shows wall-clock and
 * processor seconds, including reading, and the peak memory of the whole process, including threads. A run that fails
 * has a line in the table.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { oneRun } from './train-time/one-run.js';
import { writeAnswers } from './train-time/write-answers.js';
import { machine } from './venv.js';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '5000' },
    signals: { type: 'string', default: '60' },
    runs: { type: 'string', default: '1' },
    config: { type: 'string' },
  },
});
const signals = Number(values.signals);
const further = values.config === undefined ? [] : ['--config', values.config];
const steps = ['fitting', 'leave-out, learning curve, drop-one', 'certification', 'measuring'];
const aside = mkdtempSync(join(tmpdir(), 'vouch-time-'));
const answers = join(aside, 'answers.jsonl');

console.log(`# bench/train-time: answers × ${signals} signals, ${machine()}\n`);
console.log(
  '| answers | run | seconds | CPU s | CPU ms an answer | peak MB | fitting | tables | certification | measuring |',
);
console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
for (const rows of values.rows.split(',').map(Number)) {
  await writeAnswers(answers, { rows, signals });
  for (let run = 1; run <= Number(values.runs); run++) {
    const out = join(aside, 'bundle');
    const { seconds, cpu, peakMb, parts, fault } = oneRun(answers, out, further);
    const measured = [seconds.toFixed(0), cpu.toFixed(0), ((1000 * cpu) / rows).toFixed(2), peakMb.toFixed(0)];
    const own = parts === null ? [`failed: ${fault}`] : steps.map((step) => (parts[step] ?? 0).toFixed(0));
    console.log(`| ${[rows, run, ...measured, ...own].join(' | ')} |`);
    rmSync(out, { recursive: true, force: true });
    rmSync(`${out}.fits`, { recursive: true, force: true });
  }
}
rmSync(aside, { recursive: true });
