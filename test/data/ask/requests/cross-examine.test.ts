import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { enrich } from '../../../../data/ask/enrich.js';
import { type Body, type Fake, fakeEndpoint, says, send } from '../fake-endpoint.js';
import { runOf, verifiersIn } from '../run-of.js';

let folder: string;
let fake: Fake;
let examiner: (count: number) => string;

const isVerdict = (body: Body) => body.messages[body.messages.length - 1].content.includes('Decide now');
const asked = (model: string) => fake.bodies.filter((body) => body.model === model);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vouch-examine-'));
  fake = await fakeEndpoint((body, response) => {
    if (body.model === 'm') send(response, 200, says(`reply ${asked('m').length}`));
    else send(response, 200, says(isVerdict(body) ? 'False.' : examiner(asked('ex').length)));
  });
});
afterEach(async () => {
  await fake.close();
  await rm(folder, { recursive: true, force: true });
});

const answer = { id: 'a', prompt: 'Who married them?', answer: 'Hera' };

async function examined(ask: object = {}) {
  const run = await runOf(folder, [answer], {
    ask: { model: 'm', crossExamine: 'ex', ...ask },
    way: { endpoints: [fake.url] },
    more: { prefix: { default: [{ role: 'system', content: 'S' }] } },
  });
  return { summary: await enrich(run), verifiers: (await verifiersIn(run.out))[0] };
}

it('asks, replies and decides, with turns that alternate', async () => {
  examiner = (count) => (count === 1 ? 'Of what is Hera the goddess?' : 'DONE.');
  const { verifiers, summary } = await examined();
  expect(verifiers).toEqual({ crossExamined: 0 });
  expect(summary.requests).toBe(4);
  expect(asked('m').map(({ messages }) => messages)).toEqual([
    [
      { role: 'system', content: 'S' },
      { role: 'user', content: 'Who married them?' },
      { role: 'assistant', content: 'Hera' },
      { role: 'user', content: 'Reply to these questions, each in one sentence:\nOf what is Hera the goddess?' },
    ],
  ]);
  const verdict = asked('ex').at(-1)!;
  expect(verdict.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant', 'user']);
  expect(verdict.messages[0].content).toMatch(/^Question: Who married them\?\nAnswer of another model: Hera\n/);
  expect(verdict.messages[2].content).toMatch(/^The other model replied:\nreply 1\n/);
  expect(verdict).toMatchObject({ temperature: 0, max_tokens: 8, top_logprobs: 20 });
});

it('ends after so many rounds, whatever the examiner wants', async () => {
  examiner = () => 'And why?';
  const { verifiers } = await examined({ crossExamineRounds: 2 });
  expect(verifiers).toEqual({ crossExamined: 0 });
  expect([asked('ex').length, asked('m').length]).toEqual([3, 2]);
  expect(asked('m')[1].messages).toHaveLength(6);
  const roles = asked('ex')[2].messages.map(({ role }) => role);
  expect(roles).toEqual(['user', 'assistant', 'user', 'assistant', 'user']);
});

it('decides at once where the examiner has no question', async () => {
  examiner = () => 'No further questions.';
  await examined();
  expect([asked('ex').length, asked('m').length]).toEqual([2, 0]);
});
