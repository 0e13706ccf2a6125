import { describe, expect, it } from 'vitest';
import { automaticOf, labelOf } from '../../data/label-of.js';
import { HUMAN_SOURCES, sourceCounts, sourceKind } from '../../data/label-sources.js';
import { VouchError } from '../../support/errors.js';

describe('who stands behind a source', () => {
  it.each([
    ['human', [...HUMAN_SOURCES, 'HUMAN', 'ANNOTATION', ' Annotator ', 'end user', 'User_Feedback', 'human:anna']],
    ['unknown', [undefined, null, '', '  ', 'unknown', 'Unknown', 'API', 'api']],
    [
      'other',
      [
        ...[
          'humaneval',
          'human-eval',
          'HumanEval+',
          'humanoid',
          'humanlike-judge',
          'user-simulator',
          'user_sim',
          'users-llm',
        ],
        ...[
          'expert-model',
          'correctionist',
          'preferred-by-rm',
          'thumbnail',
          'annotator-llm',
          'EVAL',
          'judge:big',
          'auto:numeric',
        ],
        ...['human:', 'user:simulator', 'llm', 'CODE', 'faq.pdf'],
      ],
    ],
  ])('%s', (kind, sources) => {
    for (const source of sources) expect(sourceKind(source), String(source)).toBe(kind);
  });

  it('ranks people over the rest; unknown and named graders share a rank, and only named ones count as graders', () => {
    const labels = [{ value: 1, source: 'auto:f1' }, { value: 0, source: 'API' }, { value: 0 }];
    expect(labelOf({ id: 'a', answer: 'b', labels })).toEqual({ value: 1 / 3, weight: 1, human: false });
    expect(automaticOf({ id: 'a', answer: 'b', labels })).toBe(1);
    const people = [...labels, { value: 0.5, source: 'ANNOTATION' }];
    expect(labelOf({ id: 'a', answer: 'b', labels: people })).toEqual({ value: 0.5, weight: 1, human: true });
  });

  it('has no mean of scores of several names', () => {
    const two = [
      { value: 1, name: 'correctness' },
      { value: 0, name: 'tone' },
    ];
    const failing = () => labelOf({ id: 'a', answer: 'b', labels: two });
    expect(failing).toThrow(VouchError);
    expect(failing).toThrow(/--label-name NAME, got "correctness, tone"/);
    const outranked = [
      { value: 1, source: 'human' },
      { value: 0, source: 'EVAL', name: 'tone' },
    ];
    expect(labelOf({ id: 'a', answer: 'b', labels: outranked })?.value).toBe(1);
    expect(() => labelOf({ id: 'a', answer: 'b', labels: [{ value: 1 }, { value: 0, name: 'acc' }] })).toThrow(
      /acc, label/,
    );
  });

  it('counts, the most frequent first', () => {
    expect(sourceCounts({ unknown: 2, human: 10, 'auto:f1': 2 })).toBe('human 10, auto:f1 2, unknown 2');
    expect(sourceCounts({ human: 1200 })).toBe('human 1,200');
  });
});
