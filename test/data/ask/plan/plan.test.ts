import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collect, planCollect } from '../../../../data/ask/collect.js';
import { enrich, planEnrich } from '../../../../data/ask/enrich.js';
import { describePlan } from '../../../../data/ask/plan/describe-plan.js';
import { type Body, type Fake, fakeEndpoint, type Handler, says, send } from '../fake-endpoint.js';
import { runOf } from '../run-of.js';

let folder: string;
const fakes: Fake[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vouch-plan-'));
});
afterEach(async () => {
  await Promise.all(fakes.splice(0).map((fake) => fake.close()));
  await rm(folder, { recursive: true, force: true });
});

async function fake(handler: Handler): Promise<Fake> {
  const made = await fakeEndpoint(handler);
  fakes.push(made);
  return made;
}

const nowhere = 'http://127.0.0.1:1';
/** Prompts of 8 characters, two tokens. */
const questions = Array.from({ length: 10 }, (_, i) => ({ id: `q${i}`, prompt: `Number ${i}` }));

describe('a dry run', () => {
  it('counts calls, prompt tokens and the most completion tokens, asks nobody and writes nothing', async () => {
    const run = await runOf(folder, questions, {
      ask: { model: 'm', samples: 3, maxTokens: 100 },
      way: { endpoints: [nowhere] },
    });
    const plan = await planCollect(run);
    expect(plan).toMatchObject({
      unit: 'questions',
      total: 10,
      before: 0,
      left: 10,
      calls: 20,
      promptTokens: 40,
      completionTokens: 4000,
      price: null,
    });
    expect(plan.rows).toEqual([
      { kind: 'answer', model: 'm', calls: 10, promptTokens: 20, completionTokens: 1000, price: null },
      { kind: 'samples', model: 'm', calls: 10, promptTokens: 20, completionTokens: 3000, price: null },
    ]);
    expect(await readdir(folder)).toEqual(['input.jsonl']);
  });

  it('prices each model by its own price, else by that for all', async () => {
    const lines = [{ id: 'a', prompt: 'P', answer: 'x' }];
    const ask = { model: 'm', ptrue: true, judge: ['j', 'k'] };
    const prices = { prompt: ['2', 'j=10'], completion: ['4', 'j=20'] };
    const run = await runOf(folder, lines, { ask, way: { endpoints: [nowhere] }, more: { prices } });
    const plan = await planEnrich(run);
    const [ptrue, j, k] = plan.rows;
    expect(plan.rows.map(({ kind, model, calls, completionTokens }) => [kind, model, calls, completionTokens])).toEqual(
      [
        ['ptrue', 'm', 1, 2],
        ['judge', 'j', 1, 8],
        ['judge', 'k', 1, 8],
      ],
    );
    expect(j.promptTokens).toBe(ptrue.promptTokens);
    expect(ptrue.price).toBeCloseTo((2 * ptrue.promptTokens + 4 * 2) / 1e6, 12);
    expect(j.price).toBeCloseTo((10 * j.promptTokens + 20 * 8) / 1e6, 12);
    expect(k.price).toBeCloseTo((2 * k.promptTokens + 4 * 8) / 1e6, 12);
    expect(plan.price).toBeCloseTo(ptrue.price! + j.price! + k.price!, 12);
    await expect(planEnrich({ ...run, prices: { prompt: ['-1'], completion: ['1'] } })).rejects.toMatchObject({
      code: 'BAD_USAGE',
      detail: { field: '--price-prompt' },
    });
    await expect(planEnrich({ ...run, prices: { prompt: [], completion: ['z=1'] } })).rejects.toMatchObject({
      code: 'BAD_USAGE',
      detail: { field: '--price-completion', got: 'z' },
    });
  });

  it('takes the tokens of an answer from the record, and from UTF-8 bytes where they were not recorded', async () => {
    const token = { token: 'x', logprob: -1 };
    const ask = { model: 'm', crossExamine: 'm', crossExamineRounds: 1 };
    const bare = { id: 'a', prompt: 'P', answer: 'a'.repeat(400) };
    const tokensOf = async (line: object) => {
      const run = await runOf(folder, [line], { ask, way: { endpoints: [nowhere] } });
      return (await planEnrich(run)).promptTokens;
    };
    const estimated = await tokensOf(bare);
    // three prompts show the answer: 10 tokens instead of 100 each
    expect(await tokensOf({ ...bare, tokens: Array(10).fill(token) })).toBe(estimated - 3 * 90);
    expect(await tokensOf({ ...bare, answer: 'é'.repeat(400) })).toBe(estimated + 3 * 100);
  });

  it('counts what a run would ask: every kind, bounds that hold, verifiers too', async () => {
    const bodies: Body[] = [];
    const { url } = await fake((body, response) => {
      bodies.push(body);
      const last = body.messages.at(-1)?.content ?? '';
      if (last.includes('Reply True') || last.includes('Reply False') || last.includes('Decide now')) {
        send(response, 200, says('True'));
      } else
        send(response, 200, {
          ...(says('Why so?') as object),
          choices: Array.from({ length: body.n ?? 1 }, (_, index) => ({
            index,
            finish_reason: 'stop',
            message: { content: 'Why so?' },
          })),
        });
    });
    const verifier = await fake((_, response) => send(response, 200, '1'));
    const ask = {
      ...{ model: 'm', samples: 2, stated: true, ptrue: true, statedAfter: 3, judge: ['j', 'k'], maxTokens: 50 },
      ...{ judgeOrders: 'both', judgeRepeats: 2, crossExamine: 'e', crossExamineRounds: 2 },
    };
    const run = await runOf(folder, questions.slice(0, 3), {
      ask,
      way: { endpoints: [url], verifiers: `v=${verifier.url}` },
    });
    const plan = await planCollect(run);
    expect(bodies).toEqual([]);
    await collect(run);
    const asked = plan.rows.filter(({ kind }) => kind !== 'verifier').reduce((sum, { calls }) => sum + calls, 0);
    expect(asked).toBe(bodies.length);
    expect(plan.rows.find(({ kind }) => kind === 'verifier')).toMatchObject({
      model: 'v',
      calls: verifier.bodies.length,
    });
    // per question: answer, samples, stated, P(True), 2 for stated after, 2 rounds × 2 + 1, 2 judges × 2 orders × 2
    expect(bodies.length).toBe(3 * (1 + 1 + 1 + 1 + 2 + 5 + 8));
    for (const model of ['m', 'j', 'k', 'e']) {
      const of = bodies.filter((body) => body.model === model);
      const rows = plan.rows.filter((row) => row.model === model);
      expect(rows.reduce((sum, { calls }) => sum + calls, 0)).toBe(of.length);
      const most = of.reduce((sum, { max_tokens = 0, n = 1 }) => sum + max_tokens * n, 0);
      expect(rows.reduce((sum, { completionTokens }) => sum + completionTokens, 0)).toBe(most);
      const characters = of.flatMap(({ messages }) => messages).reduce((sum, { content }) => sum + content.length, 0);
      expect(rows.reduce((sum, { promptTokens }) => sum + promptTokens, 0)).toBeGreaterThanOrEqual(characters / 4);
    }
  });

  it('leaves out what an earlier run has finished, and does not touch its journal', async () => {
    const stop = new AbortController();
    const { url, bodies } = await fake((_, response) => {
      if (bodies.length === 4) stop.abort();
      send(response, 200, says('x'));
    });
    const run = await runOf(folder, questions, { ask: { model: 'm' }, way: { endpoints: [url] } });
    await expect(collect({ ...run, stop: stop.signal })).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const kept = bodies.length;
    const journal = await readFile(`${run.out}.partial`, 'utf8');
    expect(await planCollect(run)).toMatchObject({ total: 10, before: kept, left: 10 - kept, calls: 10 - kept });
    expect(await planCollect({ ...run, restart: true })).toMatchObject({ before: 0, calls: 10 });
    expect(await readFile(`${run.out}.partial`, 'utf8')).toBe(journal);
    expect(existsSync(run.out)).toBe(false);
    const other = { ...run, ask: { ...run.ask, samples: 1 } };
    await expect(planCollect(other)).rejects.toMatchObject({ code: 'RESUME_MISMATCH', detail: { field: 'samples' } });
    await collect(run);
    await expect(planCollect(run)).rejects.toMatchObject({ code: 'OUT_EXISTS' });
  });

  it('counts only what the answers do not have yet, and refuses what a run would refuse', async () => {
    const lines = [
      { id: 'a', prompt: 'P', answer: 'x', verifiers: { ptrue: 0.5 } },
      { id: 'b', prompt: 'P', answer: 'x' },
      { id: 'c', answer: 'x' },
      { id: 'd', prompt: 'P', answer: null, finish: 'tool_calls' },
    ];
    const run = await runOf(folder, lines, { ask: { model: 'm', ptrue: true }, way: { endpoints: [nowhere] } });
    expect(await planEnrich(run)).toMatchObject({ total: 4, left: 4, calls: 1 });
    await writeFile(run.inputs[0], '');
    await expect(planEnrich(run)).rejects.toMatchObject({ code: 'NO_ANSWERS' });
    await expect(planEnrich({ ...run, ask: { ...run.ask, ptrue: false } })).rejects.toMatchObject({
      code: 'BAD_USAGE',
    });
    const missing = { ...run, way: { ...run.way, verifierCommands: [join(folder, 'none')] } };
    await expect(planEnrich(missing)).rejects.toMatchObject({
      code: 'BAD_USAGE',
      detail: { field: '--verifier-command' },
    });
    await expect(enrich({ ...run, ask: { ...run.ask, ptrue: false } })).rejects.toMatchObject({ code: 'BAD_USAGE' });
  });
});

describe('describePlan', () => {
  it('does not run models on this machine', async () => {
    const fieldsOf = async () => {
      throw new Error('the model ran');
    };
    const meaning = { facts: {}, fieldsOf };
    const run = await runOf(folder, [{ id: 'a', prompt: 'P', answer: 'x' }], { ask: {}, more: { meaning } });
    expect(await planEnrich(run)).toMatchObject({ total: 1, left: 1, calls: 0, price: 0 });
    await expect(enrich(run)).rejects.toThrow('the model ran');
  });

  it('says what the numbers are', async () => {
    const run = await runOf(folder, questions, {
      ask: { model: 'm', maxTokens: 1000 },
      way: { endpoints: [nowhere], verifierCommands: `calc="${process.execPath}"` },
      more: { prices: { prompt: ['0.15'], completion: ['0.6'] } },
    });
    const text = describePlan(await planCollect(run));
    expect(text.split('\n').slice(0, 5)).toEqual([
      'dry run: nothing was asked or written; 10 questions in all, 10 to ask',
      'kind      model  calls  prompt tokens  completion tokens, at most  price, at most',
      'answer    m         10             20                      10,000          0.0060',
      'verifier  calc      10              0                           0            0.00',
      'all                 20             20                      10,000          0.0060',
    ]);
    expect(text).toContain('tokens are estimates: UTF-8 bytes / 4');
    const unpriced = describePlan(await planCollect({ ...run, prices: undefined }));
    expect(unpriced).toContain('no price: give --price-prompt and --price-completion, per million tokens');
    expect(unpriced).not.toContain('price, at most');
  });
});
