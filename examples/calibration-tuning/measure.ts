/**
 * Measures what the Python programs of this recipe left in WORK, and writes results.json and the tables of README.md:
 * `npx tsx examples/calibration-tuning/measure.ts [--work work] [--answers examples/smollm2.jsonl.gz] [--out results.json]
 * [--readme examples/calibration-tuning/README.md]`, in the root of the repository. What has not run is left out.
 * WORK/held-out.jsonl has the held-out answers with `verifiers.ptrueTuned`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeAtomic } from '../../support/atomic.js';
import { random } from '../../support/random.js';
import { readAnswers } from '../make/read-answers.js';
import { abstentions } from './abstentions.js';
import { heldOut, judgedBy, newAnswers, sizesIn } from './held-out.js';
import { judgements } from './judgements.js';
import { type Results, tables } from './tables.js';
import { wholePredictor } from './whole-predictor.js';

const folder = 'examples/calibration-tuning';
const { values } = parseArgs({
  options: {
    work: { type: 'string', default: 'work' },
    answers: { type: 'string', default: 'examples/smollm2.jsonl.gz' },
    out: { type: 'string', default: join(folder, 'results.json') },
    readme: { type: 'string', default: join(folder, 'README.md') },
  },
});
const { work } = values;
const json = (name: string) => JSON.parse(readFileSync(join(work, name), 'utf8'));

const sizes = sizesIn(work);
const records = readAnswers(values.answers);
const judged = new Map(sizes.map((size) => [String(size), judgedBy(work, size)]));
const answers = heldOut(records, work, judged.get('0')!);
const recorded = new Map(answers.map(({ record }) => [record.id, record.verifiers!.ptrue!]));
const tuned = judged.get(String(sizes.at(-1)))!;

const said = newAnswers(work);
const results: Results = {
  answers: answers.length,
  questions: new Set(answers.map(({ question }) => question)).size,
  right: answers.reduce((sum, { right }) => sum + right, 0) / answers.length,
  judgements: judgements(answers, new Map([['recorded', recorded], ...judged]), '0', random('judgements')),
  abstentions: said === null ? null : abstentions(answers, said, random('abstentions')),
  whole: null,
  times: {
    ptrue: sizes.map((size) => json(join('ptrue', `${size}.json`))),
    idk: existsSync(join(work, 'idk.json')) ? json('idk.json') : null,
  },
};
const held = answers.map(({ record }) => record);
const lines = held.map((record) =>
  JSON.stringify({ ...record, verifiers: { ...record.verifiers, ptrueTuned: tuned.get(record.id) } }),
);
await writeAtomic(join(work, 'held-out.jsonl'), `${lines.join('\n')}\n`);
if (sizes.length > 1) results.whole = await wholePredictor(held, tuned);
await writeAtomic(values.out, `${JSON.stringify(results, null, 1)}\n`);

let page = readFileSync(values.readme, 'utf8');
for (const [name, table] of Object.entries(tables(results))) {
  const between = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  page = page.replace(between, (_, before, after) => `${before}${table}\n${after}`);
}
await writeAtomic(values.readme, page);
process.stdout.write(`${Object.values(tables(results)).join('\n\n')}\n`);
