import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { checkAnswer } from '../../../data/check-record.js';
import { linesOf } from '../../../scorer/batch/out/json-lines.js';
import { scoreChunk } from '../../../scorer/batch/score-chunk.js';
import { openScorer } from '../../../scorer/open.js';
import { openGateway } from '../../../serve/gateway/gateway.js';
import type { GatewayOptions } from '../../../serve/options.js';
import { openService } from '../../../serve/service.js';
import { LONG } from '../../../serve/thread/long.js';
import { random } from '../../../support/random.js';
import { completionFor, fakeUpstream } from '../../support/fake-upstream.js';
import { sampleLines } from '../../support/sample-answers.js';
import { gatewayOptions, serveOptions } from '../../support/serving.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';
import { addFault, addInput, addStatus, newOutcomes, type Outcomes } from '../outcomes.js';
import type { FuzzCase } from './fuzz-case.js';
import { type Gateway, type GatewayCase, gatewayCase, trickCase } from './gateway-cases.js';
import { type KnownRows, oipCase } from './oip-cases.js';
import { pathCase } from './path-cases.js';
import { type Known, scoreCase } from './score-cases.js';
import { newSender } from './send.js';
import { sendReply, type UpstreamReply } from './upstream-reply.js';

export interface FuzzRequests {
  requests: number;
  seed: string;
  /** Requests that are under way together. */
  lanes?: number;
  /** Only this one, by its number. */
  only?: number;
  progress?(done: number): void;
}

/** What a case is, by its number: of ten requests three are for scores and paths, one for tensors, three each for replies and streams. */
const KINDS = ['scores and paths', 'tensors', 'gateway replies', 'gateway streams'] as const;
const TURNS = [0, 2, 3, 0, 3, 2, 1, 2, 3, 0] as const;
/** Requests between two looks at the services' health. */
const HEALTH_EVERY = 1000;
const LIMITS = { choices: 16, tokens: 2000, event: 65_536, events: 300 };

/**
 * Sends requests that were damaged at random, by a seed, to a service and to five gateways, all of them listening, and checks each
 * reply. The outcomes, one for each kind, hold what went wrong.
 */
export async function fuzzRequests({ requests, seed, lanes = 16, only, progress }: FuzzRequests): Promise<Outcomes[]> {
  const stand = await standUp();
  const sender = newSender(lanes);
  const all = KINDS.map(newOutcomes);
  const replies = stand.replies;

  const caseOf = (i: number): FuzzCase | GatewayCase => {
    const draw = random(`${seed}/${i}`);
    const kind = TURNS[i % TURNS.length];
    if (kind === 0) return draw.next() < 0.7 ? scoreCase(stand.known, draw) : pathCase(draw);
    if (kind === 1) return oipCase(stand.rows, draw);
    return draw.next() < (kind === 2 ? 0.2 : 0) ? trickCase(draw) : gatewayCase(kind === 3, draw);
  };
  const run = async (i: number) => {
    const outcomes = all[TURNS[i % TURNS.length]];
    const made = caseOf(i);
    if ('upstream' in made) {
      replies.set(String(i), made.upstream);
      made.headers['x-case'] = String(i);
    }
    const began = performance.now();
    const reply = await sender.send(stand.urls.get(made.to) as URL, made);
    addInput(outcomes, i, (performance.now() - began) / 1000);
    replies.delete(String(i));
    outcomes.rows += made.rows ?? 0;
    let out = 0;
    let fault = reply === null ? 'no reply in time' : null;
    if (reply !== null) {
      addStatus(outcomes, reply.torn ? null : reply.status);
      if (reply.status >= 400) outcomes.refused++;
      fault = made.check(reply, (n) => (out = n));
    }
    outcomes.out += out;
    if (out === 0) outcomes.bad += made.rows ?? 0;
    if (fault !== null) addFault(outcomes, `#${i}: ${fault}\n    ${made.what}`);
    if (only !== undefined) console.error(made, reply, reply?.body.toString());
  };
  let next = 0;
  let done = 0;
  const lane = async () => {
    while (next < requests) {
      const i = next++;
      await run(i);
      if (++done % HEALTH_EVERY === 0) await stand.healthy((fault) => addFault(all[0], `after ${done}: ${fault}`));
      progress?.(done);
    }
  };
  try {
    await stand.startThreads();
    if (only !== undefined) await run(only);
    else await Promise.all(Array.from({ length: lanes }, lane));
    await stand.healthy((fault) => addFault(all[0], `at the end: ${fault}`));
    await stand.idle((fault) => addFault(all[0], `at the end: ${fault}`));
  } finally {
    sender.close();
    await stand.close();
  }
  return all;
}

/** A service, five gateways and their upstream, listening. */
async function standUp() {
  const dir = mkdtempSync(join(tmpdir(), 'vouch-fuzz-'));
  const patterns = ['free', 'free+logprobs', 'free+samples', 'free+logprobs+samples'];
  const certified = (threshold: number) => ({ thresholds: patterns.map((pattern) => ({ pattern, threshold })) });
  const yes = join(dir, 'yes');
  const no = join(dir, 'no');
  await writeTinyBundle(yes, certified(0));
  await writeTinyBundle(no, certified(1));
  const lines = sampleLines(200);
  const { known, rows } = await knownOf(yes, lines);
  const replies = new Map<string, UpstreamReply>();
  const upstream = await fakeUpstream(async ({ headers }, response) => {
    upstream.asked.length = 0;
    const reply = replies.get(String(headers['x-case']));
    if (reply !== undefined) await sendReply(reply, response);
    else response.writeHead(418).end();
  });
  const apps: FastifyInstance[] = [];
  const urls = new Map<string, URL>();
  const listen = async (name: string, app: FastifyInstance) => {
    apps.push(app);
    urls.set(name, new URL(await app.listen({ port: 0, host: '127.0.0.1' })));
  };
  const bodyLimit = 2 ** 20;
  await listen('service', (await openService(serveOptions(yes, { bodyLimit, adminKeys: ['root'] }))).app);
  const endpoint = { url: upstream.url, key: null };
  const how: Record<Gateway, [string, Partial<GatewayOptions>]> = {
    loose: [yes, { askLogprobs: false }],
    asking: [yes, {}],
    acting: [no, { bufferStreams: true, abstainText: 'withheld', escalate: { endpoint, model: 'm2' } }],
    strict: [no, { strict: true }],
    'strict accepting': [yes, { strict: true }],
  };
  for (const [name, [bundle, more]] of Object.entries(how)) {
    const options = gatewayOptions(bundle, upstream.url, { bodyLimit, limits: LIMITS, ...more });
    await listen(name, (await openGateway(options)).app);
  }
  const post = (name: string, path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(new URL(path, urls.get(name)), { method: 'POST', body, headers });
  const look = async (name: string, path: string) => (await fetch(new URL(path, urls.get(name)))).text();
  return {
    known,
    rows,
    replies,
    urls,
    /** One long request to each: its thread loads hundreds of modules from their sources, which is no fault of a case. */
    async startThreads() {
      const content = 'What is the capital of Australia? '.repeat(LONG / 30);
      const asked = { model: 'm1', messages: [{ role: 'user', content }] };
      const bytes = Buffer.from(JSON.stringify(completionFor(asked)));
      const type = { 'content-type': 'application/json' };
      replies.set('first', { status: 200, headers: type, chunks: [bytes], breaks: false, plain: bytes });
      for (const name of urls.keys()) {
        const { status } =
          name === 'service'
            ? await post(name, '/v1/score', JSON.stringify({ prompt: content, answer: 'Canberra' }))
            : await post(name, '/v1/chat/completions', JSON.stringify(asked), { ...type, 'x-case': 'first' });
        if (status !== 200) throw new Error(`${name} answers a long request with ${status}`);
      }
      replies.delete('first');
    },
    async healthy(failed: (fault: string) => void) {
      for (const name of urls.keys()) {
        const path = name === 'service' ? '/v2/health/ready' : '/vouch/health/ready';
        const said = await look(name, path);
        if (said !== '{"ready":true}') failed(`${name} says ${said}`);
      }
      const reply = await post('service', '/v1/score', lines[0]);
      const score = await reply.text();
      if (score.trim() !== known.scores[0]) failed(`a good answer is scored ${score}`);
    },
    /** Nothing counts as in flight once all is answered. */
    async idle(failed: (fault: string) => void) {
      for (const name of urls.keys()) {
        const text = await look(name, name === 'service' ? '/metrics' : '/vouch/metrics');
        const left = /^vouch_requests_in_flight (.*)$/m.exec(text)?.[1];
        if (left !== '0') failed(`${name} has ${left} requests in flight`);
      }
    },
    async close() {
      for (const app of apps) await app.close();
      await upstream.close();
      rmSync(dir, { recursive: true });
    },
  };
}

/** What a bundle says of answers, before any request. */
async function knownOf(bundle: string, lines: readonly string[]): Promise<{ known: Known; rows: KnownRows }> {
  const scorer = await openScorer(bundle);
  const records = lines.map((line) => checkAnswer(JSON.parse(line)));
  const scores = linesOf(await scoreChunk(scorer, records))
    .trimEnd()
    .split('\n');
  const { features, categories } = scorer.rows(records);
  const { probability } = await scorer.scoreFeatures(features, categories);
  await scorer.close();
  const width = features.length / lines.length;
  const kinds = categories.length / lines.length;
  const probabilities = Array.from(probability, Number);
  return { known: { lines, scores }, rows: { lines, features, categories, width, kinds, probabilities } };
}
