import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askSchema, waySchema } from '../../../data/ask/options.js';
import type { AnswerRecord } from '../../../data/record.js';
import { policyScore } from '../../../library/policy/policy-score.js';
import { policyTrain } from '../../../library/policy/policy-train.js';
import { openGateway } from '../../../serve/gateway/gateway.js';
import type { PolicyField } from '../../../serve/gateway/policy/policy-field.js';
import { gatewayDefaults } from '../../../serve/options.js';
import { madeLog, PRICES, unselected } from '../../policy/made-log.js';
import { fakeUpstream, type Upstream } from '../../support/fake-upstream.js';
import { gatewayOptions } from '../../support/serving.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-policy-walk-'));
const policy = join(dir, 'policy');
const ends: (() => Promise<unknown>)[] = [];
const fresh = unselected(madeLog(120, 'live'));
const byId = new Map(fresh.map((record) => [record.id as string, record]));
const groupOf = new Map(fresh.map(({ prompt, group }) => [prompt, group]));

/** A log that is asked for as messages, because chats have no prompt. */
const inChat = (records: readonly AnswerRecord[]): AnswerRecord[] =>
  records.map(({ prompt, ...record }) => ({ ...record, messages: [{ role: 'user', content: prompt as string }] }));

beforeAll(async () => {
  await policyTrain(inChat(unselected(madeLog(900, 'log'))), {
    ...{ out: policy, prices: PRICES, targetError: 0.15 },
    training: { learners: ['rate', 'signal', 'logistic'], penalties: [30, 3], threads: 1, resamples: 200 },
  });
});
afterAll(async () => {
  for (const end of ends) await end();
  rmSync(dir, { recursive: true, force: true });
});

/** A server that answers as this model did in the log. */
const replaying =
  (model: string): Upstream =>
  ({ body }, response) => {
    const { messages } = JSON.parse(body.toString());
    const record = byId.get(`${groupOf.get(messages.at(-1).content)}/${model}`)!;
    const message = { role: 'assistant', content: record.answer, refusal: null };
    const choices = [{ index: 0, message, logprobs: null, finish_reason: null }];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id: record.id, object: 'chat.completion', created: 1_700_000_000, model, choices }));
  };

it('decides and buys in the gateway exactly as vouch score --policy does on the log of the same answers', async () => {
  const small = await fakeUpstream(replaying('small'));
  const large = await fakeUpstream(replaying('large'));
  const nli = await fakeUpstream(({ body }, response) => {
    const { id } = JSON.parse(body.toString());
    response.end(JSON.stringify({ score: byId.get(id)!.verifiers!.nli }));
  });
  ends.push(small.close, large.close, nli.close);
  const serving = {
    ...{ prices: null, stageTimeout: gatewayDefaults.stageTimeout, stageTimeouts: {}, sampleTemperature: null },
    ...{ seconds: [{ model: 'large', endpoint: { url: large.url, key: null } }], names: {}, env: {} },
    ...{ ask: askSchema.parse({}), way: waySchema.parse({ verifiers: [`nli=${nli.url}`] }) },
  };
  const { app } = await openGateway(gatewayOptions(policy, small.url, { policy: serving }));
  ends.push(() => app.close());
  const url = await app.listen({ port: 0, host: '127.0.0.1' });

  const { rows } = await policyScore(inChat(fresh), { policy });
  expect(rows).toHaveLength(120);
  const rowOf = new Map(rows.map((row) => [row.group, row]));
  let bought = 0;
  for (const { group, task, prompt, stated } of fresh.filter(({ model }) => model === 'small')) {
    const asked = { model: 'small', temperature: 0, messages: [{ role: 'user', content: prompt }] };
    const reply = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...asked, vouch: { group, task, stated } }),
    });
    const { id, vouch } = (await reply.json()) as { id: string; vouch: { policy: PolicyField; probability: number } };
    const row = rowOf.get(group as string)!;
    const { probability, decision, why, claim, spent, differs } = row;
    expect({ id, ...vouch }).toMatchObject({ id: row.id, decision, why, claim });
    expect(vouch.probability).toBeCloseTo(probability as number, 6);
    expect(vouch.policy).toMatchObject({ bought: row.bought, spent, differs, failed: null });
    bought += row.bought.length;
  }
  // some buy, some do not, and nobody was asked in vain
  const decisions = new Set(rows.map(({ decision }) => decision));
  expect([...decisions].sort()).toEqual(['accept', 'escalate']);
  expect(bought).toBeGreaterThan(20);
  expect(nli.asked.length + large.asked.length).toBe(bought);
  expect(large.asked.length).toBeLessThan(120);
});
