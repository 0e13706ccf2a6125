import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openScorer, train, tuneEncoder } from '../../../index.js';
import { openTuned } from '../../../meaning/tuned/open-tuned.js';
import { openService } from '../../../serve/service.js';
import { temporary } from '../../data/temporary.js';
import { writeTinyEncoder } from '../../meaning/tiny-encoder.js';
import { foreignBert } from '../../models/bert/foreign-bert.js';
import { tinyBert } from '../../models/bert/tiny-bert.js';
import { madeAnswers } from '../../support/answers.js';
import { serveOptions } from '../../support/serving.js';
import { quick } from '../../support/trained.js';

const { folder } = temporary();

it('a bundle reads the verifier of a tuned encoder, scores with and without it, and refuses another one', async () => {
  const encoder = await writeTinyEncoder(`${folder}/encoder`, { graph: foreignBert(tinyBert(2)) });
  // The answer says whether it is right, in a word that only the encoder reads.
  const graded = madeAnswers(130, 1).map((record) => {
    const right = (record.labels?.[0].value ?? 0) >= 0.5;
    return { ...record, answer: right ? 'Paris' : 'London' };
  });
  const out = `${folder}/tuned`;
  const tuning = { encoder, backend: 'cpu', layers: 1, maxTokens: 16, folds: 2, batch: 16 } as const;
  const { logLoss } = await tuneEncoder(graded, { ...tuning, epochs: 2, out });
  expect(logLoss.tuned).toBeLessThan(0.4); // .69 without any knowledge

  const bundle = `${folder}/bundle`;
  const small = { ...quick, learners: ['logistic' as const], patterns: ['free'], threads: 1, backend: 'wasm' as const };
  await train(`${out}/answers.jsonl`, { ...small, out: bundle, encoders: [out] });
  const manifest = JSON.parse(readFileSync(`${bundle}/manifest.json`, 'utf8'));
  const tuned = await openTuned(out);
  expect(manifest.encoders).toEqual([tuned.fact]);
  await tuned.close();
  expect(JSON.stringify(manifest.signals)).toContain('verifiers.tuned');

  const record = { ...graded[0], id: 'new', labels: null };
  const scorer = await openScorer(bundle, { encoders: [out] });
  const right = await scorer.score({ ...record, answer: 'Paris' });
  const wrong = await scorer.score({ ...record, answer: 'London' });
  await scorer.close();
  expect(right.probability).toBeGreaterThan(wrong.probability! + 0.3);
  const without = await openScorer(bundle);
  expect((await without.score(record)).probability).toBeGreaterThan(0);
  await without.close();

  const other = `${folder}/other`;
  await tuneEncoder(graded, { ...tuning, epochs: 1, seed: 2, out: other });
  const refused = { code: 'BUNDLE_ENCODER', detail: { field: 'encoders' } };
  await expect(openScorer(bundle, { encoders: [other] })).rejects.toMatchObject(refused);
  await expect(openService(serveOptions(bundle, { encoders: [other] }))).rejects.toMatchObject(refused);
});
