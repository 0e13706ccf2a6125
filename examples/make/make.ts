import { join } from 'node:path';
import { writeAtomic } from '../../support/atomic.js';
import { readFacts } from './facts.js';
import { prefixes, questions } from './questions.js';

/**
 * `node dist/examples/make/make.js SEED GROUPS DIR [base]`, run in the root of the package, writes questions.jsonl and
 * prefixes.json. The same arguments give the same files. `base` is for a base model: each prompt ends with `Answer:`.
 */
const [seed, groups, folder, layout] = process.argv.slice(2);
const ending = layout === 'base' ? '\nAnswer:' : '';
const asked = questions(Number(seed), Number(groups), readFacts(process.cwd()), ending);
await writeAtomic(join(folder, 'questions.jsonl'), asked.map((question) => `${JSON.stringify(question)}\n`).join(''));
await writeAtomic(join(folder, 'prefixes.json'), `${JSON.stringify(prefixes(ending), null, 1)}\n`);
