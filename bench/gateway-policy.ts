/**
 * A policy in the gateway, before two real servers. Collects a log with every stage, trains and certifies a policy on
 * it, and asks other questions through `vouch gateway --policy`: purchases as predicted on the certify questions,
 * accepted errors against the promise, and what each stage adds.
 *
 * `npx tsx bench/gateway-policy.ts --first URL --second URL [--first-model NAME] [--second-model NAME] [--log 400]
 * [--live 200] [--k 3] [--target-error .3] [--seed 1] [--folder DIR]`. With `--folder`, a log that is there already is
 * used again. Two llama-servers: `serve-llm DIR smollm2 8391` and `serve-llm DIR gemma 8392`.
 */
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { askSchema, waySchema } from '../data/ask/options.js';
import { label } from '../library/label.js';
import { policyTrain } from '../library/policy/policy-train.js';
import { openGateway } from '../serve/gateway/gateway.js';
import { gatewayDefaults } from '../serve/options.js';
import { gatewayOptions } from '../test/support/serving.js';
import { askings } from './gateway-policy/asking.js';
import { askLive } from './gateway-policy/live.js';
import { writeLog } from './gateway-policy/log.js';
import { tableOf } from './gateway-policy/table.js';
import { machine } from './venv.js';

const { values } = parseArgs({
  options: {
    first: { type: 'string', default: 'http://127.0.0.1:8391' },
    second: { type: 'string', default: 'http://127.0.0.1:8392' },
    'first-model': { type: 'string', default: 'smollm2-135m-instruct' },
    'second-model': { type: 'string', default: 'gemma-3-270m' },
    log: { type: 'string', default: '400' },
    live: { type: 'string', default: '200' },
    k: { type: 'string', default: '3' },
    'target-error': { type: 'string', default: '0.3' },
    seed: { type: 'string', default: '1' },
    folder: { type: 'string' },
  },
});

const [logged, live, k, seed] = [values.log, values.live, values.k, values.seed].map(Number);
const TEMPERATURE = 0.8;
const first = { url: values.first, model: values['first-model'] };
const second = { url: values.second, model: values['second-model'] };
const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'vouch-gateway-policy-'));
mkdirSync(folder, { recursive: true });

const all = askings(seed, process.cwd());
const log = join(folder, 'log.jsonl');
const began = performance.now();
if (!existsSync(log)) {
  const spent = await writeLog(log, all.slice(0, logged), { first, second, k, temperature: TEMPERATURE });
  const each = Object.entries(spent).map(([what, ms]) => `${what} ${Math.round(ms)} ms`);
  console.error(`the log took ${Math.round((performance.now() - began) / 1000)} s; per question: ${each.join(', ')}`);
}

// Log-probabilities come with every answer, so no stage names them. At these prices both stages are bought for some
// questions: people are dear, and neither of the two models knows much.
const prices = {
  first: { model: first.model, price: { money: 1 } },
  stages: [
    { name: 'samples', k, price: { money: 0.5 } },
    { name: 'large', model: second.model, price: { money: 1 } },
  ],
  orders: [['samples', 'large']],
  ...{ wrong: 30, person: 20 },
};
const records = await label([log], { withField: 'grader' });
const policy = join(folder, `policy-${Date.now()}`);
const { report } = await policyTrain(records, {
  ...{ out: policy, prices, targetError: Number(values['target-error']), seed },
  training: { learners: ['rate', 'signal', 'logistic'], penalties: [30, 3] },
});
console.error(
  report.claim === null ? `nothing certified: ${report.advice}` : `certified: ${JSON.stringify(report.claim)}`,
);

const serving = {
  ...{ prices: null, stageTimeout: gatewayDefaults.stageTimeout, stageTimeouts: {}, sampleTemperature: null },
  ...{ seconds: [{ model: second.model, endpoint: { url: second.url, key: null } }], names: {}, env: {} },
  ...{ ask: askSchema.parse({}), way: waySchema.parse({}) },
};
const { app } = await openGateway(gatewayOptions(policy, first.url, { policy: serving, timeout: 600 }));
const url = await app.listen({ port: 0, host: '127.0.0.1' });
const before = new Set(records.map(({ messages }) => messages?.at(-1)?.content));
const fresh = all.filter(({ messages }) => !before.has(messages.at(-1)?.content ?? null)).slice(0, live);
const lived = await askLive(url, first.model, fresh);
await app.close();

const { fit, certify } = report.data;
console.log(
  `**bench/gateway-policy: ${logged} questions in the log (${fit.questions} fit, ${certify.questions} certify), ${lived.length} live, ` +
    `seed ${seed}; ${machine()}**\n`,
);
console.log(tableOf(report, lived));
