import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnswerRecord } from '../../data/record.js';
import type { Manifest } from '../../models/bundle/manifest.js';
import { writeBundle } from '../../models/bundle/write.js';
import { openScorer } from '../../scorer/open.js';
import type { AnswerScore } from '../../scorer/scorer.js';
import { openGateway } from '../../serve/gateway/gateway.js';
import { openService } from '../../serve/service.js';
import { random } from '../../support/random.js';
import { fakeUpstream } from '../../test/support/fake-upstream.js';
import { gatewayOptions, serveOptions } from '../../test/support/serving.js';
import type { TrainContext } from '../../train/context.js';
import { train } from '../../train/train.js';
import { bundlesFor, lightRecipe, type Way } from './bundle.js';
import { labelledData } from './draw.js';
import type { Population } from './population.js';
import { type Replayed, replaysOf } from './scenarios.js';

/** Number of answers of each scenario that go through every door (batch, service, gateway). */
const EACH = 40;

type Said = Pick<AnswerScore, 'decision' | 'why' | 'missing' | 'claim' | 'basis' | 'promise'>;

const said = ({ decision, why, missing, claim, basis, promise }: Said): string =>
  JSON.stringify([decision, why, missing, claim, basis, promise]);

/** The results of the same answers at every door. */
export interface Doors {
  set: string;
  way: Way;
  /** Whether `vouch train` certifies the same as the draws. */
  sameClaims: boolean;
  asked: number;
  accepted: number;
  /** Number of answers that the service, or the gateway, decided differently from the batch. */
  service: number;
  gateway: number;
  /** Second answers that the gateway requested after it did not accept the first, and how many of them it accepted. */
  escalated: number;
  escalatedAccepted: number;
}

/** Trains a bundle with `vouch train` on one draw, and decides the same answers by batch, service and gateway. */
export async function throughDoors(
  population: Population,
  { way, context }: { way: Way; context: TrainContext },
): Promise<Doors> {
  const draw = 0;
  const data = labelledData(population, draw);
  const alpha = population.alphas.at(-1) as number;
  const patterns = ['free'];
  const { manifests } = await bundlesFor(data, { way, alphas: [alpha], patterns, context });
  const { files, manifest } = await train(data, lightRecipe(way, alpha, patterns), context);
  const dir = mkdtempSync(join(tmpdir(), 'vouch-replay-'));
  const bundle = join(dir, 'bundle');
  await writeBundle(bundle, files, manifest);
  const scorer = await openScorer(bundle);
  const leftOut = population.leftOut(draw);
  const seen = [...population.records.keys()].filter((row) => population.records[row].model !== leftOut);
  const { after, ...asks } = replaysOf(population, seen, { draw, leftOut, random: random('doors') });
  const first = await scorer.scoreMany(seen.map((row) => population.records[row]));
  const second = after(new Map(first.map((score, i) => [seen[i], score])));
  const records = [...Object.values(asks), second].flatMap(some);
  const batch = await scorer.scoreMany(records);
  const served = await byService(bundle, records);
  const escalated = some(second);
  const found: Doors = {
    set: population.name,
    way,
    sameClaims:
      JSON.stringify((manifest as Manifest).thresholds.map(claimOf)) ===
      JSON.stringify(manifests[0].thresholds.map(claimOf)),
    asked: records.length,
    accepted: batch.filter(({ decision }) => decision === 'accept').length,
    service: served.filter((score, i) => said(score) !== said(batch[i])).length,
    gateway: 0,
    escalated: 0,
    escalatedAccepted: 0,
  };
  // A client cannot send the model's own distribution over options; without a prompt there is no request.
  const askable = records.filter(({ choices, prompt }) => choices == null && prompt != null);
  const through = await byGateway(bundle, askable);
  const expected = await scorer.scoreMany(askable);
  found.gateway = through.filter((score, i) => said(score) !== said(expected[i])).length;
  const rejected = first.flatMap(({ decision }, i) => (decision === 'accept' ? [] : [population.records[seen[i]]]));
  const bad = rejected.filter(({ choices }) => choices == null).slice(0, EACH);
  for (const score of await byGateway(bundle, bad, escalated)) {
    if (score.escalated === undefined) continue;
    found.escalated++;
    if (score.decision === 'accept') found.escalatedAccepted++;
  }
  await scorer.close();
  rmSync(dir, { recursive: true });
  return found;
}

function claimOf({
  id,
  threshold,
  basis,
  accepted,
}: {
  id: string;
  threshold: number | null;
  basis: string;
  accepted: number;
}) {
  return [id, threshold, basis, accepted];
}

function some({ records }: Replayed): AnswerRecord[] {
  const step = Math.max(1, Math.floor(records.length / EACH));
  return records.filter((_, i) => i % step === 0).slice(0, EACH);
}

async function byService(bundle: string, records: AnswerRecord[]): Promise<Said[]> {
  const { app } = await openService(serveOptions(bundle, { mostRecords: records.length }));
  const { body } = await app.inject({ method: 'POST', url: '/v1/score', payload: JSON.stringify({ records }) });
  await app.close();
  return (JSON.parse(body) as { scores: Said[] }).scores;
}

/** An upstream that returns the answers to their questions. If `second` is given, its answers follow a rejection. */
async function byGateway(
  bundle: string,
  records: AnswerRecord[],
  second?: AnswerRecord[],
): Promise<(Said & { escalated?: object })[]> {
  let current = records[0];
  let next = records[0];
  const upstream = await fakeUpstream((_, response) => reply(response, current));
  const other = await fakeUpstream((_, response) => reply(response, next));
  const escalate = second === undefined ? null : { endpoint: { url: other.url, key: null }, model: null };
  const { app } = await openGateway(
    gatewayOptions(bundle, upstream.url, { escalate, strict: second !== undefined, task: null }),
  );
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const found: (Said & { escalated?: object })[] = [];
  for (const [i, record] of records.entries()) {
    current = record;
    if (second !== undefined) next = second[i % second.length];
    const got = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(requestOf(record)),
    });
    found.push(((await got.json()) as { vouch: Said & { escalated?: object } }).vouch);
  }
  await Promise.all([app.close(), upstream.close(), other.close()]);
  return found;
}

const OWN = [
  'id',
  'group',
  'task',
  'context',
  'facts',
  'features',
  'samples',
  'stated',
  'verifiers',
  'selected',
] as const;

function requestOf(record: AnswerRecord): object {
  const top = record.tokens?.[0]?.top?.length ?? 0;
  return {
    ...(record.model == null ? {} : { model: record.model }),
    messages: [{ role: 'user', content: record.prompt }],
    ...(record.tokens == null ? {} : { logprobs: true, top_logprobs: top }),
    vouch: Object.fromEntries(OWN.filter((key) => record[key] != null).map((key) => [key, record[key]])),
  };
}

function reply(response: ServerResponse, record: AnswerRecord): void {
  const content = record.tokens?.map(({ token, logprob, top }) => ({
    token,
    logprob,
    top_logprobs: top ?? [],
  }));
  const choice = {
    index: 0,
    message: { role: 'assistant', content: record.answer },
    logprobs: content === undefined ? null : { content },
    finish_reason: record.finish ?? 'stop',
  };
  const body = {
    id: 'r',
    object: 'chat.completion',
    ...(record.model == null ? {} : { model: record.model }),
    choices: [choice],
  };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** The doors as a table. */
export function doorsTable(all: readonly Doors[]): string[] {
  const head = ['population, certify', 'claims as `vouch train` makes them', 'answers', 'accepted by the batch'];
  const more = ['service differs', 'gateway differs', 'escalated', 'accepted of those'];
  const row = (each: Doors) =>
    [
      `${each.set}, ${each.way}`,
      each.sameClaims ? 'the same' : 'others',
      ...[each.asked, each.accepted, each.service, each.gateway, each.escalated, each.escalatedAccepted],
    ].join(' | ');
  return [
    `| ${[...head, ...more].join(' | ')} |`,
    `| --- | --- | ${[...head, ...more]
      .slice(2)
      .map(() => '---:')
      .join(' | ')} |`,
    ...all.map((each) => `| ${row(each)} |`),
  ];
}
