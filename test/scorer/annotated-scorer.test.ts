import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Logged } from '../../data/token-list.js';
import { type Annotator, openAnnotator } from '../../meaning/annotator.js';
import { annotatedScorer } from '../../scorer/annotated-scorer.js';
import { openScorer } from '../../scorer/open.js';
import type { Scorer } from '../../scorer/scorer.js';
import { temporary } from '../data/temporary.js';
import { expected, writeTinyNli } from '../meaning/nli/tiny-nli.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

const { folder } = temporary();
let plain: Scorer;
let annotator: Annotator;
let scorer: Scorer;
beforeAll(async () => {
  await writeTinyBundle(`${folder}/bundle`);
  annotator = await openAnnotator([await writeTinyNli(`${folder}/nli`)]);
  plain = await openScorer(`${folder}/bundle`);
  scorer = annotatedScorer(plain, annotator);
});
afterAll(async () => {
  await plain.close();
  await annotator.close();
});

const record: Logged = {
  ...{ id: 'r', prompt: 'Which town', answer: 'Paris', tokens: [{ token: 'Paris', logprob: -0.1 }] },
  samples: [{ answer: 'London' }],
};

describe('an entailment model that the bundle does not name', () => {
  it('says whether passages support the answer, and changes nothing else', async () => {
    const supported = { ...record, context: ['It is Paris'] };
    const denied = { ...record, answer: 'a', context: ['It is Paris', 'not not not'] };
    const scores = await scorer.scoreMany([supported, denied, record]);
    const before = await plain.scoreMany([supported, denied, record]);
    const rounded = (value: number) => Math.round(value * 1e6) / 1e6;
    const entails = rounded(expected('paris', 'paris').entails);
    const contradicts = rounded(expected('not not not', 'a').contradicts);
    expect(scores).toEqual([
      { ...before[0], grounded: true, groundedBy: { passage: 0, entails } },
      { ...before[1], grounded: false, groundedBy: { passage: 1, contradicts } },
      before[2],
    ]);
    expect(await scorer.score(denied)).toEqual(scores[1]);
    expect(annotator.counts()).toEqual({ asked: 5, computed: 3 }); // no pair of samples
  });

  it('is heard with what the record has already, and keeps what it said before', async () => {
    const strong = { passages: { entails: [0.1], contradicts: [0.999] } };
    const more = { ...record, context: ['It is Paris'], entailments: { strong } };
    expect(await scorer.score(more)).toMatchObject({
      grounded: false,
      groundedBy: { passage: 0, contradicts: 0.999 },
    });
    const known = { ...more, entailments: { nli: { passages: { entails: [0.6], contradicts: [0.1] } } } };
    const { asked } = annotator.counts();
    expect(await scorer.score(known)).toMatchObject({ grounded: true, groundedBy: { passage: 0, entails: 0.6 } });
    expect(annotator.counts().asked).toBe(asked);
  });

  it('has nothing to say of what is no answer', async () => {
    const none: Logged = { id: 'n', answer: null, finish: 'tool_calls', context: ['It is Paris'] };
    expect(await scorer.score(none)).toEqual(await plain.score(none));
  });
});

describe('an entailment model that the bundle names and does not read', () => {
  it('runs for passages only, and not at all where nobody asks what is grounded', async () => {
    const encoders = annotator.encoders.map((fact) => ({ ...fact }));
    const named = { ...plain, manifest: { ...plain.manifest, encoders } };
    const both = { ...record, prompt: 'Which town is it', context: ['It is London'] };
    const { asked } = annotator.counts();
    await annotatedScorer(named, annotator).score({ ...both, context: null });
    expect(annotator.counts().asked).toBe(asked); // no pair of samples
    const score = await annotatedScorer(named, annotator).score(both);
    expect(annotator.counts().asked).toBe(asked + 1);
    expect({ ...score, grounded: undefined, groundedBy: undefined }).toEqual(await plain.score(both));
    expect(await annotatedScorer(named, annotator, { grounds: false }).score(both)).toEqual(await plain.score(both));
    expect(annotator.counts().asked).toBe(asked + 1);
  });
});
