import { describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../data/record.js';
import { sourceWarnings } from '../../train/bundle/facts.js';
import { dataOf } from '../support/trained.js';

/** Answers whose labels have these sources, one list an answer. */
function data(...sources: (string | undefined)[][]) {
  const records = sources.map(
    (list, i): AnswerRecord => ({
      id: `${i}`,
      answer: 'x',
      labels: list.map((source) => ({ value: 1, ...(source === undefined ? {} : { source }) })),
    }),
  );
  return dataOf(records);
}

describe('whose labels they are, in the report', () => {
  it('counts every source', () => {
    expect(data(['human', 'auto:f1'], [undefined], ['unknown'], ['API']).sources).toEqual({
      ...{ human: 1, 'auto:f1': 1, unknown: 2, API: 1 },
    });
  });

  it('says nothing where people gave all of them', () => {
    expect(sourceWarnings(data(['human'], ['ANNOTATION', 'auto:f1']))).toEqual([]);
  });

  it('names graders, and calls nothing automatic that may be people', () => {
    expect(sourceWarnings(data(['auto:f1'], ['humaneval']))).toEqual([
      'No label was given by a person (by source: auto:f1 1, humaneval 1): quality and promises are about agreement with these graders, which make mistakes themselves.',
    ]);
    const unknown =
      'Quality and promises are about agreement with whoever gave them. If it was people, say so with --label-source human.';
    expect(sourceWarnings(data([undefined], ['API']))).toEqual([
      `Source unknown: 2 of 2 labels do not say who gave them. ${unknown}`,
    ]);
    expect(sourceWarnings(data(['human'], ['unknown'], ['auto:f1']))).toEqual([
      'People labelled 1 of 3 answers. Labels by source: auto:f1 1, human 1, unknown 1.',
      `Source unknown: 1 of 3 labels do not say who gave them. ${unknown}`,
    ]);
  });
});
