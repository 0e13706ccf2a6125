import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { adapt, evaluate, openScorer, score, train } from '../../index.js';
import { openEncoder } from '../../meaning/encoder/open-encoder.js';
import { register as registerEnrich } from '../../scripts/commands/enrich.js';
import { openService } from '../../serve/service.js';
import { temporary } from '../data/temporary.js';
import { writeTinyEncoder } from '../meaning/tiny-encoder.js';
import { madeAnswers } from '../support/answers.js';
import { command } from '../support/run-command.js';
import { serveOptions } from '../support/serving.js';
import { quick } from '../support/trained.js';

const { folder, put } = temporary();
const small = { ...quick, learners: ['logistic' as const], patterns: ['free'], threads: 1, backend: 'wasm' as const };
const bundle = join(folder, 'bundle');
const tiny = join(folder, 'tiny');
const other = join(folder, 'other');
const manifestOf = (dir: string) => JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8'));
/** Samples that words decide: "Paris." is "paris", and is not "London". */
const graded = madeAnswers(130, 1).map((record) => ({
  ...record,
  answer: `${record.answer} Paris`,
  samples: [{ answer: 'Paris.' }, { answer: 'paris' }, { answer: 'London' }],
}));

beforeAll(async () => {
  await writeTinyEncoder(tiny);
  await writeTinyEncoder(other, { settings: { name: 'tiny', pooling: 'cls', maxTokens: 16 } });
  await train(graded, { out: bundle, ...small, encoders: [tiny] });
});

describe('a bundle that was trained with an encoder', () => {
  it('records it, with the cosine from which texts mean the same', async () => {
    const encoder = await openEncoder(tiny);
    // "Paris." and "paris" have a cosine of 1 (the point is unknown, and zeros), "Paris." and "London" one of .8
    expect(manifestOf(bundle).encoders).toEqual([{ ...encoder.fact, sameAt: 0.9 }]);
    await encoder.close();
  });

  it('scores with it, and without it says so once', async () => {
    const notes: string[] = [];
    const onNote = ({ text }: { text: string }) => void notes.push(text);
    const withIt = await score(graded.slice(0, 5), { model: bundle, encoders: [tiny], onNote });
    expect(notes).toEqual([]);
    expect(withIt).toHaveLength(5);
    const without = await score(graded.slice(0, 5), { model: bundle, onNote });
    expect(without).toHaveLength(5);
    expect(notes).toEqual([expect.stringContaining('trained with --encoder tiny, which was not given')]);
    const out = join(folder, 'scores.jsonl');
    await score(graded.slice(0, 5), { model: bundle, encoders: [tiny], out, threads: 2, onNote });
    expect(readFileSync(out, 'utf8').trim().split('\n')).toHaveLength(5);
    expect(notes).toHaveLength(1);
  });

  it('is refused with another encoder under that name', async () => {
    const encoders = [other];
    const refused = { code: 'BUNDLE_ENCODER', detail: { field: 'encoders' } };
    await expect(openScorer(bundle, { encoders })).rejects.toMatchObject(refused);
    await expect(evaluate(graded, { model: bundle, encoders })).rejects.toMatchObject(refused);
    await expect(adapt(graded, { model: bundle, out: join(folder, 'x'), encoders })).rejects.toMatchObject(refused);
    await expect(openService(serveOptions(bundle, { encoders }))).rejects.toMatchObject(refused);
    const scorer = await openScorer(bundle, { encoders: [tiny] });
    expect((await scorer.score(graded[0])).probability).toBeGreaterThan(0);
    await scorer.close();
  });

  it('is evaluated and adapted with it', async () => {
    const { answers } = await evaluate(graded, { model: bundle, encoders: [tiny], withSeen: true, resamples: 20 });
    expect(answers).toBe(graded.length);
    const out = join(folder, 'adapted');
    await adapt(graded, { model: bundle, out, encoders: [tiny] });
    expect(manifestOf(out).encoders).toEqual(manifestOf(bundle).encoders);
  });
});

describe('vouch enrich --encoder', () => {
  const line =
    '{"id": "a", "prompt": "Capital of France?", "answer": "Paris",  "odd": 1.50, "samples": [{"answer": "London"}]}';
  const short = '{"id":"b","answer":"London","embedding":[1,2]}';
  const none = '{"id":"c","answer":null,"finish":"error"}';

  it('adds fields to each line, without a network, and changes no other byte', async () => {
    const input = put('answers.jsonl', `${[line, short, none].join('\n')}\n`);
    const out = join(folder, 'encoded.jsonl');
    const said = await command(registerEnrich, 'enrich', input, '--out', out, '--encoder', tiny, '--quiet');
    expect(said).toContain('text models: 7 texts');
    const [a, b, c] = readFileSync(out, 'utf8').trim().split('\n');
    expect(a).toBe(
      `${line.slice(0, -1)},"embeddings":{"tiny.question":[0,0,0,1],"tiny.answer":[1,0,0,0]},` +
        '"similarities":{"tiny":{"question":0,"texts":[[1,0.8],[0.8,1]]}}}',
    );
    expect(b).toBe(`${short.slice(0, -1)},"embeddings":{"tiny.answer":[0.8,0.6,0,0]}}`);
    expect(c).toBe(none);
    const again = join(folder, 'again.jsonl');
    await command(registerEnrich, 'enrich', out, '--out', again, '--encoder', tiny, '--quiet');
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(out, 'utf8'));
  });
});
