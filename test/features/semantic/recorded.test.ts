import { describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../../data/record.js';
import { SignalCollector } from '../../../features/collect.js';
import { groupsOfSignal, isHidden, patternAsRead, patternOf } from '../../../features/pattern.js';
import { plainLine } from '../../../features/plain.js';
import { rowMaker } from '../../../features/row.js';
import { groupsBesides } from '../../../features/semantic/keys.js';
import { meaningMeasures } from '../../../features/semantic/measures.js';
import { entailmentSignals, similaritySignals } from '../../../features/semantic/recorded-signals.js';
import { tableOf } from '../table-of.js';

const ln = Math.log;
const texts = [
  [1, 0.9, 0.2, 0.6],
  [0.9, 1, 0.1, 0.8],
  [0.2, 0.1, 1, -0.4],
  [0.6, 0.8, -0.4, 1],
];
/** Text 3 is another model's. */
const record = {
  id: 'r',
  model: 'm',
  answer: 'Oslo',
  samples: [{ answer: 'In Oslo' }, { answer: 'Bergen' }, { answer: 'Oslo, Norway', model: 'other' }],
  similarities: { mini: { question: 0.3, passages: [0.1, 0.5], texts, sameAt: 0.85 } },
} as AnswerRecord;

function valuesOf(of: AnswerRecord): Map<string, number> {
  const collector = new SignalCollector(0);
  collector.add(of);
  const { columns } = collector.finish();
  return new Map([...columns].map(([name, [value]]) => [name, value]));
}

it('are missing where the size shows that they are of other passages or samples', () => {
  const named = (of: AnswerRecord) =>
    [...valuesOf(of).keys()].filter((name) => /^(similarities|entailments)/.test(name));
  expect(named({ ...record, samples: record.samples?.slice(1), context: ['one'] } as AnswerRecord)).toEqual([
    'similarities.mini.question@1',
  ]);
  const entailments = { nli: { passages: { entails: [0.9], contradicts: [0.1] } } };
  expect(named({ id: 'e', answer: 'Oslo', context: ['a', 'b'], entailments } as AnswerRecord)).toEqual([]);
  expect(named({ id: 'e', answer: 'Oslo', context: ['a'], entailments } as AnswerRecord)).toHaveLength(4);
});

describe('signals over similarities', () => {
  const values = valuesOf(record);
  const close = (key: string, value: number) =>
    expect(values.get(`similarities.mini.${key}@1`), key).toBeCloseTo(value, 12);

  it('are worked by hand', () => {
    close('question', 0.3);
    close('passageMost', 0.5);
    close('passageMean', 0.3);
    close('agree', 0.55);
    close('agreeMost', 0.9);
    close('agreeLeast', 0.2);
    close('among', 0.1);
    close('othersAgree', 0.6);
    close('othersSemanticEntropy', 0);
    close('between', (0.8 + 0) / 2);
    close('semanticSets', 2);
    close('semanticEntropy', ln(2));
    close('eigenvalueSum', 1 + 0.9 / 1.1);
    close('degreeUncertainty', 1 - 2.2 / 4);
  });

  it('are missing without what they need', () => {
    expect(values.has('similarities.mini.semanticEntropyByProbability@1')).toBe(false);
    const without = valuesOf({ ...record, similarities: { mini: { texts } } } as AnswerRecord);
    expect(without.get('similarities.mini.agree@1')).toBeCloseTo(0.55, 12);
    expect(without.has('similarities.mini.semanticSets@1')).toBe(false);
    expect(without.has('similarities.mini.question@1')).toBe(false);
    const short = valuesOf({ ...record, similarities: { mini: { texts: texts.slice(1) } } } as AnswerRecord);
    expect([...short.keys()].filter((name) => name.startsWith('similarities.'))).toEqual([]);
  });

  it('are the same as a row, a column and a table', () => {
    const numeric = [...values.keys()].filter((name) => name.startsWith('similarities.'));
    const maker = rowMaker({ topK: 0, numeric, categorical: [] });
    const other = {
      ...record,
      similarities: { mini: { ...record.similarities!.mini, question: 0.7 } },
    } as AnswerRecord;
    expect(maker.signals(other)['similarities.mini.question']).toBe(0.7);
    const row = maker.signals(record);
    const table = tableOf([record], { topK: 0 });
    for (const name of numeric) {
      expect(row[name.replace('@1', '')], name).toBe(values.get(name));
      expect(table.get(name.replace('@1', ''), 0), name).toBe(values.get(name));
    }
    expect(maker.signals({ ...record, similarities: null } as AnswerRecord)['similarities.mini.agree']).toBeNaN();
    expect(maker.holds('similarities.mini')).toBe(false);
  });

  it('have names in plain words', () => {
    expect(plainLine('similarities.mini.question', 0.3)).toBe('Cosine of the question and the answer (mini): 0.3');
    expect(plainLine('entailments.nli.agree', 0.5)).toBe('Mean similarity of the answer and the samples (nli): 50%');
  });
});

describe('signals over entailment', () => {
  const entails = [
    [1, 0.8, 0.1],
    [0.6, 1, 0.45],
    [0.2, 0.7, 1],
  ];
  const contradicts = [
    [0, 0.1, 0.5],
    [0.2, 0, 0.3],
    [0.7, 0.1, 0],
  ];
  const values = valuesOf({
    id: 'r',
    answer: 'Oslo',
    samples: [
      { answer: 'In Oslo', tokens: [{ token: 'x', logprob: ln(0.5) }] },
      { answer: 'Bergen', tokens: [{ token: 'x', logprob: ln(0.25) }] },
    ],
    entailments: {
      nli: { passages: { entails: [0.2, 0.9], contradicts: [0.6, 0] }, texts: { entails, contradicts } },
    },
  } as AnswerRecord);
  const close = (key: string, value: number) =>
    expect(values.get(`entailments.nli.${key}@1`), key).toBeCloseTo(value, 12);

  it('are worked by hand', () => {
    close('passageEntails', 0.9);
    close('passageEntailsMean', 0.55);
    close('passageContradicts', 0.6);
    close('passageContradictsMean', 0.3);
    close('agree', ((0.8 + 0.6) / 2 + (0.1 + 0.2) / 2) / 2);
    close('contradicted', (0.1 + 0.2 + 0.5 + 0.7) / 4);
    close('among', (0.45 + 0.7) / 2);
    // .45 is the greatest of .45, .3 and .25, so each entails the other
    close('semanticSets', 1);
    close('semanticEntropy', 0);
    // K = 1 − P(contradicts) − P(neutral) / 2: .85 and .3
    close('semanticDensity', (0.5 * 0.85 + 0.25 * 0.3) / 0.75);
    // the edge weighs .45 + .7 + (.25 + .2) / 2 = 1.375; L has the eigenvalues 0 and 2.75
    const [a, b] = [1 / 2, 1 / 4.75];
    const p = a / (a + b);
    close('maternEntropy', -(p * ln(p) + (1 - p) * ln(1 - p)) / ln(2));
  });
});

describe('the group encoder', () => {
  it('is the last of a pattern, and can be left out', () => {
    expect(patternOf(record)).toBe('free+samples+others+encoder');
    // a model that reads nothing of it, such as every one trained before
    expect(patternAsRead({ numeric: ['samples.agree@1'] })(patternOf(record))).toBe('free+samples+others');
    expect(patternAsRead({ numeric: ['similarities.mini.agree@1'] })(patternOf(record))).toBe(
      'free+samples+others+encoder',
    );
    const bare = { id: 'r', answer: 'x' } as AnswerRecord;
    expect(patternOf({ ...bare, embeddings: { a: [1] } } as AnswerRecord)).toBe('free+encoder');
    const empty = { embeddings: { a: null }, similarities: { x: null }, entailments: {} };
    expect(patternOf({ ...bare, ...empty } as AnswerRecord)).toBe('free');
  });

  it('hides signals over samples where samples, or the encoder, are hidden', () => {
    const name = 'similarities.mini.semanticEntropy@1';
    expect(groupsOfSignal(name)).toEqual(['samples', 'encoder']);
    expect(isHidden(name, 'free+encoder')).toBe(true);
    expect(isHidden(name, 'free+samples')).toBe(true);
    expect(isHidden(name, 'free+samples+encoder')).toBe(false);
    expect(groupsOfSignal('similarities.mini.question@1')).toEqual(['encoder']);
    expect(groupsOfSignal('entailments.a.b.between')).toEqual(['samples', 'others', 'encoder']);
    expect(groupsOfSignal('samples.cocoa@1')).toEqual(['logprobs', 'samples']);
    expect(groupsOfSignal('embeddings.mini.question')).toEqual(['encoder']);
  });

  it('knows the groups of every key', () => {
    const alone = ['question', 'passageMost', 'passageMean', 'passageEntails', 'passageEntailsMean'];
    alone.push('passageContradicts', 'passageContradictsMean');
    const all = [...similaritySignals, ...entailmentSignals];
    expect(new Set(all.filter(({ key }) => groupsBesides(key).length === 0).map(({ key }) => key))).toEqual(
      new Set(alone),
    );
    expect(meaningMeasures.every(({ name }) => groupsBesides(name).includes('samples'))).toBe(true);
  });
});
