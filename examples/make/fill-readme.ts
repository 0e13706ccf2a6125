import { readFileSync } from 'node:fs';
import { writeAtomic } from '../../support/atomic.js';
import { readAnswers } from './read-answers.js';
import { shares, table } from './shares.js';

/**
 * `node dist/examples/make/fill-readme.js SET…`, run in the root of the package, writes the counts of each set into
 * examples/README.md.
 */
const readme = 'examples/README.md';
let text = readFileSync(readme, 'utf8');
for (const set of process.argv.slice(2)) {
  const counts = table(shares(readAnswers(`examples/${set}.jsonl.gz`)));
  const between = new RegExp(`(<!-- ${set} -->\\n)[\\s\\S]*?(<!-- /${set} -->)`);
  text = text.replace(between, (_, before, after) => `${before}${counts}\n${after}`);
}
await writeAtomic(readme, text);
