import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway } from '../../../serve/gateway/gateway.js';
import { openService, type Service } from '../../../serve/service.js';
import { verifyChain } from '../../../store/chain/verify.js';
import { openExisting, openStore } from '../../../store/ready.js';
import { write } from '../../../store/write/write.js';
import { scored } from '../../store/scored.js';
import { gatewayOptions, serveOptions } from '../../support/serving.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-dashboard-'));
const bundle = join(dir, 'bundle');
const place = join(dir, 'answers.db');
const queue = join(dir, 'queue.csv');
const dashboard = {
  keys: [
    { key: 'see-1', tenant: 't1' },
    { key: 'see-2', tenant: 't2' },
    { key: 'see-all', tenant: '*' },
  ],
  monitorState: null,
  queue,
};
const clients = [
  { key: 'one', tenant: 't1' },
  { key: 'two', tenant: 't2' },
];
let service: Service;

beforeAll(async () => {
  await writeTinyBundle(bundle);
  const store = await openStore(place);
  const time = Date.now() - 3_600_000;
  const own = Array.from({ length: 7 }, (_, i) =>
    scored(`a${i}`, {
      time,
      tenant: 't1',
      model: 'of-one',
      prompt: 'What? <script>',
      answer: i === 1 ? null : `<i>${i}</i>`,
    }),
  );
  await write(store, [...own, scored('b0', { time, tenant: 't2', model: 'of-two' })], []);
  await store.close();
  writeFileSync(queue, 'id,label\na3,\na1,\na5,1\nb0,\nnowhere,\n');
  const stored = { place, queue: 1000, texts: true, clients, feedbackKeys: [] };
  service = await openService(serveOptions(bundle, { keys: ['one', 'two'], store: stored, dashboard }));
});
afterAll(async () => {
  await service.app.close();
  rmSync(dir, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = { 'x-api-key': 'see-1' }) =>
  service.app.inject({ url: `/dashboard/${path}`, headers });
const post = (path: string, fields: Record<string, string>, headers: Record<string, string>) => {
  const payload = new URLSearchParams(fields).toString();
  const own = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
  return service.app.inject({ method: 'POST', url: `/dashboard/${path}`, payload, headers: own });
};
const same = { 'sec-fetch-site': 'same-origin' };
const location = (reply: { headers: Record<string, unknown> }) => String(reply.headers.location);

describe('signing in', () => {
  it('is asked of a browser without a session; a client key and a wrong key do not open a page', async () => {
    for (const headers of [{}, { 'x-api-key': 'one' }, { cookie: 'vouch_dashboard=1.2.3' }]) {
      const { statusCode, body } = await get('now', headers as Record<string, string>);
      expect([statusCode, body.includes('Dashboard key'), body.includes('of-one')]).toEqual([401, true, false]);
    }
    expect((await post('sign-in', { key: 'one' }, same)).statusCode).toBe(401);
    expect(
      (await service.app.inject({ url: '/v1/feedback', method: 'POST', headers: { 'x-api-key': 'see-1' } })).statusCode,
    ).toBe(401);
  });

  it('gives a cookie that opens pages, and signing out ends it', async () => {
    const reply = await post('sign-in', { key: ' see-1 ', rater: 'anna' }, same);
    expect([reply.statusCode, location(reply)]).toEqual([303, '/dashboard/now']);
    const cookie = String(reply.headers['set-cookie']).split(';', 1)[0];
    const page = await get('scores', { cookie });
    expect([page.statusCode, page.body.includes('of-one'), page.body.includes('Sign out')]).toEqual([200, true, true]);
    expect(String((await post('sign-out', {}, { ...same, cookie })).headers['set-cookie'])).toContain('Max-Age=0');
  });

  it('is refused to forms of other sites', async () => {
    const cross = { 'sec-fetch-site': 'cross-site' };
    const reply = await post('sign-in', { key: 'see-1' }, cross);
    expect([reply.statusCode, reply.headers['set-cookie']]).toEqual([401, undefined]);
  });

  it('is slowed down', async () => {
    const replies = [];
    for (let i = 0; i < 12; i++) replies.push((await post('sign-in', { key: `guess-${i}` }, same)).statusCode);
    expect(replies).toContain(429);
  });
});

describe('a page', () => {
  it('may load nothing from elsewhere, is not framed and not kept', async () => {
    const { headers, body } = await get('now');
    const policy = String(headers['content-security-policy']);
    for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(rule);
    }
    expect(policy).not.toContain('unsafe');
    expect(headers['cache-control']).toBe('no-store');
    expect(body).not.toMatch(/ style="| on\w+="|<script>|https?:\/\/(?!www\.w3\.org)/);
    for (const [file, type] of [
      ['style.css', 'text/css'],
      ['script.js', 'text/javascript'],
    ]) {
      expect(String((await get(file, {})).headers['content-type'])).toContain(type);
    }
  });

  it.each(['now', 'reliability', 'scores', 'feedback', 'review', 'versions'])('opens: %s', async (name) => {
    const { statusCode, body } = await get(name);
    expect([statusCode, body.match(/<h1>/g)?.length, body.includes('aria-current="page"')]).toEqual([200, 1, true]);
  });

  it('shows a key the rows of its tenant only, and * those of all', async () => {
    const answers = async (key: string) => {
      const { body } = await get('now', { 'x-api-key': key });
      return /Answers scored<\/dt><dd><b>([\d,]+)/.exec(body)?.[1];
    };
    expect([await answers('see-1'), await answers('see-2'), await answers('see-all')]).toEqual(['7', '1', '8']);
    const { body } = await get('scores', { 'x-api-key': 'see-2' });
    expect([body.includes('of-two'), body.includes('of-one')]).toEqual([true, false]);
    expect((await get('now')).body).toContain('The monitor judges the answers of all tenants together');
    const now = (await get('now', { 'x-api-key': 'see-all' })).body;
    expect(now).toContain('--monitor-state monitor.json');
    expect(now).toContain(`vouch monitor --store ${place} --model BUNDLE --state monitor.json --queue queue.csv</pre>`);
  });

  it('does not exist elsewhere, and is not in the description of the API', async () => {
    expect((await get('nothing', { 'x-api-key': 'one' })).statusCode).toBe(404);
    expect((await service.app.inject({ url: '/openapi.json' })).body).not.toContain('dashboard');
    expect(location(await service.app.inject({ url: '/dashboard' }))).toBe('/dashboard/now');
  });
});

describe('reviewing', () => {
  const key = { 'x-api-key': 'see-1' };

  it('shows the next answer of the queue, with its texts escaped, or says that there are none', async () => {
    const first = (await get('review')).body;
    expect(first).toContain('2 of 2 wait');
    expect(first).toContain('What? &lt;script&gt;');
    expect(first).toContain('&lt;i&gt;3&lt;/i&gt;');
    const second = (await get('review?after=a3')).body;
    expect([second.includes('Answer a1'), second.includes('The store has no text')]).toEqual([true, true]);
    expect((await get('review?id=b0')).body).not.toContain('Answer b0'); // of another tenant
    expect((await get('review', { 'x-api-key': 'see-2' })).body).toContain('Answer b0');
  });

  it('stores what a reviewer says as feedback, once, and goes on', async () => {
    const said = await post('review', { id: 'a3', verdict: 'wrong' }, key);
    expect([said.statusCode, location(said)]).toEqual([303, '/dashboard/review?after=a3&saved=a3&verdict=wrong']);
    await post('review', { id: 'a3', verdict: 'wrong' }, key);
    await post('review', { id: 'a1', verdict: 'cannot decide' }, key);
    const { body } = await get('review?after=a1&saved=a1&verdict=cannot+decide');
    expect([body.includes('Saved: cannot decide for a1'), body.includes('No answer waits for a label')]).toEqual([
      true,
      true,
    ]);
    expect((await get('labels.jsonl')).body).toBe('{"id":"a3","label":0,"source":"reviewer"}\n');
    expect((await get('review?id=a3')).body).toContain('Reviewed before: wrong');
    const store = await openExisting(place);
    try {
      const rows = await store.db
        .selectFrom('vouch_feedback')
        .select(['target', 'kind', 'label', 'source', 'tenant'])
        .orderBy('seq')
        .execute();
      const common = { kind: 'verdict', source: 'reviewer', tenant: 't1' };
      expect(rows).toEqual([
        { target: 'a3', label: 0, ...common },
        { target: 'a1', label: null, ...common },
      ]);
      expect((await verifyChain(store)).findings).toEqual([]);
    } finally {
      await store.close();
    }
    const page = (await get('feedback')).body;
    expect(page).toMatch(/0 wait for a label,\s2 were reviewed here/);
    expect(page).toContain(`vouch monitor --store ${place} --model BUNDLE --state monitor.json</pre>`);
  });

  it('refuses other tenants, other sites, strangers and other words', async () => {
    const review = async (fields: Record<string, string>, headers: Record<string, string>) => {
      const { statusCode, body } = await post('review', fields, headers);
      return [statusCode, /VOUCH_\w+/.exec(body)?.[0]];
    };
    expect(await review({ id: 'b0', verdict: 'right', tenant: 't2' }, key)).toEqual([403, 'VOUCH_WRONG_TENANT']);
    expect(await review({ id: 'a2', verdict: 'perhaps' }, key)).toEqual([400, 'VOUCH_BAD_FEEDBACK']);
    expect(await review({ verdict: 'right' }, key)).toEqual([400, 'VOUCH_BAD_FEEDBACK']);
    expect(await review({ id: 'a2', verdict: 'right' }, {})).toEqual([401, undefined]);
    expect(await review({ id: 'x'.repeat(20_000), verdict: 'right' }, key)).toEqual([413, 'VOUCH_TOO_LARGE']);
    await new Promise((resolve) => setTimeout(resolve, 1100)); // signing in was slowed down above
    const signed = await post('sign-in', { key: 'see-1' }, same);
    const cookie = String(signed.headers['set-cookie']).split(';', 1)[0];
    const cross = { cookie, 'sec-fetch-site': 'cross-site' };
    expect(await review({ id: 'a2', verdict: 'right' }, cross)).toEqual([401, 'VOUCH_NOT_ALLOWED']);
    expect(await review({ id: 'a2', verdict: 'right' }, { cookie, ...same })).toEqual([303, undefined]);
  });
});

it('without keys, pages open only under a name of this machine', async () => {
  const stored = { place: join(dir, 'open.db'), queue: 1000, texts: false, clients: [], feedbackKeys: [] };
  const open = await openService(serveOptions(bundle, { store: stored, dashboard: { ...dashboard, keys: [] } }));
  try {
    const at = async (host: string) => (await open.app.inject({ url: '/dashboard/now', headers: { host } })).statusCode;
    expect([await at('127.0.0.1:8080'), await at('localhost'), await at('evil.example')]).toEqual([200, 200, 401]);
    const payload = 'id=a&verdict=right';
    const { statusCode } = await open.app.inject({
      ...{
        method: 'POST',
        url: '/dashboard/review',
        payload,
        headers: { host: 'localhost', origin: 'http://evil.example' },
      },
    });
    expect(statusCode).toBe(401);
  } finally {
    await open.app.close();
  }
});

it.each([false, true])('a gateway has the pages under /vouch, strict: %s', async (strict) => {
  const stored = { place, queue: 1000, texts: true, clients, feedbackKeys: [] };
  const more = { keys: ['one'], store: stored, dashboard, strict };
  const gateway = await openGateway(gatewayOptions(bundle, 'http://127.0.0.1:1', more));
  const at = (path: string, headers = {}) => gateway.app.inject({ url: `/vouch/dashboard/${path}`, headers });
  const { statusCode, body } = await at('now', { 'x-api-key': 'see-all' });
  expect([statusCode, body.includes('href="/vouch/dashboard/style.css"')]).toEqual([200, true]);
  expect([(await at('now')).statusCode, (await at('style.css')).statusCode]).toEqual([401, 200]);
  await gateway.app.close();
});

it('without --dashboard there are no pages', async () => {
  const stored = { place: join(dir, 'none.db'), queue: 1000, texts: false, clients: [], feedbackKeys: [] };
  const none = await openService(serveOptions(bundle, { store: stored }));
  expect((await none.app.inject({ url: '/dashboard/now' })).statusCode).toBe(404);
  await none.app.close();
});
