import { describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../data/record.js';
import { commonTopK, SignalCollector } from '../../features/collect.js';
import { patternOf } from '../../features/pattern.js';
import { rowMaker } from '../../features/row.js';
import type { VouchError } from '../../support/errors.js';
import { tableOf } from './table-of.js';

const answer = (more: Partial<AnswerRecord>): AnswerRecord => ({ id: 'r', answer: 'Oslo', ...more }) as AnswerRecord;

function collected(records: AnswerRecord[], topK = 0) {
  const collector = new SignalCollector(topK);
  for (const record of records) collector.add(record);
  return collector.finish();
}

describe('SignalCollector', () => {
  it('gives dynamic signals a column when they appear, NaN before, and a twin where they stay in 0..1', () => {
    const { names, columns, n } = collected([
      answer({}),
      answer({ verifiers: { nli: 0.5, raw: -2 }, features: { age: 3, vip: true, share: 0.25 } }),
      answer({ verifiers: { nli: 1, raw: 0.5 }, features: { vip: false, share: 1.5 } }),
      answer({ verifiers: { nli: null } }),
    ]);
    expect(n).toBe(4);
    expect([...columns.get('verifiers.nli@1')!]).toEqual([NaN, 0.5, 1, NaN]);
    expect([...columns.get('features.vip@1')!]).toEqual([NaN, 1, 0, NaN]);
    const logit = columns.get('verifiers.nli.logit@1')!;
    expect(logit[1]).toBeCloseTo(0, 12);
    expect(logit[2]).toBeCloseTo(Math.log((1 - 1e-7) / 1e-7), 6);
    expect(names.filter((name) => name.startsWith('features.') || name.startsWith('verifiers.'))).toEqual([
      'verifiers.nli@1',
      'verifiers.nli.logit@1',
      'verifiers.raw@1',
      'features.age@1',
      'features.vip@1',
      'features.share@1',
    ]);
  });

  it('keeps texts of the user as categories, beside model, task and option', () => {
    const { categories } = collected([
      answer({ model: 'a', task: 't', features: { plan: 'pro' }, answer: 'B' }),
      answer({ model: 'b', choices: { Oslo: 0.9, Rome: 0.1 } }),
      answer({ features: { plan: 3 }, answer: 'No.' }),
    ]);
    expect([...categories]).toEqual([
      ['model', ['a', 'b', null]],
      ['task', ['t', null, null]],
      ['option', ['B', 'Oslo', 'no']],
      ['features.plan', ['pro', null, null]],
    ]);
  });

  it('tells agreement with each other model', () => {
    const samples = [
      { answer: 'Oslo', model: 'x' },
      { answer: 'Rome', model: 'x' },
      { answer: 'Rome', model: 'y.z' },
    ];
    const { columns } = collected([answer({ model: 'm' }), answer({ model: 'm', samples })]);
    expect([...columns.get('agreeWith.x@1')!]).toEqual([NaN, 0.5]);
    expect([...columns.get('agreeWith.y.z@1')!]).toEqual([NaN, 0]);
  });

  it('counts answers with too few alternatives and leaves their top-k signals out', () => {
    const tokens = (k: number) => [
      { token: 'Oslo', logprob: -0.1, top: Array.from({ length: k }, (_, i) => ({ token: `${i}`, logprob: -i })) },
    ];
    const { refused, columns } = collected(
      [answer({ tokens: tokens(2) }), answer({ tokens: tokens(5) }), answer({})],
      3,
    );
    expect(refused).toBe(1);
    expect([...columns.get('tokens.meanEntropy@2')!].map(Number.isNaN)).toEqual([true, false, true]);
    expect([...columns.get('tokens.meanLogprob@2')!].map(Number.isNaN)).toEqual([false, false, true]);
  });

  it('finds the common top k', () => {
    const record = (...counts: number[]) =>
      answer({
        tokens: counts.map((k) => ({
          token: 'x',
          logprob: -1,
          top: Array.from({ length: k }, () => ({ token: 'y', logprob: -1 })),
        })),
      });
    expect(commonTopK([])).toBe(0);
    expect(commonTopK([answer({}), record(0)])).toBe(0);
    expect(commonTopK([record(5, 5), record(20, 5), record(20), answer({})])).toBe(5);
    expect(commonTopK([record(5), record(20)])).toBe(5);
  });

  it('grows past a chunk', () => {
    const collector = new SignalCollector(0);
    for (let i = 0; i < 5000; i++) collector.add(answer(i % 2 ? { features: { i } } : {}));
    const column = collector.finish().columns.get('features.i@1')!;
    expect([column.length, column[4095], column[4097], column[4999]]).toEqual([5000, 4095, 4097, 4999]);
    expect(column[4998]).toBeNaN();
  });
});

describe('rowMaker', () => {
  it('writes rows and category indexes at their places', () => {
    const maker = rowMaker({
      topK: 0,
      numeric: ['verifiers.nli.logit@1', 'text.words@1', 'features.age@1', 'agreeWith.m.2@1', 'verifiers.nli@1'],
      categorical: [
        { name: 'model', vocabulary: ['a', 'b'] },
        { name: 'features.plan', vocabulary: ['pro'] },
        { name: 'option', vocabulary: ['yes'] },
      ],
    });
    const numeric = new Float32Array(12).fill(7);
    const categories = new Int32Array(7).fill(9);
    const samples = [{ answer: 'Yes, Oslo', model: 'm.2' }];
    maker.row(
      answer({ answer: 'yes', model: 'b', verifiers: { nli: 0.75 }, features: { plan: 'new', age: 31 }, samples }),
      numeric,
      5,
      categories,
      2,
    );
    expect(numeric[4]).toBe(7);
    expect(numeric[5]).toBeCloseTo(Math.log(3), 6);
    expect([...numeric.subarray(6, 10)]).toEqual([Math.fround(Math.log(2)), 31, 1, 0.75]);
    expect(numeric[10]).toBe(7);
    expect([...categories]).toEqual([9, 9, 2, 0, 1, 9, 9]);
    expect(maker.signals(answer({}))).toMatchObject({ 'features.age': NaN, 'verifiers.nli.logit': NaN });
  });

  it('names a signal it does not know', () => {
    const code = (numeric: string[], name = 'model') => {
      try {
        rowMaker({ topK: 0, numeric, categorical: [{ name, vocabulary: [] }] });
      } catch (error) {
        return (error as VouchError).code;
      }
    };
    expect(code(['text.words@1'])).toBeUndefined();
    expect(code(['text.words@2'])).toBe('BUNDLE_NEWER');
    expect(code(['text.words@0'])).toBe('BUNDLE_BAD');
    expect(code(['text.magic@1'])).toBe('BUNDLE_NEWER');
    expect(code([], 'planet')).toBe('BUNDLE_NEWER');
  });
});

describe('patternOf', () => {
  it('names the groups a record has', () => {
    expect(patternOf(answer({}))).toBe('free');
    expect(patternOf(answer({ tokens: [], samples: [], verifiers: {}, choices: {} }))).toBe('free');
    expect(patternOf(answer({ tokens: [{ token: 'x', logprob: null }] }))).toBe('free');
    expect(patternOf(answer({ choices: { A: 1 } }))).toBe('free+logprobs');
    expect(patternOf(answer({ tokens: [{ token: 'x', logprob: -1 }], samples: [{ answer: 'y' }] }))).toBe(
      'free+logprobs+samples',
    );
    expect(patternOf(answer({ stated: 0 }))).toBe('free+verifiers');
    expect(patternOf(answer({ verifiers: { a: null } }))).toBe('free');
    expect(patternOf(answer({ verifiers: { a: 0.5 }, samples: [{ answer: 'y', model: 'm' }] }))).toBe(
      'free+verifiers+others',
    );
  });
});

describe('tableOf', () => {
  it('puts id, group, model, task and label before the signals', () => {
    const table = tableOf([
      answer({ id: 'a', group: 'g', model: 'm', labels: [{ value: 1 }], features: { plan: 'pro' } }),
      answer({ id: 'b', task: 't', features: { plan: 2 } }),
    ]);
    expect(table.columnNames().slice(0, 8)).toEqual([
      'id',
      'group',
      'model',
      'task',
      'label',
      'option',
      'features.plan.text',
      'text.words',
    ]);
    expect(
      table.objects({
        columns: ['id', 'group', 'model', 'task', 'label', 'features.plan', 'features.plan.text'],
      } as never),
    ).toMatchObject([
      { id: 'a', group: 'g', model: 'm', task: null, label: 1, 'features.plan': NaN, 'features.plan.text': 'pro' },
      { id: 'b', group: 'row:b', model: null, task: 't', label: NaN, 'features.plan': 2, 'features.plan.text': null },
    ]);
    expect(tableOf([answer({})]).columnNames()).not.toContain('label');
  });
});
