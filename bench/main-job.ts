/**
 * The main predictor compared with simple ones on the certify part: paired, grouped 95% intervals of vouch minus each
 * of them. `npx tsx bench/main-job.ts ANSWERS [--labels GRADES]`; run `npm run build` first. Defaults and seed 1;
 * nothing is tuned here.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ReportData } from '../report/results.js';
import { machine } from './venv.js';

const { values, positionals } = parseArgs({ options: { labels: { type: 'string' } }, allowPositionals: true });
const answers = positionals[0] ?? 'examples/smollm2.jsonl.gz';
const out = join(mkdtempSync(join(tmpdir(), 'vouch-bench-')), 'bundle');
const grades = values.labels === undefined ? [] : ['--labels', values.labels, '--on', 'id'];
execFileSync('node', ['dist/scripts/vouch.js', 'train', answers, ...grades, '--out', out, '--quiet'], {
  stdio: 'pipe',
});
const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as ReportData;

const { rows, groups } = report.parts[1];
const chosen = report.selection.learners.find((candidate) => candidate.chosen)?.name;
console.log(
  `# bench/main-job: ${basename(answers)}, ${rows} answers to ${groups} questions never trained on; ${machine()}`,
);
console.log(`ships: ${chosen}\n\n| vouch minus | log-loss | AUROC within (model, task) |\n| --- | ---: | ---: |`);
for (const against of [...Object.keys(report.baselines), ...(report.before === null ? [] : ['before'])]) {
  const says = against === 'before' ? report.before?.says : report.baselines[against].says;
  const cell = (metric: string) => {
    const found = report.paired.find((pair) => pair.against === against && pair.metric === metric)?.difference;
    const show = (x: number | null | undefined) => (x == null ? '–' : x.toFixed(4));
    return `${show(found?.value)} (${show(found?.low)} to ${show(found?.high)})`;
  };
  console.log(`| ${says} | ${cell('logLoss')} | ${cell('aurocWithin')} |`);
}
const seconds = Object.values(report.timings).reduce((sum, s) => sum + s, 0);
console.log(`\n${seconds.toFixed(0)} s without reading`);
