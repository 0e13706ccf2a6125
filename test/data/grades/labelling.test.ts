import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import type { LabelRules } from '../../../data/grades/rules.js';
import type { ReadOptions } from '../../../data/read/answers.js';
import { newSummary, notesOf } from '../../../data/read/summary.js';
import { VouchError } from '../../../support/errors.js';
import { errorOf, readAll, temporary } from '../temporary.js';

const { put } = temporary();
const lines = (rows: unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const four = put('four.jsonl', lines(['a', 'b', 'c', 'd'].map((id) => ({ id, answer: id.toUpperCase() }))));

/** Labels by id. */
async function labels(file: string, options: ReadOptions) {
  const { records } = await readAll(file, options);
  return Object.fromEntries(records.map((record) => [record.id, record.labels?.map(({ value }) => value)]));
}

describe('grades in a file of their own', () => {
  it.each([
    ['g.csv', 'id;label\r\na;0,5\r\nb;1\r\n'],
    ['g.json', '[\n {"id": "a", "label": 0.5},\n {"id": "b", "label": true}\n]\n'],
    ['one.json', '{"data": [{"id": "a", "label": 0.5}, {"id": "b", "label": "yes"}], "meta": {"page": 1}}'],
    ['pages.jsonl', '{"data":[{"id":"a","label":0.5}],"page":1}\n{"data":[{"id":"b","label":1}],"page":2}\n'],
    ['g.jsonl', '{"id":"a","label":0.5}\n{"id":"b","label":"1"}\n'],
  ])('%s', async (name, text) => {
    expect(await labels(four, { labels: put(name, text) })).toEqual({ a: [0.5], b: [1], c: undefined, d: undefined });
  });

  it('Parquet', async () => {
    const bytes = parquetWriteBuffer({
      columnData: [
        { name: 'id', data: ['a', 'c'], type: 'STRING' },
        { name: 'thumb', data: ['up', 'down'], type: 'STRING' },
      ],
    });
    const file = put('g.parquet', new Uint8Array(bytes));
    expect(await labels(four, { labels: file })).toEqual({ a: [1], b: undefined, c: [0], d: undefined });
  });

  it('finds the column, in any case; several that could be it, and score, are errors', async () => {
    const read = (text: string, labelRules?: LabelRules) => labels(four, { labels: put('c.csv', text), labelRules });
    expect(await read('ID,Rating\na,1\n')).toMatchObject({ a: [1] });
    expect(await read('id,label,rating\na,1,5\n')).toMatchObject({ a: [1] });
    expect(await errorOf(read('id,rating,feedback\na,1,good one\n'))).toMatchObject({
      code: 'BAD_LABEL',
      line: 2,
      got: 'feedback, rating',
      hint: 'Say which one: --label-column feedback.',
    });
    expect(await errorOf(read('id,score\na,1\n'))).toMatchObject({
      got: ['id', 'score'],
      hint: expect.stringMatching(/--label-column NAME/),
    });
    expect(await read('id,score,rating\na,1,5\n', { column: 'score' })).toMatchObject({ a: [1] });
    expect(await errorOf(read('id,score\na,1\n', { column: 'points' }))).toMatchObject({
      code: 'BAD_LABEL',
      field: 'labelRules.column',
      expected: 'points',
      got: ['id', 'score'],
    });
  });

  it('a scale is refused even where bad lines are skipped: what is left of it would be read wrongly', async () => {
    const stars = put('s.csv', 'id,label\na,1\nb,5\n');
    expect(await errorOf(labels(four, { labels: stars, badLines: 'skip' }))).toMatchObject({
      code: 'BAD_LABEL',
      line: 3,
      got: '5',
    });
    expect(await labels(four, { labels: stars, labelRules: { threshold: 4 } })).toMatchObject({ a: [0], b: [1] });
  });

  it('their source is unknown, or what the user says; a named one stays', async () => {
    const file = put('src.csv', 'id,label,source\na,1,\nb,1,API\nc,0,auto:judge\nd,1,unknown\n');
    const sources = async (labelRules?: LabelRules) => {
      const summary = newSummary();
      await readAll(four, { labels: file, labelRules, summary });
      return Object.fromEntries(summary.sources);
    };
    expect(await sources()).toEqual({ unknown: 2, API: 1, 'auto:judge': 1 });
    expect(await sources({ source: 'human' })).toEqual({ human: 3, 'auto:judge': 1 });
    const mlflow = put('mlflow.jsonl', '{"id":"a","value":true,"source":{"source_type":"HUMAN","source_id":"x"}}\n');
    expect((await readAll(four, { labels: mlflow })).records[0].labels).toEqual([{ value: 1, source: 'HUMAN' }]);
  });

  it('wins over labels of the answers that nobody owns up to, and leaves those of people', async () => {
    const own = put(
      'own.jsonl',
      lines([
        { id: 'a', answer: 'x', label: 0 },
        { id: 'b', answer: 'x', label: 0, labelSource: 'human' },
        { id: 'c', answer: 'x', labels: [{ value: 0, source: 'auto:f1' }] },
        { id: 'd', answer: 'x', labels: [{ value: 0, source: 'acc', name: 'acc' }] },
        { id: 'e', answer: 'x', label: 0.25 },
      ]),
    );
    const summary = newSummary();
    const unknown = put('u.csv', 'id,label\na,1\nb,1\nc,1\nd,1\n');
    expect(await labels(own, { labels: unknown, summary })).toEqual({ a: [1], b: [0, 1], c: [1], d: [1], e: [0.25] });
    expect(notesOf(summary)).toEqual(
      [
        '4 of 5 answers got grades',
        '3 labels in the answers were replaced by those of the grades file',
        'the grades of 1 answer were not used, because people had labelled it already ' +
          '(if people also gave the grades: --label-source human)',
        '1 answer without a grade in that file kept their own label',
      ].flatMap((note, i) =>
        i === 0
          ? ['5 of 5 answers have no group, no conversation and no prompt: each counts as a question of its own', note]
          : [note],
      ),
    );
    const people = put('h.csv', 'id,label,source\na,1,human\nb,1,human\nc,1,human\nd,1,human\n');
    expect(await labels(own, { labels: people })).toEqual({ a: [0, 1], b: [0, 1], c: [0, 1], d: [0, 1], e: [0.25] });
    const judge = put('j.csv', 'id,label,source\nc,1,judge\nd,1,judge\n');
    expect(await labels(own, { labels: judge })).toMatchObject({ c: [0, 1], d: [1] });
  });

  it('guessed columns of a table give way for every answer', async () => {
    const table = put('t.csv', 'id,answer,label,source,score\na,x,billing,faq.pdf,0.3\nb,y,other,faq.pdf,0.9\n');
    const grades = put('tg.csv', 'id,label\na,1\n');
    expect(await labels(table, { labels: grades })).toEqual({ a: [1], b: undefined });
    const { records } = await readAll(table, { labels: grades });
    expect(records[0]).toMatchObject({
      _label: 'billing',
      source: 'faq.pdf',
      score: '0.3',
      labels: [{ value: 1, source: 'unknown' }],
    });
  });
});

describe('several scores of one answer', () => {
  const long = put(
    'long.csv',
    'id,metric,value\na,faithful,1\na,correct,0\nb,faithful,1\nb,correct,1\nc,correct,0.5\n',
  );

  it('are refused with their names and counts, and chosen among by name', async () => {
    const error = await errorOf(labels(four, { labels: long }));
    expect(error).toMatchObject({
      code: 'BAD_LABEL',
      file: long,
      line: 2,
      hint: expect.stringMatching(/--label-name faithful/),
    });
    expect(error.message).toMatch(/several scores: faithful \(2\), correct \(3\)/);
    expect(await labels(four, { labels: long, labelRules: { name: 'correct' } })).toEqual({
      a: [0],
      b: [1],
      c: [0.5],
      d: undefined,
    });
    expect(await errorOf(labels(four, { labels: long, labelRules: { name: 'tone' } }))).toMatchObject({
      code: 'NO_LABELS',
      message: expect.stringMatching(/no score is called "tone"; there are: faithful \(2\), correct \(3\)/),
    });
    const plain = put('plain.csv', 'id,label\na,1\n');
    expect(await errorOf(labels(four, { labels: plain, labelRules: { name: 'tone' } }))).toMatchObject({
      code: 'NO_LABELS',
      field: 'labelRules.name',
    });
  });

  it('one name an answer is no question, and is told where names differ', async () => {
    const apart = put('apart.csv', 'id,metric,value\na,faithful,1\nb,correct,0\n');
    const summary = newSummary();
    expect(await labels(four, { labels: apart, summary })).toMatchObject({ a: [1], b: [0] });
    expect(notesOf(summary)).toContain('labels are scores with several names: faithful 1, correct 1');
  });

  it('in the log itself: refused in the middle of it, even where bad lines are skipped; other scales matter only once chosen', async () => {
    const log = put(
      'log.jsonl',
      lines([
        { id: 'a', answer: 'x', labels: [{ value: 5, source: 'API', name: 'stars' }] },
        {
          id: 'b',
          answer: 'x',
          labels: [
            { value: 3, source: 'API', name: 'stars' },
            { value: -1, source: 'API', name: 'thumb' },
          ],
        },
        { id: 'c', answer: 'x', labels: [{ value: 1, source: 'ANNOTATION', name: 'thumb' }] },
      ]),
    );
    const two = put(
      'two.jsonl',
      lines([
        {
          id: 'b',
          answer: 'x',
          labels: [
            { value: 1, name: 'acc' },
            { value: 0, name: 'f1' },
          ],
        },
      ]),
    );
    for (const badLines of ['stop', 'skip'] as const) {
      expect(await errorOf(labels(two, { badLines }))).toMatchObject({
        code: 'BAD_LABEL',
        file: two,
        line: 1,
        message: expect.stringMatching(/acc \(1\), f1 \(1\)/),
      });
    }
    expect(await labels(two, { labelRules: { several: 'keep' } })).toEqual({ b: [1, 0] });
    expect(await labels(log, { labelRules: { name: 'thumb' } })).toEqual({ a: [], b: [0], c: [1] });
    expect(await labels(log, { labelRules: { name: 'stars', scale: [1, 5] } })).toEqual({ a: [1], b: [0.5], c: [] });
    expect(await errorOf(labels(log, { labelRules: { name: 'stars' } }))).toMatchObject({
      code: 'BAD_LABEL',
      field: 'stars',
      got: 5,
    });
    expect(await errorOf(labels(log, { labelRules: { name: 'tone' } }))).toMatchObject({
      code: 'NO_LABELS',
      message: expect.stringMatching(/stars \(2\), thumb \(2\)/),
    });
  });
});

describe('labels of the answers, as the user says', () => {
  it('a field of the log, a nested one too; one that no answer has is an error', async () => {
    const log = put(
      'col.jsonl',
      lines([
        { id: 'a', answer: 'x', meta: { ok: 'up' } },
        { id: 'b', answer: 'x', meta: { ok: 'down' }, label: 1 },
        { id: 'c', answer: 'x' },
      ]),
    );
    expect(await labels(log, { labelRules: { column: 'meta.ok', source: 'human' } })).toEqual({
      a: [1],
      b: [0],
      c: undefined,
    });
    expect(await errorOf(labels(log, { labelRules: { column: 'meta.good' } }))).toMatchObject({
      code: 'BAD_LABEL',
      expected: 'meta.good',
    });
    const table = put('col.csv', 'id,answer,correct,label\na,x,1,A\nb,x,0,B\n');
    expect(await labels(table, { labelRules: { column: 'correct' } })).toEqual({ a: [1], b: [0] });
    expect(await labels(table, { labelRules: { column: 'label', values: { a: 0, b: 1 } } })).toEqual({
      a: [0],
      b: [1],
    });
  });

  it('values and scales of the field label', async () => {
    const log = put(
      'stars.jsonl',
      lines([
        { id: 'a', answer: 'x', label: 5 },
        { id: 'b', answer: 'x', label: 2 },
      ]),
    );
    expect(await labels(log, { labelRules: { threshold: 4 } })).toEqual({ a: [1], b: [0] });
    expect(await labels(log, { labelRules: { scale: [1, 5] } })).toEqual({ a: [1], b: [0.25] });
    expect(await errorOf(labels(log, {}))).toMatchObject({
      code: 'BAD_LABEL',
      line: 1,
      field: 'label',
      hint: expect.stringMatching(/--label-threshold 4/),
    });
    expect(await errorOf(labels(log, { badLines: 'skip' }))).toMatchObject({ code: 'BAD_LABEL', line: 1 });
    const thumbs = put(
      'thumbs.jsonl',
      lines([
        { id: 'a', answer: 'x', label: -1 },
        { id: 'b', answer: 'x', label: 1 },
        { id: 'c', answer: 'x', label: 'up' },
        { id: 'd', answer: 'x', label: true },
      ]),
    );
    expect(await labels(thumbs, {})).toEqual({ a: [0], b: [1], c: [1], d: [1] });
    const one = put('tg2.csv', 'id,label\na,1\n');
    expect(await labels(thumbs, { labels: one })).toEqual({ a: [1], b: [1], c: [1], d: [1] });
    const kinds = put('kinds.jsonl', lines(['billing', 'refund'].map((label) => ({ id: label, answer: 'x', label }))));
    const refund = put('refund.csv', 'id,label\nrefund,1\n');
    expect(await labels(kinds, { labels: refund })).toEqual({ billing: undefined, refund: [1] });
    expect(await labels(log, { labels: one })).toEqual({ a: [1], b: undefined });
    const both = put('both.jsonl', lines([1, 5].map((label, i) => ({ id: `${i}`, answer: 'x', label }))));
    expect(await errorOf(labels(both, { labels: put('zero.csv', 'id,label\n0,1\n') }))).toMatchObject({
      code: 'BAD_LABEL',
      file: both,
      line: 2,
      hint: expect.stringMatching(/^Other answers have a grade in this field/),
    });
    const table = put('stars.csv', 'id,answer,label\na,x,5\nb,x,2\n');
    expect(await labels(table, { labelRules: { threshold: 4 } })).toEqual({ a: [1], b: [0] });
  });

  it('a mix that shows late ends the run, even where bad lines are skipped', async () => {
    const log = put('mix.jsonl', lines([1, -1, 1, 0].map((thumb, i) => ({ id: `${i}`, answer: 'x', thumb }))));
    for (const badLines of ['stop', 'skip'] as const) {
      expect(await errorOf(labels(log, { badLines, labelRules: { column: 'thumb' } }))).toMatchObject({
        code: 'BAD_LABEL',
        line: 4,
        got: 0,
      });
    }
  });

  it('their source, where they name none', async () => {
    const log = put(
      'sources.jsonl',
      lines([
        { id: 'a', answer: 'x', label: 1 },
        { id: 'b', answer: 'x', label: 1, labelSource: 'judge' },
      ]),
    );
    const { records } = await readAll(log, { labelRules: { source: 'human' } });
    expect(records.map((record) => record.labels)).toEqual([
      [{ value: 1, source: 'human' }],
      [{ value: 1, source: 'judge' }],
    ]);
  });
});

describe('scores of a log beside a grades file', () => {
  it('one that is a grade stays for answers without another, and people outrank it; what is none is left out', async () => {
    const acc = (value: unknown) => [{ value, source: 'exact', name: 'acc' }];
    const log = put('harness.jsonl', lines(['a', 'b'].map((id) => ({ id, answer: 'x', labels: acc(0) }))));
    const people = put('people.csv', 'id,label,source\na,1,human\n');
    expect(await labels(log, { labels: people })).toEqual({ a: [0, 1], b: [0] });
    const chars = put('chars.jsonl', lines(['a', 'b'].map((id) => ({ id, answer: 'x', labels: acc(17) }))));
    const summary = newSummary();
    expect(await labels(chars, { labels: people, summary })).toEqual({ a: [1], b: [] });
    expect(notesOf(summary)).toContain('2 labels in the answers are not grades and were left out');
    const two = put(
      'both-scores.jsonl',
      lines(['a', 'b'].map((id) => ({ id, answer: 'x', labels: [...acc(0), { value: 9, name: 'len' }] }))),
    );
    expect(await labels(two, { labels: people })).toEqual({ a: [1], b: [] });
    expect(await labels(two, { labels: people, labelRules: { name: 'acc' } })).toEqual({ a: [0, 1], b: [0] });
  });
});

describe('damaged grades', () => {
  it('give grades, bad lines, or one coded error, whatever is changed', async () => {
    const texts = {
      csv: 'id,name,label,source\na,acc,1,human\n"b",acc,0,\nc,f1,0.5,x\n',
      jsonl: '{"id":"a","label":1}\n{"id":"b","value":"up"}\n{"id":"c","correct":true,"rater":"r"}\n',
      json: '{"data":[{"id":"s","traceId":"a","observationId":null,"name":"n","value":1,"dataType":"NUMERIC","source":"API"}]}',
    };
    const bytes = fc.array(fc.record({ at: fc.nat(), to: fc.integer({ min: 0, max: 255 }), cut: fc.boolean() }), {
      minLength: 1,
      maxLength: 4,
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('csv', 'jsonl', 'json'), bytes, async (ending, changes) => {
        let content = Buffer.from(texts[ending as keyof typeof texts]);
        for (const { at, to, cut } of changes) {
          if (cut) content = content.subarray(0, at % (content.length + 1));
          else if (content.length > 0) content[at % content.length] = to;
        }
        const file = put(`damaged-${run++ % 8}.${ending}`, content);
        try {
          const { records, bad } = await readAll(four, { labels: file, badLines: 'skip' });
          expect(records).toHaveLength(4);
          for (const { labels: own } of records) {
            for (const { value } of own ?? []) expect(value >= 0 && value <= 1).toBe(true);
          }
          for (const { error } of bad) expect(error).toBeInstanceOf(VouchError);
        } catch (error) {
          if (!(error instanceof VouchError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  }, 30_000);
});
