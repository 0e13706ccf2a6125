import { beforeAll, describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../data/record.js';
import type { GoldenRow } from '../../models/bundle/golden.js';
import type { Manifest } from '../../models/bundle/manifest.js';
import { scorerOf } from '../../scorer/open.js';
import type { Scorer } from '../../scorer/scorer.js';
import { random } from '../../support/random.js';
import { promises } from '../../train/prepare/summary.js';
import type { Trained } from '../../train/train.js';
import { madeAnswers } from '../support/answers.js';
import { trainOn } from '../support/trained.js';

const quick = { learners: ['logistic'], targetError: 0.3, patternRows: 60 };
const open = (trained: Trained) =>
  scorerOf(trained.files['model.onnx'] as Uint8Array, { ...trained.manifest, files: {} } as unknown as Manifest);

const thresholdsOf = (trained: Trained) => (trained.manifest as unknown as Manifest).thresholds;

/** Answers that all hold a number, a category, a verifier, passages and facts; `right` is what the number is made of. */
function full(questions: number, seed: number, numberOf: (right: number, noise: number) => number): AnswerRecord[] {
  const draw = random(`full ${seed}`);
  return madeAnswers(questions, seed).map((record) => ({
    ...record,
    id: `${seed} ${record.id}`,
    group: `${seed} ${record.group}`,
    tokens: record.tokens ?? [
      {
        token: 'x',
        logprob: -0.5,
        top: [
          { token: 'x', logprob: -0.5 },
          { token: 'y', logprob: -2 },
          { token: 'z', logprob: -3 },
        ],
      },
    ],
    stated: undefined,
    context: ['The passage says this and that.'],
    facts: ['A fact.'],
    reasoning: 'Let me think.',
    verifiers: { nli: draw.next() },
    features: { tenure: numberOf(record.labels![0].value, draw.normal()), plan: record.features!.plan },
  }));
}

const noisy = (right: number, noise: number) => 2 * right + noise;

describe('the signals a predictor relies on are part of its pattern', () => {
  let trained: Trained;
  let scorer: Scorer;
  const later = full(40, 2, noisy);
  const told = async (change: (record: AnswerRecord) => Partial<AnswerRecord>) => {
    const scores = await scorer.scoreMany(later.map((record) => ({ ...record, ...change(record) })));
    return [
      ...new Set(
        scores.map(({ decision, why, missing }) => JSON.stringify(why === null ? 'decided' : [decision, why, missing])),
      ),
    ]
      .filter((words) => !words.includes('shifted'))
      .map((words) => JSON.parse(words));
  };
  beforeAll(async () => {
    trained = await trainOn(full(400, 1, noisy), quick);
    scorer = await open(trained);
  });

  it('names them in the claim', () => {
    const natural = scorer.manifest.thresholds.find(({ basis }) => basis === 'natural')!;
    expect(natural.pattern).toBe('free+logprobs+verifiers');
    expect(natural.signals).toEqual([
      'context',
      'facts',
      'features.plan',
      'features.tenure',
      'reasoning',
      'tokens',
      'tokens.top',
      'verifiers.nli',
    ]);
    expect(natural.threshold).not.toBeNull();
    const hidden = scorer.manifest.thresholds.find(({ pattern }) => pattern === 'free+logprobs')!;
    expect(hidden.basis).toBe('hidden');
    expect(hidden.signals).not.toContain('verifiers.nli');
    expect(hidden.signals).toContain('features.tenure');
  });

  it('decides for rows that hold them all', async () => expect(await told(() => ({}))).toEqual(['decided']));

  it.each([
    ['a number that is not there', () => ({ features: { plan: 'pro' } }), ['features.tenure']],
    ['a number that is null', () => ({ features: { plan: 'pro', tenure: null } }), ['features.tenure']],
    ['text in its place', () => ({ features: { plan: 'pro', tenure: '31' } }), ['features.tenure']],
    ['no features at all', () => ({ features: undefined }), ['features.plan', 'features.tenure']],
    ['no passages', () => ({ context: [] }), ['context']],
    ['empty passages and facts', () => ({ context: [''], facts: null }), ['context', 'facts']],
    ['no reasoning', () => ({ reasoning: '' }), ['reasoning']],
    ['another verifier', () => ({ verifiers: { other: 0.9 } }), ['verifiers.nli']],
    [
      'no alternatives beside the tokens',
      ({ tokens }: AnswerRecord) => ({ tokens: tokens!.map(({ token, logprob }) => ({ token, logprob })) }),
      ['tokens.top'],
    ],
    ['options in place of tokens', () => ({ tokens: null, choices: { A: 0.9, B: 0.1 } }), ['tokens', 'tokens.top']],
    // No verifier at all is another pattern, which was certified by hiding them; it relies on the number, too.
    ['another pattern', () => ({ verifiers: null, features: { plan: 'pro' } }), ['features.tenure']],
  ] as [string, (record: AnswerRecord) => Partial<AnswerRecord>, string[]][])(
    '%s: no decision',
    async (_, change, missing) => {
      expect(await told(change)).toEqual([[null, 'missing signal', missing]]);
    },
  );

  it('golden rows hold decisions of every kind, with reasons', async () => {
    const golden = JSON.parse(trained.files['golden.json'] as string) as GoldenRow[];
    const whys = new Set(golden.map(({ why }) => why));
    for (const why of ['missing signal', 'missing field', 'selected']) expect(whys).toContain(why);
    const again = await scorer.scoreMany(golden.map(({ record }) => record));
    expect(again.map(({ decision, why, missing, claim }) => ({ decision, why, missing, claim }))).toEqual(
      golden.map(({ decision, why, missing, claim }) => ({ decision, why, missing, claim })),
    );
  });
});

it('a signal that many rows lack is no condition', async () => {
  const records = full(300, 1, noisy).map((record, i) =>
    i % 5 === 0 ? { ...record, features: { plan: 'pro' } } : record,
  );
  const scorer = await open(await trainOn(records, quick));
  const [claim] = scorer.manifest.thresholds;
  expect(claim.signals).toContain('features.plan');
  expect(claim.signals).not.toContain('features.tenure');
  await scorer.close();
});

it('signals that are not read are no condition: with numbers only, no text is', async () => {
  const scorer = await open(await trainOn(full(200, 1, noisy), { ...quick, signals: 'numbers' }));
  expect(scorer.manifest.thresholds[0].signals).toEqual([
    'features.plan',
    'features.tenure',
    'tokens',
    'tokens.top',
    'verifiers.nli',
  ]);
  await scorer.close();
});

describe('a leak', () => {
  const leaky = full(300, 1, (right, noise) => right + 0.05 * noise);

  it('keeps a bundle from certifying anything, and says how to go on', async () => {
    const trained = await trainOn(leaky, quick);
    expect(thresholdsOf(trained).length).toBeGreaterThan(1);
    for (const { threshold, advice } of thresholdsOf(trained)) {
      expect(threshold).toBeNull();
      expect(advice).toMatch(/features\.tenure gives the label away .*--allow-leak features\.tenure/);
    }
    expect(trained.report.alphaCoverage).toEqual([]);
    expect(promises(trained.report)).toContain('--allow-leak features.tenure');
    const scorer = await open(trained);
    const scores = await scorer.scoreMany(leaky.slice(0, 50));
    expect(new Set(scores.map(({ decision }) => decision))).toEqual(new Set([null]));
    await scorer.close();
  });

  it('that is allowed is certified, only for rows that have it; the report says why so much is accepted', async () => {
    const trained = await trainOn(leaky, { ...quick, allowLeak: ['features.tenure'] });
    const claim = thresholdsOf(trained).find(({ basis }) => basis === 'natural')!;
    expect(claim.threshold).not.toBeNull();
    const scorer = await open(trained);
    const later = full(40, 2, (right, noise) => right + 0.05 * noise).map((record) => ({
      ...record,
      features: { plan: 'pro' },
    }));
    const scores = await scorer.scoreMany(later);
    for (const { decision, why, missing } of scores) {
      expect([decision, why, missing]).toEqual([null, 'missing signal', ['features.tenure']]);
    }
    await scorer.close();
  });
});

it('a target above the base error rate accepts all: the report says so and prints no threshold of .000', async () => {
  const easy = full(200, 1, noisy).map((record, i) => ({ ...record, labels: [{ value: i % 10 === 0 ? 0 : 1 }] }));
  const { report, files } = await trainOn(easy, { ...quick, targetError: 0.4 });
  const claim = report.thresholds[0];
  expect(claim.coverage).toBeGreaterThan(0.99);
  expect(claim.baseError).toBeGreaterThan(0.05);
  expect(claim.baseError).toBeLessThan(0.15);
  expect(claim.note).toMatch(
    /It accepts .* because the target of 40\.0% errors is above the base error rate of \d+\.\d%/,
  );
  expect(promises(report)).toContain(claim.note);
  expect(promises(report)).not.toMatch(/≥ 0\.000/);
  expect(files['card.md']).toContain(claim.note);
});
