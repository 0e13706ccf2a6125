/**
 * The graders of `vouch label` compared with those of math-verify, Inspect and lm-evaluation-harness, and with human
 * grades where there are some: how often each two agree. Their packages are pinned in requirements-graders.txt and
 * installed into a venv in a temporary folder. `npx tsx bench/grader-peers.ts ANSWERS... [--labels GRADES.csv]`
 */
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readAnswers } from '../data/read/answers.js';
import { agreementTable } from './graders/agreement-table.js';
import { type Graded, gradedOf, type Kind } from './graders/graded.js';
import { machine, venv } from './venv.js';

const { values, positionals } = parseArgs({ options: { labels: { type: 'string' } }, allowPositionals: true });
if (positionals.length === 0) throw new Error('give ANSWERS');
const rows: Graded[] = [];
for await (const { records } of readAnswers(
  positionals,
  values.labels === undefined ? {} : { labels: values.labels, on: 'id' },
)) {
  for (const record of records) rows.push(...gradedOf(record));
}
const python = venv('bench/requirements-graders.txt', join(tmpdir(), 'vouch-bench-graders'));
const { stdout, status } = spawnSync(python, ['bench/grader_peers.py'], {
  input: rows.map(({ ask }) => `${JSON.stringify(ask)}\n`).join(''),
  encoding: 'utf8',
  maxBuffer: 2 ** 30,
  stdio: ['pipe', 'pipe', 'inherit'],
});
const said = stdout.trim().split('\n');
if (status !== 0 || said.length !== rows.length) throw new Error('the graders of other projects stopped');
rows.forEach((row, i) => {
  Object.assign(row.grades, JSON.parse(said[i]));
});

console.log(`**bench/grader-peers: ${rows.length} grades; ${machine()}**`);
const names: Record<Kind, string> = {
  number: 'References that are numbers',
  choice: 'References that are options',
  text: 'References of all kinds, as text',
};
for (const kind of ['number', 'choice', 'text'] as const) {
  const some = rows.filter((row) => row.ask.kind === kind);
  if (some.length > 0) console.log(`\n${names[kind]}: ${some.length} answers.\n\n${agreementTable(some)}`);
}
