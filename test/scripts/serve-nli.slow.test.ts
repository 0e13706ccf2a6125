import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporary } from '../data/temporary.js';
import { writeTinyNli } from '../meaning/nli/tiny-nli.js';
import { completionFor, fakeUpstream } from '../support/fake-upstream.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';
import { startServing } from './start-serving.js';

const { folder } = temporary();
const bundle = `${folder}/bundle`;
const nli = `${folder}/nli`;
const children: ChildProcess[] = [];
beforeAll(async () => {
  await writeTinyBundle(bundle);
  await writeTinyNli(nli);
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** Starts `vouch COMMAND` with the entailment model, and waits for its address. */
const start = (...args: string[]) =>
  startServing([...args, '--model', bundle, '--nli', nli, '--drain-wait', '0'], children);

interface Reply {
  name: string;
  grounded?: boolean;
  header: string | null;
}

/** Sends requests in order, each on a connection of its own, and gives the replies as they arrive. */
function poster(url: string, path: string, arrived: string[]) {
  return async (name: string, body: object): Promise<Reply> => {
    const headers = { 'content-type': 'application/json' };
    const reply = await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body), headers });
    const said = (await reply.json()) as { grounded?: boolean; vouch?: { grounded?: boolean } };
    arrived.push(name);
    return { name, grounded: (said.vouch ?? said).grounded, header: reply.headers.get('x-vouch-grounded') };
  };
}

it('vouch serve --nli: many passages do not hold up a record without; it stops after what is under way', async () => {
  const { url, child, ended } = await start('serve');
  const arrived: string[] = [];
  const post = poster(url, '/v1/score', arrived);
  const tokens = [{ token: 'a', logprob: -0.1 }];
  const record = { prompt: 'Which town', answer: 'a', tokens };
  const passages = Array.from({ length: 3000 }, (_, i) => `b c ${i}`);
  const many = post('many', { ...record, context: [...passages, 'not not not'] });
  const few = await Promise.all([post('first', record), post('second', record)]);
  expect(arrived.slice().sort()).toEqual(['first', 'second']);
  expect(few.map(({ grounded }) => grounded)).toEqual([undefined, undefined]);
  child.kill('SIGTERM');
  expect((await many).grounded).toBe(false);
  expect(await ended).toBe(0);
});

it('vouch gateway --nli: a slow upstream holds up nobody else; it stops after what is under way', async () => {
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  let isHeld = () => {};
  const holding = new Promise<void>((done) => (isHeld = done));
  const upstream = await fakeUpstream(async ({ body }, response) => {
    const asked = JSON.parse(body.toString());
    if (asked.model === 'slow') {
      isHeld();
      await held;
    }
    const text = JSON.stringify(completionFor({ ...asked, model: 'm1' }, 'a'));
    response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  });
  const { url, child, ended } = await start('gateway', '--upstream', `${upstream.url}/v1`);
  const arrived: string[] = [];
  const post = poster(url, '/v1/chat/completions', arrived);
  const messages = [{ role: 'user', content: 'Which town' }];
  const slow = post('slow', { model: 'slow', messages, vouch: { context: ['a', 'not not not'] } });
  await holding;
  const others = [
    await post('plain', { model: 'm1', messages }),
    await post('grounded', { model: 'm1', messages, vouch: { context: ['not not not'] } }),
  ];
  expect(others).toEqual([
    { name: 'plain', grounded: undefined, header: null },
    { name: 'grounded', grounded: false, header: 'false' },
  ]);
  child.kill('SIGTERM');
  release();
  expect(await slow).toEqual({ name: 'slow', grounded: false, header: 'false' });
  expect(await ended).toBe(0);
  expect(arrived).toEqual(['plain', 'grounded', 'slow']);
  await upstream.close();
});
