import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../data/record.js';
import { scoreAnswers } from '../../scorer/batch/score-answers.js';
import { openScorer } from '../../scorer/open.js';
import type { Scorer } from '../../scorer/scorer.js';
import { openService } from '../../serve/service.js';
import { serveOptions } from '../support/serving.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-naming-'));
const at = (name: string) => join(dir, name);
const record = (model?: string): AnswerRecord => ({
  ...{ id: 'a', answer: 'word1 word2', prompt: 'Which?', tokens: [{ token: 'word1', logprob: -0.4 }] },
  ...(model === undefined ? {} : { model }),
});
let scorer: Scorer;
let known: number[];

/** The bundle knows the models m1 and m2, and was trained with m1-2024 called m1. */
beforeAll(async () => {
  await writeTinyBundle(at('bundle'), { naming: { aliases: { 'm1-2024': 'm1' } } });
  scorer = await openScorer(at('bundle'));
  known = await probabilities(['m1', 'm2', 'm9']);
  expect(new Set(known).size).toBe(3);
});
afterAll(async () => {
  await scorer.close();
  rmSync(dir, { recursive: true });
});

async function probabilities(models: (string | undefined)[]): Promise<number[]> {
  return (await scorer.scoreMany(models.map(record))).map(({ probability }) => probability);
}

describe('names that a bundle was trained with', () => {
  it('are applied by its scorer, which does not change the record', async () => {
    const given = record('m1-2024');
    expect((await scorer.score(given)).probability).toBe(known[0]);
    expect(given).toEqual(record('m1-2024'));
    expect(await probabilities(['m1-2024', 'm1', 'm1-2025'])).toEqual([known[0], known[0], known[2]]);
    expect(scorer.rows([given]).categories).toEqual(scorer.rows([record('m1')]).categories);
  });

  it('are extended by those of a run, in files', async () => {
    const models = ['x', 'm1-2024', undefined, 'm9'];
    writeFileSync(at('in.jsonl'), models.map((model) => `${JSON.stringify(record(model))}\n`).join(''));
    const naming = { aliases: { x: 'm1-2024' }, model: 'm2' };
    const job = { files: [at('in.jsonl')], read: { naming }, out: at('out.jsonl'), vouch: '1' };
    await scoreAnswers(scorer, job);
    const scores = readFileSync(at('out.jsonl'), 'utf8').trim().split('\n');
    const rounded = [known[0], known[0], known[1], known[2]].map((p) => p.toFixed(6));
    expect(scores.map((line) => (JSON.parse(line) as { probability: number }).probability.toFixed(6))).toEqual(rounded);
    await expect(
      scoreAnswers(scorer, { ...job, read: { naming: { aliases: { m1: 'm1-2024' } } } }),
    ).rejects.toMatchObject({
      code: 'BAD_USAGE',
    });
  });

  it('are applied over HTTP', async () => {
    const naming = { aliases: { x: 'm1' }, model: 'm2' };
    const { app } = await openService(serveOptions(at('bundle'), { naming }));
    const said = async (payload: object) => {
      const { body } = await app.inject({ method: 'POST', url: '/v1/score', payload });
      return JSON.parse(body) as { probability: number; scores: { probability: number }[] };
    };
    expect((await said(record('x'))).probability).toBeCloseTo(known[0], 6);
    expect((await said(record())).probability).toBeCloseTo(known[1], 6);
    const { scores } = await said({ records: [record('m1-2024'), record(), record('m9')] });
    for (const [i, { probability }] of scores.entries()) expect(probability).toBeCloseTo(known[i], 6);
    await app.close();
  });
});

describe('scores in a log', () => {
  it('do not matter when answers are only scored, on any scale', async () => {
    const scored = { ...record('m1'), labels: [{ value: 17, name: 'length', source: 'EVAL' }] };
    const wrong = { ...record('m1'), labels: [{ value: 17, source: 'EVAL' }] };
    for (const ending of ['jsonl', 'csv']) {
      const text =
        ending === 'jsonl'
          ? [scored, wrong].map((each) => `${JSON.stringify(each)}\n`).join('')
          : `id,model,answer,score\na,m1,word1,17\n`;
      writeFileSync(at(`scored.${ending}`), text);
      const out = at(`scored-${ending}.jsonl`);
      const { tally } = await scoreAnswers(scorer, { files: [at(`scored.${ending}`)], read: {}, out, vouch: '1' });
      expect([tally.rows, [...tally.bad.keys()]]).toEqual(ending === 'jsonl' ? [1, ['BAD_LABEL']] : [1, []]);
    }
  });
});
