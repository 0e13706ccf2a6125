import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AskRun } from '../../../data/ask/ask-run.js';
import { enrich, planEnrich } from '../../../data/ask/enrich.js';
import { askSchema, waySchema } from '../../../data/ask/options.js';
import { type Body, completion, type Fake, fakeEndpoint, says, send } from './fake-endpoint.js';

let folder: string;
let fake: Fake;
/** What the fake replies. */
let reply: (body: Body) => unknown;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vouch-entail-'));
  reply = byWords;
  fake = await fakeEndpoint((body, response) => send(response, 200, reply(body)));
});
afterEach(async () => {
  await fake.close();
  await rm(folder, { recursive: true, force: true });
});

const shown = (body: Body) => body.messages[0].content;
/** The two texts of a prompt. */
function textsIn(body: Body): [string, string] {
  const texts = shown(body).match(/^(?:Passage|First answer): (.*)\n[\s\S]*^(?:Answer|Second answer): (.*)$/m);
  return [texts?.[1] ?? '', texts?.[2] ?? ''];
}
/** Entailment where the premise has the words of the hypothesis, contradiction where both are numbers. */
function byWords(body: Body): unknown {
  const [a, b] = textsIn(body);
  if (b.split(' ').every((word) => a.split(' ').includes(word))) return says('Entailment.');
  return says(/^\d+$/.test(a + b) ? 'contradiction' : 'Neutral');
}

async function runOf(records: object[], ask: object = {}): Promise<AskRun> {
  const input = join(folder, 'answers.jsonl');
  await writeFile(input, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return {
    inputs: [input],
    out: join(folder, 'enriched.jsonl'),
    ask: askSchema.parse({ entailModel: 'big', ...ask }),
    way: waySchema.parse({ endpoints: [fake.url], retries: 0 }),
    prefix: {},
    restart: false,
    env: {},
    now: () => new Date(0),
    quiet: true,
  };
}
const rowsOf = async (run: AskRun) =>
  (await readFile(run.out, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('entailment by a chat model', () => {
  const record = {
    ...{ id: 'a', prompt: 'How many?', answer: '12' },
    samples: ['12', '13', 'about 12'].map((answer) => ({ answer })),
    context: ['It was 12 and no more', 'It was 13'],
  };

  it('asks for each distinct ordered pair once, without a model that answers', async () => {
    const run = await runOf([record]);
    const summary = await enrich(run);
    expect((await rowsOf(run))[0].entailments).toEqual({
      big: {
        passages: { entails: [1, 0], contradicts: [0, 0] },
        texts: {
          entails: [
            [1, 1, 0, 0],
            [1, 1, 0, 0],
            [0, 0, 1, 0],
            [1, 1, 0, 1],
          ],
          contradicts: [
            [0, 0, 1, 0],
            [0, 0, 1, 0],
            [1, 1, 0, 0],
            [0, 0, 0, 0],
          ],
        },
      },
    });
    expect(fake.bodies.map(textsIn)).toEqual([
      ['It was 12 and no more', '12'],
      ['It was 13', '12'],
      ['12', '13'],
      ['12', 'about 12'],
      ['13', '12'],
      ['13', 'about 12'],
      ['about 12', '12'],
      ['about 12', '13'],
    ]);
    expect(summary.requests).toBe(8);
    expect(fake.bodies[0]).toMatchObject({ model: 'big', temperature: 0, max_tokens: 8, top_logprobs: 20 });
    for (const body of fake.bodies) {
      expect(shown(body)).toContain('Question: How many?');
      expect(shown(body)).not.toContain('Context:');
    }
  });

  it("reads probabilities from the label's token", async () => {
    const top = ['ent', ' Entail', 'contr', 'neutral', '"'].map((token) => ({ token, logprob: -1.5 }));
    const token = { token: 'ent', logprob: -1.5, top_logprobs: top };
    const logprobs = { content: [token, { token: 'ailment', logprob: 0, top_logprobs: [] }] };
    reply = () =>
      completion({ message: { role: 'assistant', content: 'entailment' }, finish_reason: 'stop', logprobs });
    const run = await runOf([{ ...record, samples: [] }]);
    await enrich(run);
    const [entails, contradicts] = [0.5, 0.25];
    expect((await rowsOf(run))[0].entailments).toEqual({
      big: { passages: { entails: [entails, entails], contradicts: [contradicts, contradicts] } },
    });
  });

  it('keeps the entailments of others and what this model said before', async () => {
    const passages = { entails: [0.25, 0.5], contradicts: [0, 0] };
    const entailments = { other: { passages }, big: { passages } };
    const run = await runOf([
      { ...record, entailments },
      { ...record, id: 'b', samples: null, entailments },
    ]);
    await enrich(run);
    const [first, second] = await rowsOf(run);
    expect(first.entailments).toMatchObject(entailments);
    expect(first.entailments.big.texts.entails).toHaveLength(4);
    expect(second.entailments).toEqual(entailments);
    expect(fake.bodies).toHaveLength(6);
  });

  it('leaves out a part that it could not read, and counts the replies', async () => {
    reply = (body) => (shown(body).includes('Passage: It was 13') ? says('Hard to say') : byWords(body));
    const run = await runOf([record, { ...record, id: 'b', samples: [] }]);
    const summary = await enrich(run);
    const [first, second] = await rowsOf(run);
    expect(Object.keys(first.entailments.big)).toEqual(['texts']);
    expect(second.entailments).toBeUndefined();
    expect(summary.oddities.noEntailment).toBe(2);
  });

  it('compares samples that the same run asks for, and a dry run counts all of it', async () => {
    let drawn = 0;
    reply = (body) => (body.model === 'big' ? byWords(body) : says(`${drawn++}`));
    const run = await runOf([{ id: 'a', prompt: 'How many?', answer: '12' }], { model: 'small', samples: 3 });
    const plan = await planEnrich(run);
    expect(plan.rows.map(({ kind, model, calls }) => [kind, model, calls])).toEqual([
      ['samples', 'small', 1],
      ['entailment', 'big', 12],
    ]);
    expect(fake.bodies).toEqual([]);
    await enrich(run);
    const [row] = await rowsOf(run);
    expect(row.samples).toHaveLength(3);
    expect(row.entailments.big.texts.contradicts[0]).toEqual([0, 1, 1, 1]);
    expect(fake.bodies.filter(({ model }) => model === 'big')).toHaveLength(12);
  });

  it('needs an endpoint', async () => {
    const run = await runOf([record]);
    run.way = waySchema.parse({});
    await expect(enrich(run)).rejects.toMatchObject({ code: 'BAD_USAGE' });
  });
});
