import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collect } from '../../../../data/ask/collect.js';
import { enrich } from '../../../../data/ask/enrich.js';
import { askSchema } from '../../../../data/ask/options.js';
import { type Body, completion, type Fake, fakeEndpoint, says, send } from '../fake-endpoint.js';
import { linesOf, runOf, verifiersIn } from '../run-of.js';

let folder: string;
const fakes: Fake[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vouch-judges-'));
});
afterEach(async () => {
  await Promise.all(fakes.splice(0).map((fake) => fake.close()));
  await rm(folder, { recursive: true, force: true });
});

async function fake(reply: (body: Body, count: number) => unknown): Promise<Fake> {
  const made = await fakeEndpoint((body, response) => send(response, 200, reply(body, made.bodies.length)));
  fakes.push(made);
  return made;
}

/** A verdict with the probability of True in its log-probabilities. */
function truth(p: number): unknown {
  const [yes, no] = [Math.log(p), Math.log(1 - p)];
  const top = [
    { token: 'True', logprob: yes },
    { token: 'False', logprob: no },
  ];
  const [said] = p >= 0.5 ? top : [top[1]];
  return completion({
    message: { content: said.token },
    finish_reason: 'stop',
    logprobs: { content: [{ ...said, top_logprobs: top }] },
  });
}

const last = (body: Body) => body.messages[body.messages.length - 1].content;
const swapped = (body: Body) => last(body).includes('False or True');
const answer = { id: 'a', prompt: 'Capital?', context: ['one', 'two'], answer: 'Paris' };

describe('a single judge', () => {
  it('keeps its name, one request at temperature 0, and needs no model that answers', async () => {
    const judge = await fake(() => truth(0.75));
    const run = await runOf(folder, [answer], { ask: { judge: 'big' }, way: { judgeEndpoints: [judge.url] } });
    await enrich(run);
    expect(await verifiersIn(run.out)).toEqual([{ judge: expect.closeTo(0.75, 5) }]);
    expect(judge.bodies.map(({ model, temperature }) => [model, temperature])).toEqual([['big', 0]]);
  });

  it('is asked in both orders: verdicts and passages change places, passages keep their numbers', async () => {
    const judge = await fake((body) => truth(swapped(body) ? 0.5 : 0.8));
    const ask = { judge: 'big', judgeOrders: 'both' };
    const run = await runOf(folder, [answer], { ask, way: { endpoints: [judge.url] } });
    await enrich(run);
    expect(await verifiersIn(run.out)).toEqual([
      { judge: expect.closeTo(0.65, 5), 'judge.orderGap': expect.closeTo(0.3, 5) },
    ]);
    expect(judge.bodies.map(last)).toEqual([
      'Question: Context:\n[1] one\n[2] two\n\nCapital?\nProposed answer: Paris\nIs the proposed answer right? Reply True or False.',
      'Question: Context:\n[2] two\n[1] one\n\nCapital?\nProposed answer: Paris\nIs the proposed answer right? Reply False or True.',
    ]);
    expect(judge.bodies[1].messages.filter(({ content }) => content.includes('True or False'))).toEqual([]);
  });

  it('records no gap where one order could not be read', async () => {
    const judge = await fake((body) => (swapped(body) ? says('perhaps') : truth(0.8)));
    const ask = { judge: 'big', judgeOrders: 'both' };
    const run = await runOf(folder, [answer], { ask, way: { endpoints: [judge.url] } });
    const { oddities } = await enrich(run);
    expect(await verifiersIn(run.out)).toEqual([{ judge: expect.closeTo(0.8, 5) }]);
    expect(oddities.noVerdict).toBe(1);
  });

  it('is asked k times at a temperature, with a seed of its own each time: mean and agreement', async () => {
    const judge = await fake((_, count) => says(count === 2 ? 'False' : 'True'));
    const ask = { judge: 'big', judgeRepeats: 4, judgeTemperature: 0.7 };
    const run = await runOf(folder, [answer], { ask, way: { endpoints: [judge.url] } });
    await enrich(run);
    expect(await verifiersIn(run.out)).toEqual([{ judge: 0.75, 'judge.agreement': 0.75 }]);
    expect(judge.bodies.map(({ temperature }) => temperature)).toEqual([0.7, 0.7, 0.7, 0.7]);
    expect(new Set(judge.bodies.map(({ seed }) => seed)).size).toBe(4);
  });

  it('combines orders and repeats', async () => {
    // True, True in one order, True, False in the other: means 1 and 0.5, three of four replies agree
    const judge = await fake((_, count) => says(count === 4 ? 'False' : 'True'));
    const ask = { judge: 'big', judgeRepeats: 2, judgeOrders: 'both' };
    const run = await runOf(folder, [answer], { ask, way: { endpoints: [judge.url] } });
    await enrich(run);
    expect(await verifiersIn(run.out)).toEqual([{ judge: 0.75, 'judge.orderGap': 0.5, 'judge.agreement': 0.75 }]);
  });
});

describe('a panel', () => {
  it('asks each judge at its own endpoint with its own key, and records mean and disagreement', async () => {
    const keys: (string | undefined)[] = [];
    const values: Record<string, number> = { 'org/a': 0.9, b: 0.5, c: 0.1 };
    const shared = await fake(({ model }) => truth(values[model]));
    const own = await fakeEndpoint((body, response, request) => {
      keys.push(request.headers.authorization);
      send(response, 200, truth(values[body.model]));
    });
    fakes.push(own);
    const run = await runOf(folder, [{ ...answer, verifiers: { nli: 0.25 } }], {
      ask: { judge: ['org/a', 'b', 'c'] },
      way: { judgeEndpoints: [shared.url, `b=${own.url}`], judgeApiKeyEnv: ['b=KEY_B', 'OTHER'] },
      more: { env: { KEY_B: 'kb', OTHER: 'ko' } },
    });
    await enrich(run);
    // |.9 − .5|, |.9 − .1| and |.5 − .1| have the mean 1.6 / 3
    expect(await verifiersIn(run.out)).toEqual([
      {
        nli: 0.25,
        'judge.org/a': expect.closeTo(0.9, 5),
        'judge.b': 0.5,
        'judge.c': expect.closeTo(0.1, 5),
        'judges.mean': expect.closeTo(0.5, 5),
        'judges.disagreement': expect.closeTo(1.6 / 3, 5),
      },
    ]);
    expect(shared.bodies.map(({ model }) => model)).toEqual(['org/a', 'c']);
    expect(own.bodies.map(({ model }) => model)).toEqual(['b']);
    expect(keys).toEqual(['Bearer kb']);
  });

  it('asks only the judges that are missing, and counts those that are there', async () => {
    const judge = await fake(() => says('False'));
    const there = { ...answer, verifiers: { 'judge.a': 1, 'judges.mean': 1 } };
    const run = await runOf(folder, [there], { ask: { judge: ['a', 'b'] }, way: { judgeEndpoints: [judge.url] } });
    await enrich(run);
    expect(await verifiersIn(run.out)).toEqual([
      { 'judge.a': 1, 'judges.mean': 0.5, 'judge.b': 0, 'judges.disagreement': 1 },
    ]);
    expect(judge.bodies.map(({ model }) => model)).toEqual(['b']);
  });

  it('has a mean of those that could be read', async () => {
    const judge = await fake(({ model }) => (model === 'a' ? says('hm') : says('True')));
    const run = await runOf(folder, [answer], { ask: { judge: ['a', 'b'] }, way: { judgeEndpoints: [judge.url] } });
    await enrich(run);
    expect(await verifiersIn(run.out)).toEqual([{ 'judge.b': 1, 'judges.mean': 1 }]);
  });

  it('as labels gives one label per judge, and no score', async () => {
    const judge = await fake(({ model }) => says(model === 'a' ? 'True' : 'False'));
    const run = await runOf(folder, [{ id: 'q', prompt: 'Capital?', reference: ['Paris', 'Lutetia'] }], {
      ask: { model: 'm', judge: ['a', 'b'], judgeAs: 'label', judgeOrders: 'both' },
      way: { endpoints: [judge.url] },
    });
    await collect(run);
    const record = JSON.parse((await linesOf(run.out))[0]);
    expect(record.labels).toEqual([
      { value: 1, source: 'judge:a' },
      { value: 0, source: 'judge:b' },
    ]);
    expect(record.verifiers).toBeUndefined();
    const known = judge.bodies.slice(1).map((body) => /Known right answer: (.*)/.exec(last(body))?.[1]);
    expect(known).toEqual(['Paris or Lutetia', 'Lutetia or Paris', 'Paris or Lutetia', 'Lutetia or Paris']);
  });

  it('refuses a judge named twice, an endpoint of a model that is not asked, and a judge without endpoint', async () => {
    expect(askSchema.safeParse({ judge: ['a', 'a'] }).success).toBe(false);
    const stranger = await runOf(folder, [answer], { ask: { judge: 'a' }, way: { judgeEndpoints: ['b=http://h'] } });
    await expect(enrich(stranger)).rejects.toMatchObject({
      code: 'BAD_USAGE',
      detail: { field: '--judge-endpoint', expected: 'one of a', got: 'b' },
    });
    const nowhere = await runOf(folder, [answer], {
      ask: { judge: ['a', 'b'] },
      way: { judgeEndpoints: ['b=http://h'] },
    });
    await expect(enrich(nowhere)).rejects.toMatchObject({ code: 'BAD_USAGE', detail: { field: '--judge-endpoint' } });
    const nobody = await runOf(folder, [answer], { ask: { stated: true }, way: { endpoints: ['http://h'] } });
    await expect(enrich(nobody)).rejects.toMatchObject({ code: 'BAD_USAGE', detail: { field: '--model' } });
  });
});
