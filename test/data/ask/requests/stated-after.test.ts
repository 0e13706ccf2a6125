import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { enrich } from '../../../../data/ask/enrich.js';
import { askSchema } from '../../../../data/ask/options.js';
import { type Fake, fakeEndpoint, says, send } from '../fake-endpoint.js';
import { runOf, verifiersIn } from '../run-of.js';

let folder: string;
let fake: Fake;
let guesses: string;
let weights: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vouch-stated-'));
  fake = await fakeEndpoint((body, response) => {
    send(response, 200, says(body.messages.length === 1 ? guesses : weights));
  });
});
afterEach(async () => {
  await fake.close();
  await rm(folder, { recursive: true, force: true });
});

async function stated() {
  const run = await runOf(folder, [{ id: 'a', prompt: 'Capital?', answer: 'Paris.' }], {
    ask: { model: 'm', statedAfter: 3 },
    way: { endpoints: [fake.url] },
  });
  return { summary: await enrich(run), verifiers: (await verifiersIn(run.out))[0] };
}

it('asks for alternatives first, for probabilities in a second turn', async () => {
  [guesses, weights] = ['2. Lyon\n3. Rome', '1: 0.7\n2: 0.25\n3: 0.05'];
  expect((await stated()).verifiers).toEqual({ statedTopK: 0.7, 'statedTopK.margin': 0.45 });
  const [first, second] = fake.bodies.map(({ messages }) => messages);
  expect(first[0].content).toMatch(/^Question: Capital\?\nAnswer 1: Paris\.\n[\s\S]*\n2\. <answer>\n3\. <answer>$/);
  expect(second.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  expect(second[1].content).toBe(guesses);
  expect(fake.bodies.map(({ max_tokens, temperature, stop }) => [max_tokens, temperature, stop])).toEqual([
    [96, 0, undefined],
    [72, 0, undefined],
  ]);
});

it('does not count the answer itself as an alternative', async () => {
  [guesses, weights] = ['2. paris\n3. Rome', '1: 0.5\n2: 0.5\n3: 0.2'];
  expect((await stated()).verifiers).toEqual({ statedTopK: 0.5, 'statedTopK.margin': 0.3 });
});

it('has no margin without alternatives, and nothing without a probability', async () => {
  [guesses, weights] = ['', '1: 90%'];
  expect((await stated()).verifiers).toEqual({ statedTopK: 0.9 });
  await rm(join(folder, 'out.jsonl'));
  [guesses, weights] = ['2. Lyon', 'cannot say'];
  const { verifiers, summary } = await stated();
  expect(verifiers).toBeUndefined();
  expect(summary.oddities.noStatedAfter).toBe(1);
});

it('weighs at least two answers', () => {
  expect([0, 1, 2, 10, 11].map((statedAfter) => askSchema.safeParse({ statedAfter }).success)).toEqual([
    true,
    false,
    true,
    true,
    false,
  ]);
});
