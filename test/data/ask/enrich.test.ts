import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AskRun } from '../../../data/ask/ask-run.js';
import { enrich } from '../../../data/ask/enrich.js';
import { askSchema, waySchema } from '../../../data/ask/options.js';
import { type Fake, fakeEndpoint, replay, send } from './fake-endpoint.js';

let folder: string;
let fake: Fake;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vouch-enrich-'));
  fake = await fakeEndpoint((body, response) => send(response, 200, replay(body)));
});
afterEach(async () => {
  await fake.close();
  await rm(folder, { recursive: true, force: true });
});

async function runOf(lines: string[], ask: object): Promise<AskRun> {
  const input = join(folder, 'answers.jsonl');
  await writeFile(input, lines.map((line) => `${line}\n`).join(''));
  return {
    inputs: [input],
    out: join(folder, 'enriched.jsonl'),
    ask: askSchema.parse({ model: 'fake', ...ask }),
    way: waySchema.parse({ endpoints: [fake.url], retries: 0 }),
    prefix: { default: [{ role: 'system', content: 'Be brief.' }] },
    restart: false,
    env: {},
    now: () => new Date(0),
    quiet: true,
  };
}

const linesOf = async (file: string) => (await readFile(file, 'utf8')).trimEnd().split('\n');

describe('enrich', () => {
  it('adds what is missing and leaves every other byte, in order', async () => {
    const lines = [
      '{"id": "a", "model":"fake", "prompt": "P?", "answer": "x", "big": 12345678901234567890, "tokens": [{"token":"x","logprob":-Infinity}]}',
      '{"id":"b","model":"other","prompt":"P?","answer":"y","verifiers":{"nli":0.40},"stated":0.3,"label":1}',
      '{"id":"c","prompt":"P?","answer":"","samples":[{"answer":"mine"}],"verifiers":{"ptrue":0.5}}',
    ];
    const run = await runOf(lines, { samples: 2, stated: true, ptrue: true });
    const summary = await enrich(run);
    const sample = '{"answer":"Paris","temperature":0.8,"tokens":[{"token":"Paris","logprob":-0.111447}]}';
    const foreign =
      '{"answer":"Paris","temperature":0.8,"tokens":[{"token":"Paris","logprob":-0.111447}],"model":"fake"}';
    expect(await linesOf(run.out)).toEqual([
      `${lines[0].slice(0, -1)},"samples":[${sample},${sample}],"stated":1,"verifiers":{"ptrue":0.738527}}`,
      `${lines[1].slice(0, -1).replace('{"nli":0.40}', '{"nli":0.4,"ptrue":0.738527}')},"samples":[${foreign},${foreign}]}`,
      `${lines[2].slice(0, -1)},"stated":1}`,
    ]);
    expect(summary).toMatchObject({ written: 3, asked: 3, failed: 0, requests: 6 });
    const samples = fake.bodies.find((body) => body.n === 2);
    expect(samples?.messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'P?' },
    ]);
    const judged = fake.bodies.filter((body) => body.messages.at(-1)?.content.includes('Reply True'));
    const shown = judged.map((body) => body.messages.at(-1)?.content.split('\n').slice(0, 2).join(' | '));
    expect(shown.sort()).toEqual(['Question: P? | Proposed answer: x', 'Question: P? | Proposed answer: y']);
  });

  it("adds a judge's label once, beside the labels there are", async () => {
    const lines = [
      '{"id":"a","prompt":"P?","answer":"x","labels":[{"value":0,"source":"human"}]}',
      '{"id":"b","prompt":"P?","answer":"x","labels":[{"value":0,"source":"judge:big"}]}',
      '{"id":"c","prompt":"P?","answer":"x","label":0.5}',
    ];
    const run = await runOf(lines, { judge: 'big', judgeAs: 'label' });
    await enrich(run);
    expect((await linesOf(run.out)).map((line) => JSON.parse(line).labels)).toEqual([
      [
        { value: 0, source: 'human' },
        { value: 1, source: 'judge:big' },
      ],
      [{ value: 0, source: 'judge:big' }],
      [{ value: 1, source: 'judge:big' }],
    ]);
    expect(JSON.parse((await linesOf(run.out))[2]).label).toBe(0.5);
    expect(fake.bodies.map(({ model }) => model)).toEqual(['big', 'big']);
  });

  it('shows a conversation with its turns and its passages, and lets answers without a question pass', async () => {
    const messages =
      '[{"role":"system","content":"S"},{"role":"user","content":"u1"},{"role":"assistant","content":"a1"},{"role":"user","content":"u2"}]';
    const lines = [`{"messages":${messages},"context":["fact"],"answer":"x"}`, '{"id":"z","answer":"y"}'];
    const run = await runOf(lines, { stated: true });
    const summary = await enrich(run);
    expect(fake.bodies).toHaveLength(1);
    expect(fake.bodies[0].messages.at(-1)?.content).toMatch(
      /^Question: Context:\nfact\n\nuser: u1\nassistant: a1\nuser: u2\nProposed answer: x\nHow sure/,
    );
    const [first, second] = await linesOf(run.out);
    expect(JSON.parse(first)).toMatchObject({ id: 'answers.jsonl:1', stated: 1 });
    expect(second).toBe(lines[1]);
    expect(summary.oddities.noQuestion).toBe(1);
  });

  it('leaves what is no answer as it is, and counts it', async () => {
    const lines = [
      '{"id":"a","prompt":"P?","answer":null,"finish":"tool_calls", "big": 12345678901234567890}',
      '{"id":"b","prompt":"P?","answer":"x"}',
    ];
    const run = await runOf(lines, { stated: true });
    const summary = await enrich(run);
    expect(await linesOf(run.out)).toEqual([lines[0], `${lines[1].slice(0, -1)},"stated":1}`]);
    expect([summary.oddities.noAnswer, fake.bodies.length]).toEqual([1, 1]);
    await expect(enrich(await runOf(['{"id":"a","answer":null,"finish":"stop"}'], { stated: true }))).rejects.toThrow();
  });

  it('wants something to ask for', async () => {
    await expect(enrich(await runOf(['{"id":"a","prompt":"p","answer":"x"}'], {}))).rejects.toMatchObject({
      code: 'BAD_USAGE',
    });
  });
});
