/**
 * Hostile input: Parquet and CSV files, lines of JSON and requests that were damaged at random from a seed. Each kind
 * is tried in its own process. `npx tsx bench/hostile.ts [--parquet 10000] [--csv 10000] [--json 100000] [--requests
 * 100000] [--seed 1]`; 0 omits a kind. Exits with 1 if an input took more than 5 s, a process crashed, a reply was a
 * 500 or otherwise wrong, a row was lost or duplicated, or memory exceeded its limit. The slow tests (`test/systems`)
 * run the same code.
 */
import { parseArgs } from 'node:util';
import { LIMIT, type Outcomes, tableOf } from '../test/systems/outcomes.js';
import { kinds } from './hostile/kinds.js';
import { watched } from './hostile/watched.js';
import { machine } from './venv.js';

const { values } = parseArgs({
  options: {
    ...Object.fromEntries(kinds.map(({ name, many }) => [name, { type: 'string', default: String(many) } as const])),
    seed: { type: 'string', default: '1' },
  },
});
const all: Outcomes[] = [];
const bounds = new Map<string, number>();
const began = performance.now();
for (const kind of kinds) {
  const many = Number(values[kind.name as keyof typeof values]);
  if (!(many > 0)) continue;
  let told = 0;
  const progress = (done: number) => {
    if (done - told < many / 20) return;
    told = done;
    console.error(`${kind.name}: ${done} of ${many}, ${((performance.now() - began) / 1000).toFixed(0)} s`);
  };
  for (const outcomes of await watched({ kind, many, seed: values.seed, progress })) {
    all.push(outcomes);
    bounds.set(outcomes.kind, kind.bound);
  }
}
console.log(
  `# bench/hostile: ${machine()}, seed ${values.seed}, ${((performance.now() - began) / 60_000).toFixed(0)} min\n`,
);
console.log(tableOf(all, bounds));
const failed = all.filter(({ kind, hung, faulty, wrong, memory }) => {
  return hung > 0 || faulty > 0 || wrong > 0 || memory > (bounds.get(kind) ?? 0);
});
for (const { kind, faults, slow } of failed)
  for (const fault of [...slow, ...faults]) console.log(`\n${kind} ${fault}`);
const bar = `no input over ${LIMIT} s, no crash, no 500, no row lost or duplicated, memory within its limit`;
console.log(`\nbar: ${bar}: ${failed.length === 0 ? 'met' : 'not met'}`);
process.exit(failed.length === 0 ? 0 : 1);
