/**
 * What the product accepts over everything that it may be asked: answers of seen and unseen models, with fields or
 * signals missing, after escalation, and to questions that are copies with polite phrases. The answers are real; the
 * labels are drawn from known, fitted probabilities. A promise is broken where the mean probability of error over
 * everything accepted of the population is above α. Each draw labels some of the questions, trains and certifies a
 * light recipe, and the opened scorer decides. Once per population, the service and the gateway are compared with it.
 * `npx tsx bench/replay.ts [--draws 500] [--only NAME] [--ways split,cross] [--data DIR] [--cache FILE] [--table]
 * [--skip-doors] [--whole]`
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openBackend } from '../train/backend/ladder.js';
import type { TrainContext } from '../train/context.js';
import { inlinePool } from '../train/learn/pool/pool.js';
import type { Way } from './replay/bundle.js';
import { type Doors, doorsTable, throughDoors } from './replay/doors.js';
import { type Drawn, drawOnce } from './replay/draw.js';
import { fiveSystems, type Plan, populationFrom, shipped } from './replay/population.js';
import { lostIn, tableOf } from './replay/table.js';
import { machine } from './venv.js';

const { values } = parseArgs({
  options: {
    draws: { type: 'string', default: '500' },
    only: { type: 'string', default: '' },
    ways: { type: 'string', default: 'split,cross' },
    data: { type: 'string' },
    cache: { type: 'string' },
    table: { type: 'boolean', default: false },
    whole: { type: 'boolean', default: false },
    'skip-doors': { type: 'boolean', default: false },
  },
});

/** Populations, the smallest first. Records are read when they are needed. */
const sets: (Omit<Plan, 'records'> & { records: () => Plan['records'] })[] = [
  {
    name: 'smollm2 (gemma unseen)',
    records: () => shipped(['smollm2', 'gemma']),
    leftOut: () => 'gemma-3-270m',
    alphas: [0.2, 0.3],
    labelled: 500,
    copies: 1,
  },
  {
    name: 'smollm2 and gemma',
    records: () => shipped(['smollm2', 'gemma']),
    leftOut: () => null,
    alphas: [0.2, 0.3],
    labelled: 500,
    copies: 1,
  },
  {
    name: 'smollm2, each answer three times',
    records: () => shipped(['smollm2']),
    leftOut: () => null,
    alphas: [0.2, 0.3],
    labelled: 300,
    copies: 3,
  },
];
if (values.data !== undefined) {
  const folder = values.data;
  const systems = ['fid', 'gpt35', 'chatgpt', 'gpt4', 'newbing'];
  sets.push({
    name: 'triviaqa, one of five systems unseen',
    records: () => fiveSystems(folder, 1000),
    leftOut: (draw) => systems[draw % systems.length],
    alphas: [0.05, 0.2],
    labelled: 300,
    copies: 1,
  });
}

const kept: Drawn[] =
  values.cache !== undefined && existsSync(values.cache)
    ? readFileSync(values.cache, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Drawn)
    : [];
const known = new Set(kept.map(({ set, way, draw }) => `${set} ${way} ${draw}`));

const doors: Doors[] = [];
if (!values.table) {
  const { tf, name, said } = await openBackend('wasm');
  const context: TrainContext = {
    pool: inlinePool(tf),
    backend: { name, said },
    files: [],
    read: 0,
    bad: 0,
    warnings: [],
    created: '',
    versions: { vouch: 'replay' },
  };
  for (const { records, ...plan } of sets.filter((set) => set.name.includes(values.only))) {
    const population = populationFrom({ ...plan, records: records() });
    for (const way of values['skip-doors'] ? [] : (values.ways.split(',') as Way[])) {
      doors.push(await throughDoors(population, { way, context }));
    }
    for (let draw = 0; draw < Number(values.draws); draw++) {
      for (const way of values.ways.split(',') as Way[]) {
        if (known.has(`${plan.name} ${way} ${draw}`)) continue;
        const drawn = await drawOnce(population, { way, draw, context, isWhole: values.whole });
        if (values.cache !== undefined) appendFileSync(values.cache, `${JSON.stringify(drawn)}\n`);
        kept.push(drawn);
      }
    }
  }
}
console.log(`# bench/replay: ${machine()}; δ = .05\n\n${tableOf(kept).join('\n')}`);
if (doors.length > 0) console.log(`\n${doorsTable(doors).join('\n')}`);
console.log(
  `\nAnswers of seen models with all signals decided otherwise than by their threshold: in ${lostIn(kept)} cells.`,
);
