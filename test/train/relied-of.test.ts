import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AnswerRecord } from '../../data/record.js';
import type { Manifest } from '../../models/bundle/manifest.js';
import { scorerOf } from '../../scorer/open.js';
import type { Scorer } from '../../scorer/scorer.js';
import { reliedByKind, reliedSignals } from '../../train/certify/relied.js';
import { shippedAnswers } from '../support/shipped-bundle.js';
import { dataOf, light, trainOn } from '../support/trained.js';

const answers = shippedAnswers(2);
let scorer: Scorer;

beforeAll(async () => {
  const recipe = { ...light, patterns: [], certify: 'split', refit: 'never', targetError: 0.35 };
  const { files, manifest } = await trainOn(answers, recipe);
  scorer = await scorerOf(files['model.onnx'] as Uint8Array, { ...manifest, files: {} } as unknown as Manifest);
});
afterAll(() => scorer.close());

/** The answer without the passages, or the options, of its task. */
function lessOf({ context, choices, ...record }: AnswerRecord): AnswerRecord {
  return context == null ? record : { ...record, choices };
}

it('a task that always had a signal needs it, though other tasks never had', () => {
  const data = dataOf(shippedAnswers(4));
  const [pattern] = data.pattern;
  const rows = Int32Array.from(data.y.keys()).filter((row) => data.pattern[row] === pattern);
  const always = reliedSignals(data, rows, pattern);
  expect(always).not.toContain('context');
  const found = reliedByKind(data, rows, pattern, always);
  expect(found).toEqual([
    { task: 'passages', signals: ['context'] },
    { task: 'choice', signals: ['choices'] },
    { task: 'yesno', signals: ['choices'] },
  ]);
  // From fewer than 20 answers of a kind nothing is told.
  const few = rows.filter((row) => data.task[row] === 'passages').slice(0, 19);
  const rest = rows.filter((row) => data.task[row] !== 'passages');
  expect(reliedByKind(data, Int32Array.from([...few, ...rest]), pattern, always)).toEqual(found.slice(1));
});

/** Before, of rows without the options of their task more were accepted than of those with them: 191 of 534, 56% of them wrong under 30%. */
it('nothing is accepted without the passages or the options that training answers of the task had', async () => {
  const asked = answers.filter(({ context, choices }) => context != null || choices != null);
  const accepted = (scores: { decision: string | null }[]) =>
    scores.filter(({ decision }) => decision === 'accept').length;
  expect(accepted(await scorer.scoreMany(asked))).toBeGreaterThan(20);
  const less = await scorer.scoreMany(asked.map(lessOf));
  expect(accepted(less)).toBe(0);
  expect([...new Set(less.map(({ why, missing }) => `${why} ${missing}`))].sort()).toEqual(
    expect.arrayContaining(['missing signal choices', 'missing signal context']),
  );
});

it('a bundle that reads nothing of an encoder scores and decides as if none had run', async () => {
  const some = answers.filter((_, i) => i % 40 === 0);
  const more = {
    embeddings: { mini: [0.1, 0.2] },
    similarities: { mini: { question: 0.4 } },
    entailments: { nli: { passages: { entails: [0.5], contradicts: [0.1] } } },
  };
  const before = await scorer.scoreMany(some);
  expect(before.some(({ decision }) => decision === 'accept')).toBe(true);
  expect(await scorer.scoreMany(some.map((record) => ({ ...record, ...more })))).toEqual(before);
});
