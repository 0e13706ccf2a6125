import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replayed } from '../../../library/audit/replay.js';
import { openGateway } from '../../../serve/gateway/gateway.js';
import type { StoreOptions } from '../../../serve/options.js';
import { openService, type Service } from '../../../serve/service.js';
import { verifyChain } from '../../../store/chain/verify.js';
import { tracesOf } from '../../../store/read/trace.js';
import { openExisting } from '../../../store/ready.js';
import { sampleLines } from '../../support/sample-answers.js';
import { gatewayOptions, serveOptions } from '../../support/serving.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-serve-store-'));
const bundle = join(dir, 'bundle');
const place = join(dir, 'answers.db');
const lines = sampleLines(12).map((line, i) => JSON.stringify({ ...JSON.parse(line), id: `q${i}` }));
const store: StoreOptions = {
  ...{ place, queue: 1000, texts: false },
  clients: [
    { key: 'one', tenant: 't1' },
    { key: 'two', tenant: 't2' },
  ],
  feedbackKeys: [
    { key: 'f-one', tenant: 't1' },
    { key: 'f-two', tenant: 't2' },
  ],
};
const aside: StoreOptions = { ...store, place: join(dir, 'aside.db') };
let service: Service;

beforeAll(async () => {
  await writeTinyBundle(bundle);
  service = await openService(serveOptions(bundle, { keys: ['one', 'two'], store }));
});
afterAll(async () => {
  await service.app.close();
  rmSync(dir, { recursive: true });
});

function post(url: string, key: string, payload: string, headers: Record<string, string> = {}) {
  return service.app.inject({ method: 'POST', url, payload, headers: { 'x-api-key': key, ...headers } });
}

async function say(key: string, value: unknown) {
  const { statusCode, body } = await post('/v1/feedback', key, JSON.stringify(value));
  const { error, ...rest } = JSON.parse(body);
  return error === undefined ? [statusCode, rest] : [statusCode, error.code];
}

describe('vouch serve with a store', () => {
  it('stores each score, takes feedback on it, and every decision can be repeated to the bit', async () => {
    const scores = [];
    for (const line of lines.slice(0, 4)) scores.push(await post('/v1/score', 'one', line, { 'x-vouch-person': 'p7' }));
    await post('/v1/score', 'one', `{"records":[${lines.slice(4, 8)}]}`);
    const long = JSON.parse(lines[8]);
    await post('/v1/score', 'one', JSON.stringify({ ...long, padding: 'x'.repeat(100_000) })); // scored in a thread
    const response = scores[0].headers['x-vouch-response'] as string;
    expect(response).toMatch(/^[0-9a-f-]{36}$/);
    const linked = { status: 'linked', repeated: false, late: false };
    expect(await say('f-one', { id: 'q1', thumb: 'up' })).toMatchObject([200, { id: 'q1', label: 1, ...linked }]);
    expect(await say('f-one', { id: response, stars: 2 })).toMatchObject([200, { label: 0.25, ...linked }]);
    expect(await say('f-one', { id: 'q8', outcome: 'wrong' })).toMatchObject([200, { label: 0, ...linked }]);
    const opened = await openExisting(place);
    try {
      expect(await verifyChain(opened)).toMatchObject({ rows: 12, findings: [] });
      for (let i = 0; i < 9; i++) {
        const [trace] = await tracesOf(opened, `q${i}`, 't1');
        expect(trace).toMatchObject({ intact: true, row: { tenant: 't1', prompt: null, answer: null } });
        expect(trace.row.person).toBe(i < 4 ? 'p7' : null);
        const again = await replayed(trace.row, [bundle], {});
        expect([i, again.same, again.differs]).toEqual([i, true, []]);
      }
      const [first] = await tracesOf(opened, response);
      expect(first.row.probability).toBeCloseTo(JSON.parse(scores[0].body).probability, 6);
      const changed = { ...first.row, probability: (first.row.probability as number) + 1e-9 };
      expect((await replayed(changed, [bundle], {})).differs).toEqual(['probability']);
    } finally {
      await opened.close();
    }
  });

  it('refuses feedback with a code', async () => {
    const thumb = { id: 'q1', thumb: 'down', key: 'once' };
    expect(await say('one', thumb)).toEqual([401, 'VOUCH_NOT_ALLOWED']);
    expect(await say('f-two', thumb)).toEqual([403, 'VOUCH_WRONG_TENANT']);
    expect(await say('f-one', { id: 'q1', thumb: 'maybe' })).toEqual([400, 'VOUCH_BAD_FEEDBACK']);
    expect(await say('f-one', { id: 'q1', correction: 'x'.repeat(70_000) })).toEqual([413, 'VOUCH_TOO_LARGE']);
    expect((await post('/v1/feedback', 'f-one', '{"id":')).json().error.code).toBe('VOUCH_BAD_JSON');
    expect(await say('f-one', thumb)).toMatchObject([200, { status: 'contradicting', repeated: false }]);
    expect(await say('f-one', thumb)).toMatchObject([200, { status: 'contradicting', repeated: true }]);
    expect(await say('f-one', { ...thumb, thumb: 'up' })).toEqual([409, 'VOUCH_FEEDBACK_CONFLICT']);
    expect(await say('f-one', { feedback: [{ id: 'q2', thumb: 'up' }, { id: 'q3' }] })).toEqual([
      400,
      'VOUCH_BAD_FEEDBACK',
    ]);
    expect(
      await say('f-two', {
        feedback: [
          { id: 'q2', thumb: 'up' },
          { id: 'new', thumb: 'up' },
        ],
      }),
    ).toMatchObject([200, { feedback: [{ status: 'refused', code: 'VOUCH_WRONG_TENANT' }, { status: 'unknown id' }] }]);
    expect((await post('/v1/score', 'f-one', lines[0])).statusCode).toBe(401);
  });

  it('counts what it stores', async () => {
    const { body } = await service.app.inject({ url: '/metrics', headers: { 'x-api-key': 'one' } });
    expect(body).toContain('vouch_store_answers_total{result="stored"} 9');
    expect(body).toContain('vouch_store_answers_total{result="dropped"} 0');
    expect(body).toContain('vouch_feedback_total{kind="thumb",result="wrong_tenant"} 2');
  });

  it.each([
    ['short', 0],
    ['long, in a thread', 100_000],
  ])('stores records of the Open Inference Protocol, but not rows of signals: %s', async (name, padding) => {
    const record = { ...JSON.parse(lines[9]), id: `v2 ${name}`, padding: 'x'.repeat(padding) };
    const input = { name: 'record', datatype: 'BYTES', shape: [1], data: [JSON.stringify(record)] };
    const body = JSON.stringify({ inputs: [input] });
    const { statusCode, headers } = await post('/v2/models/vouch-raw/infer', 'one', body, { 'x-vouch-person': 'p9' });
    expect(statusCode).toBe(200);
    const response = headers['x-vouch-response'] as string;
    expect(await say('f-one', { id: response, thumb: 'up' })).toMatchObject([200, { status: 'linked' }]);
    const opened = await openExisting(place);
    try {
      const [{ row }] = await tracesOf(opened, response);
      expect(row).toMatchObject({ id: `v2 ${name}`, tenant: 't1', person: 'p9' });
    } finally {
      await opened.close();
    }
    const inputs = [
      { name: 'features', datatype: 'FP32', shape: [1, 6], data: new Array(6).fill(0.5) },
      { name: 'categories', datatype: 'INT64', shape: [1, 1], data: [0] },
    ];
    const signals = await post('/v2/models/vouch/infer', 'one', JSON.stringify({ inputs }));
    expect([signals.statusCode, signals.headers['x-vouch-response']]).toEqual([200, undefined]);
  });
});

it.each([
  ['the service', () => openService(serveOptions(join(dir, 'nothing'), { store: aside }))],
  ['the gateway', () => openGateway(gatewayOptions(join(dir, 'nothing'), 'http://127.0.0.1:1', { store: aside }))],
])('%s closes the store if it cannot open the bundle', async (_, opening) => {
  await expect(opening()).rejects.toMatchObject({ code: 'FILE_MISSING' });
  // SQLite removes this file when the last connection closes
  expect([existsSync(aside.place), existsSync(`${aside.place}-wal`)]).toEqual([true, false]);
});
