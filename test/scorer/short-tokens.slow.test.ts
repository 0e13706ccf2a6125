import { beforeAll, describe, expect, it } from 'vitest';
import type { AnswerRecord, Token } from '../../data/record.js';
import type { Manifest } from '../../models/bundle/manifest.js';
import { scorerOf } from '../../scorer/open.js';
import type { Scorer } from '../../scorer/scorer.js';
import { shippedAnswers } from '../support/shipped-bundle.js';
import { trainOn } from '../support/trained.js';

type Tokened = AnswerRecord & { tokens: Token[] };

/** Answers not trained on, as those of the case are drawn: more than two tokens, more than three alternatives at the last. */
const answers = shippedAnswers(1)
  .filter(
    (record): record is Tokened => (record.tokens?.length ?? 0) > 2 && (record.tokens!.at(-1)!.top?.length ?? 0) > 3,
  )
  .filter((_, i) => i % 20 === 0)
  .slice(0, 120);
const cut = (token: Token, k: number): Token => ({ ...token, top: token.top!.slice(0, k) });
const each = (change: (token: Token, i: number, n: number) => Token) =>
  answers.map((record) => ({
    ...record,
    tokens: record.tokens.map((token, i) => change(token, i, record.tokens.length)),
  }));

describe('an answer with a token that has fewer alternatives', () => {
  let scorer: Scorer;
  beforeAll(async () => {
    const trained = await trainOn(shippedAnswers(4), {
      targetError: 0.35,
      learners: ['logistic', 'trees'],
      patterns: [],
      trees: { most: 60, patience: 10, rate: 0.2 },
      treeMembers: 1,
      words: { length: 0, buckets: 1 },
    });
    const manifest = { ...trained.manifest, files: {} } as Manifest;
    expect(manifest.signals.topK).toBe(10);
    scorer = await scorerOf(trained.files['model.onnx'] as Uint8Array, manifest);
    return () => scorer.close();
  });

  const compared = async (records: AnswerRecord[]) => {
    const [full, other] = [await scorer.scoreMany(answers), await scorer.scoreMany(records)];
    const moved = full.map(({ probability }, i) => Math.abs(probability - other[i].probability));
    return {
      mean: moved.reduce((sum, x) => sum + x, 0) / moved.length,
      decisions: full.filter(({ decision }, i) => decision !== other[i].decision).length,
    };
  };

  it('changes its score by almost nothing', async () => {
    const last = await compared(each((token, i, n) => (i < n - 1 ? token : cut(token, token.top!.length - 1))));
    expect(last.mean).toBeLessThan(0.001);
    expect(last.decisions).toBe(0);
    expect((await compared(each((token, i) => (i > 0 ? token : cut(token, 5))))).mean).toBeLessThan(0.005);
  });

  it('changes its score little if a token has none', async () => {
    expect((await compared(each((token, i, n) => (i === n >> 1 ? { ...token, top: [] } : token)))).mean).toBeLessThan(
      0.02,
    );
  });

  it('does not change its score with end marks after it', async () => {
    const ended = answers.map((record) => ({
      ...record,
      tokens: [...record.tokens, { token: '<|im_end|>', logprob: -0.4, top: [] }, { token: '', logprob: -9999 }],
    }));
    expect(await compared(ended)).toEqual({ mean: 0, decisions: 0 });
  });
});
