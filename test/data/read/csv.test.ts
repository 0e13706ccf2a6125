import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { newSummary } from '../../../data/read/summary.js';
import { errorOf, fixture, readAll, temporary } from '../temporary.js';

const { put } = temporary();

describe('CSV', () => {
  it('finds the fields by usual names, with quoted newlines, percentages, aliases and an empty answer', async () => {
    const summary = newSummary();
    const { records, lines } = await readAll(fixture('answers.csv'), { summary });
    expect(lines).toEqual([2, 4, 6]);
    expect(records).toEqual([
      {
        id: 'a1',
        prompt: 'Who said "hi"?',
        answer: 'Ann,\nand Bob',
        stated: 0.95,
        reference: ['Ann', 'Bob'],
        labels: [{ value: 1, source: 'human' }],
        tenure: '31',
      },
      {
        id: 'a2',
        prompt: 'Two?',
        answer: '',
        stated: 0.6,
        reference: ['2', 'two'],
        labels: [{ value: 0, source: 'human' }],
      },
      { id: 'a3', prompt: 'Three?', answer: '3', reference: ['3', 'three'], tenure: '2' },
    ]);
    expect(summary.unknownKeys).toEqual(new Map([['tenure', 2]]));
  });

  it('takes a column map, dotted targets and JSON cells', async () => {
    const text = 'a;b;c;tokens;n\n1;pro;0,5;"[{""token"": ""x"", ""logprob"": -1.5}]";31\n';
    const map = { answer: 'a', 'features.plan': 'b', task: 'c', 'features.tenure': 'n' };
    const { records } = await readAll(put('map.csv', text), { map });
    expect(records).toEqual([
      {
        id: 'map.csv:2',
        answer: '1',
        task: '0,5',
        features: { plan: 'pro', tenure: 31 },
        tokens: [{ token: 'x', logprob: -1.5 }],
      },
    ]);
  });

  it.each([
    ['semicolon', 'id;answer\n1;a,b\n', 'a,b'],
    ['tab', 'id\tanswer\n1\ta,b\n', 'a,b'],
    ['pipe', 'id|answer\n1|a,b\n', 'a,b'],
    ['comma with a byte order mark and \\r\\n', '\uFEFFid,"answer"\r\n1,"a,b"\r\n', 'a,b'],
  ])('takes the separator from the header: %s', async (_, text, answer) => {
    const { records } = await readAll(put('sep.csv', text));
    expect(records).toEqual([{ id: '1', answer }]);
  });

  it('takes confidence as 0..1 unless the first rows say percent, and says so where one does not fit', async () => {
    const rows = (values: (number | string)[]) =>
      `answer,confidence\n${values.map((value) => `x,${value}`).join('\n')}\n`;
    const stated = async (values: (number | string)[]) =>
      (await readAll(put('c.csv', rows(values)))).records.map((r) => r.stated);
    expect(await stated([0.5, 1, ''])).toEqual([0.5, 1, undefined]);
    expect(await stated([1, 50, 100])).toEqual([0.01, 0.5, 1]);
    expect(await stated(['80 %', '7%'])).toEqual([0.8, 0.07]);
    const late = put('late.csv', rows([...Array<number>(300).fill(0.5), 60]));
    expect(await errorOf(readAll(late))).toMatchObject({ code: 'BAD_RECORD', line: 302, field: 'stated', got: 60 });
  });

  it('reads lists as numpy writes them, and takes nan for no passage', async () => {
    const file = put(
      'numpy.csv',
      "question,response,contexts,reference\na,x,\"array(['p', 'q'], dtype=object)\",nan\nb,y,nan,None\nc,z,None,a\n",
    );
    const { records } = await readAll(file);
    expect(records.map(({ context, reference }) => [context, reference])).toEqual([
      [['p', 'q'], ['nan']],
      [undefined, ['None']],
      [undefined, ['a']],
    ]);
  });

  it('reads gzip and a file without ending', async () => {
    const text = 'question,response\nWhy?,"So, so"\n';
    expect((await readAll(put('z.csv.gz', gzipSync(text)))).records[0]).toMatchObject({
      prompt: 'Why?',
      answer: 'So, so',
    });
    expect((await readAll(put('nameless', text))).records[0]).toMatchObject({ prompt: 'Why?', answer: 'So, so' });
  });
});

describe('bad CSV', () => {
  it('names a column that is not there, and wants to be told which of two is the answer', async () => {
    const file = put('q.csv', 'question,answer,response\na,b,c\n');
    expect(await errorOf(readAll(file))).toMatchObject({
      code: 'BAD_CSV',
      file,
      got: 'answer, response',
      hint: expect.stringMatching(/--map/),
    });
    expect((await readAll(file, { map: { answer: 'response', reference: 'answer' } })).records[0]).toMatchObject({
      answer: 'c',
      reference: ['b'],
      prompt: 'a',
    });
    expect(await errorOf(readAll(file, { map: { answer: 'reply' } }))).toMatchObject({
      code: 'BAD_CSV',
      field: 'answer',
      expected: 'reply',
    });
    expect(await errorOf(readAll(put('n.csv', 'a,b\n1,2\n')))).toMatchObject({ code: 'BAD_CSV', got: 'a, b' });
    expect(await errorOf(readAll(put('d.csv', 'answer,b,b\n1,2,3\n')))).toMatchObject({
      code: 'BAD_CSV',
      line: 1,
      got: 'b',
    });
  });

  it('names the line of a row with too many cells, of a bad label, of a bad JSON cell', async () => {
    const file = put('r.csv', 'answer,label,tokens\n"two\nlines",1,\nx,1,[],9\ny,maybe,\nz,0,[oops\nw,0,\n');
    expect(await errorOf(readAll(file))).toMatchObject({
      code: 'BAD_CSV',
      line: 4,
      expected: '3 cells',
      got: 4,
    });
    const { lines, bad } = await readAll(file, { badLines: 'skip' });
    expect(lines).toEqual([2, 7]);
    expect(bad.map(({ line, text, error }) => [line, text, error.code, error.detail.field])).toEqual([
      [4, 'x,1,[],9', 'BAD_CSV', undefined],
      [5, 'y,maybe,', 'BAD_LABEL', 'label'],
      [6, 'z,0,[oops', 'BAD_RECORD', 'tokens'],
    ]);
  });

  it('keeps the rest of a file with a quote that is never closed as one bad line', async () => {
    const file = put('u.csv', 'id,answer\n1,a\n2,"b\n3,c\n');
    expect(await errorOf(readAll(file))).toMatchObject({
      code: 'BAD_CSV',
      file,
      line: 3,
      message: expect.stringMatching(/never closed/),
    });
    const { records, bad } = await readAll(file, { badLines: 'skip' });
    expect(records).toEqual([{ id: '1', answer: 'a' }]);
    expect(bad.map(({ line, text }) => [line, text])).toEqual([[3, '2,"b\n3,c\n']]);
  });
});
