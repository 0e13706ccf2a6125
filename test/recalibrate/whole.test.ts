import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../data/record.js';
import { recalibrate } from '../../index.js';
import { make } from '../../recalibrate/make.js';
import { mergedToTrain } from '../../recalibrate/whole.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';
import { dataOf } from '../support/trained.js';

const record = (id: string, value: number): AnswerRecord => ({
  ...{ id, group: `g-${id}`, answer: `It is ${id}.` },
  labels: [{ value, source: 'human' }],
});

describe('old and fresh answers as they train', () => {
  const fresh = dataOf([record('drawn', 1), record('held', 0)]);
  const merged = dataOf([record('old', 1), record('thumb', 0), record('held', 1), record('drawn', 0)]);
  const weighed = { ...fresh, w: Float64Array.from([4, 2]) };
  const parts = { data: weighed, fit: Int32Array.of(0), certify: Int32Array.of(1), unused: new Set(['thumb']) };
  const { data, rowOf } = mergedToTrain(merged, parts);

  it('leaves out fresh answers whose labels are not used, and keeps the others in order', () => {
    expect(data.ids).toEqual(['old', 'held', 'drawn']);
    expect([...rowOf]).toEqual(data.ids.map((id, row) => [id, row]));
    expect(data.groupCount).toBe(3);
  });

  it('gives the others the labels, weights and parts of the fresh answers', () => {
    expect([...data.y]).toEqual([1, 0, 1]);
    expect([...data.w]).toEqual([1, 2, 4]);
    expect([...data.certifies!]).toEqual([0, 1, 0]);
    expect([...data.fresh!]).toEqual([0, 1, 1]);
  });
});

it('a predictor that was not trained anew is an error, not a version that may ship', async () => {
  const given = { adaptation: {}, fresh: { use: 'feedback', parts: {}, data: {} }, tried: { whole: null } };
  await expect(make('whole', given as never)).rejects.toMatchObject({ code: 'TOO_FEW_LABELS' });
  expect(await make('none', given as never)).toBeNull();
});

describe('outputs that are inputs', () => {
  const dir = mkdtempSync(join(tmpdir(), 'vouch-recalibrate-'));
  const model = join(dir, 'bundle');
  const old = join(dir, 'old.jsonl');
  beforeAll(() => writeTinyBundle(model));
  afterAll(() => rmSync(dir, { recursive: true }));

  it.each([
    ['the bundle in service', 'out', { out: model }],
    ['a file in it', 'report', { dryRun: true, out: join(dir, 'new'), report: join(model, 'report.html') }],
    ['the old answers', 'report', { out: join(dir, 'new'), withTraining: [old], report: old }],
  ])('are refused: %s', async (_, field, places) => {
    const refused = recalibrate([record('a', 1)], { model, ...places });
    await expect(refused).rejects.toMatchObject({ code: 'BAD_USAGE', detail: { field } });
  });
});
