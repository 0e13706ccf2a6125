import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gradeOf } from '../../data/grade.js';
import { labelOf } from '../../data/label-of.js';
import { newSummary, notesOf } from '../../data/read/summary.js';
import { errorOf, fixture, readAll, temporary } from './temporary.js';

const { put } = temporary();

describe('grades from a file of their own', () => {
  it('joins several labels per answer with source, rater, time, weight; counts what does not fit', async () => {
    const summary = newSummary();
    const options = { labels: fixture('grades.csv'), on: 'id=answer', summary };
    const { records } = await readAll(fixture('answers.jsonl'), options);
    expect(records[0].labels).toEqual([
      { value: 1, source: 'human' },
      { value: 1, source: 'human', rater: 'r1', weight: 2, time: '2026-01-05T10:00:00Z' },
      { value: 0.5, source: 'human', rater: 'r2' },
    ]);
    expect(labelOf(records[0])?.value).toBeCloseTo((1 + 2 * 1 + 0.5) / 4, 12);
    expect(records[1].labels).toEqual([{ value: 0, source: 'auto:judge' }]);
    expect(summary).toMatchObject({ records: 3, graded: 2, strayGrades: 1, ungraded: 1 });
    expect(notesOf(summary).slice(1)).toEqual([
      '2 of 3 answers got grades',
      '1 graded id matches no answer',
      '1 row of the grades file has no grade yet',
      '1 answer without a grade in that file kept their own label',
    ]);
  });

  it('joins on any field, by text, so that 7 finds "7"; JSON Lines as well', async () => {
    const answers = put(
      'a.jsonl',
      '{"id":"x","answer":"a","meta":{"key":7}}\n{"id":"y","answer":"b","meta":{"key":8}}\n',
    );
    const grades = put('g.jsonl', '{"k":"7","correct":true}\n{"k":8,"correct":"no"}\n');
    const { records } = await readAll(answers, { labels: grades, on: 'meta.key = k' });
    expect(records.map(({ labels }) => labels)).toEqual([
      [{ value: 1, source: 'unknown' }],
      [{ value: 0, source: 'unknown' }],
    ]);
  });

  it('says where a grade cannot be read, and which columns it wants', async () => {
    const answers = put('b.jsonl', '{"id":"x","answer":"a"}\n{"id":"y","answer":"b"}\n');
    const grades = put('bad.csv', 'id,label\nx,1\ny,perhaps\n,0\n');
    const read = (labels: string, extra = {}) => readAll(answers, { labels, ...extra });
    expect(await errorOf(read(grades))).toMatchObject({
      code: 'BAD_LABEL',
      file: grades,
      line: 3,
      field: 'label',
      got: 'perhaps',
    });
    const { records, bad } = await read(grades, { badLines: 'skip' });
    expect(records.map(({ labels }) => labels)).toEqual([[{ value: 1, source: 'unknown' }], undefined]);
    expect(bad.map(({ file, line, text, error }) => [file, line, text, error.code])).toEqual([
      [grades, 3, 'y,perhaps', 'BAD_LABEL'],
      [grades, 4, ',0', 'BAD_LABEL'],
    ]);
    expect(await errorOf(read(put('high.csv', 'id,label\nx,7\n')))).toMatchObject({
      code: 'BAD_LABEL',
      line: 2,
      got: '7',
    });
    expect(await errorOf(read(put('weight.csv', 'id,label,weight\nx,1,-2\n')))).toMatchObject({
      code: 'BAD_LABEL',
      field: 'weight',
      got: '-2',
    });
    expect(await errorOf(read(put('no.csv', 'id,verdict\nx,1\n')))).toMatchObject({
      code: 'BAD_LABEL',
      line: 2,
      got: ['id', 'verdict'],
    });
    expect(await errorOf(read(put('key.csv', 'answer,label\nx,1\n')))).toMatchObject({
      code: 'BAD_LABEL',
      line: 2,
      field: 'id',
    });
    expect(await errorOf(read(put('other.csv', 'id,label\n0,1\n')))).toMatchObject({
      code: 'NO_LABELS',
      field: 'id',
      got: '0',
      hint: expect.stringMatching(/--on/),
    });
    expect(await errorOf(read('none.csv'))).toMatchObject({ code: 'FILE_MISSING', file: 'none.csv' });
  });
});

describe('gradeOf', () => {
  it.each([
    [1, [1, true, 1n, '1', '1.0', 'TRUE', 'Yes', ' right ', 'Correct', 'pass']],
    [0, [0, false, '0', 'false', 'no', 'WRONG', 'incorrect', 'fail']],
    [0.25, [0.25, '0.25', '.25']],
    [null, [null, undefined, '', ' ', 'nan', 'None', Number.NaN]],
    [Number.NaN, [2, -1, '1.1', 'maybe', 'partly', {}, [], '1,0']],
  ])('%s', (grade, values) => {
    for (const value of values as unknown[]) expect(gradeOf(value), String(value)).toEqual(grade);
  });
});

const real = process.env.VOUCH_DATA;
describe.skipIf(real === undefined || !existsSync(join(real, 'triviaqa-5-systems.jsonl.gz')))('real answers', () => {
  it('joins 9,690 answers of 1,938 questions with their human grades', async () => {
    const folder = real as string;
    const summary = newSummary();
    const options = { labels: join(folder, 'triviaqa-5-systems.grades.csv'), on: 'id', summary };
    const { records } = await readAll(join(folder, 'triviaqa-5-systems.jsonl.gz'), options);
    expect(records.filter((record) => labelOf(record)?.human)).toHaveLength(9690);
    expect(new Set(records.map(({ group }) => group)).size).toBe(1938);
    expect(summary).toMatchObject({
      records: 9690,
      bad: 0,
      graded: 9690,
      strayGrades: 0,
      ungraded: 0,
      unknownKeys: {},
    });
  });

  it('reads the shorthand of the other set', async () => {
    const { records } = await readAll(join(real as string, 'halueval-11-judges.jsonl.gz'));
    expect(records).toHaveLength(2000);
    expect(records.reduce((sum, record) => sum + (labelOf(record)?.value ?? 0), 0)).toBe(1000);
  });
});
