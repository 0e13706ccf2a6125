import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newSummary, notesOf } from '../../../../data/read/summary.js';
import { type ColumnsOptions, columnsOf } from '../../../../data/read/table/columns.js';
import { errorOf, readAll, temporary } from '../../temporary.js';

const { put } = temporary();
const caseFile = (path: string) => resolve(import.meta.dirname, '../../../cases', path);
const of = (header: string, more: Partial<ColumnsOptions> = {}) =>
  columnsOf(header.split('|'), { map: {}, file: 'f.csv', code: 'BAD_CSV', ...more });
const errorIn = (header: string, more: Partial<ColumnsOptions> = {}) => {
  try {
    of(header, more);
  } catch (error) {
    return error as { code: string; detail: Record<string, unknown>; what: string };
  }
  throw new Error('no error');
};

describe('columnsOf', () => {
  it('takes canonical names as they are, and lists what it guessed', () => {
    const { fields, guessed, rest } = of('id|question|Model Name|response|is_correct|plan');
    expect(fields).toEqual([
      ['id', 'id'],
      ['model', 'Model Name'],
      ['prompt', 'question'],
      ['answer', 'response'],
      ['label', 'is_correct'],
    ]);
    expect(guessed).toEqual(fields.slice(1));
    expect(rest).toEqual([['plan', 'plan']]);
  });

  it.each(['score', 'source', 'system', 'date', 'target', 'rationale', 'Score', 'SOURCE'])(
    'never takes %s for a field',
    (column) => {
      const { fields, rest } = of(`prompt|answer|${column}`);
      expect(fields).toEqual([
        ['prompt', 'prompt'],
        ['answer', 'answer'],
      ]);
      expect(rest).toEqual([[column, column]]);
    },
  );

  it.each(['conversation_id', 'Thread ID', 'chat-id', 'dialogueId', 'dialog_id'])(
    'takes %s as the conversation',
    (column) => {
      const { fields, guessed } = of(`prompt|answer|${column}`);
      expect(fields.at(-1)).toEqual(['conversation', column]);
      expect(guessed).toEqual([['conversation', column]]);
    },
  );

  it('refuses half a prompt, with a way out that works', () => {
    expect(of('instruction|output').fields).toEqual([
      ['prompt', 'instruction'],
      ['answer', 'output'],
    ]);
    expect(errorIn('instruction|input|output')).toMatchObject({
      code: 'BAD_CSV',
      detail: { got: 'instruction, input', hint: expect.stringContaining('--map prompt=instruction,context=input') },
    });
    const map = { prompt: 'instruction', context: 'input' };
    expect(of('instruction|input|output', { map }).fields).toEqual([
      ['prompt', 'instruction'],
      ['context', 'input'],
      ['answer', 'output'],
    ]);
    expect(of('prompt|instruction|input|output').fields[0]).toEqual(['prompt', 'prompt']);
  });

  it('guesses no label where grades come from a file', () => {
    expect(of('answer|correct', { graded: true }).rest).toEqual([['correct', 'correct']]);
    expect(of('answer|correct', { graded: false }).fields).toContainEqual(['label', 'correct']);
    expect(of('answer|label', { graded: true }).rest).toEqual([['_label', 'label']]);
    expect(of('answer|labels|grade', { graded: true }).fields).toEqual([['answer', 'answer']]);
    expect(of('answer|labels').fields).toContainEqual(['label', 'labels']);
  });

  it('wants to be told which of two is the answer or the label, and names what else could be a field', () => {
    expect(errorIn('response|output').detail).toMatchObject({ got: 'response, output' });
    expect(errorIn('answer|Answer').detail).toMatchObject({ got: 'answer, Answer' });
    expect(errorIn('answer|correct|grade').detail).toMatchObject({
      got: 'correct, grade',
      hint: 'Name it: --map label=COLUMN.',
    });
    expect(of('answer|correct|grade', { map: { label: 'grade' } }).rest).toEqual([['correct', 'correct']]);
    expect(of('answer|label|grade').rest).toEqual([['grade', 'grade']]);
    const { guessed, rivals } = of('answer|input|question|query');
    expect(guessed).toEqual([['prompt', 'question']]);
    expect(rivals).toEqual([
      ['prompt', 'input'],
      ['prompt', 'query'],
    ]);
  });

  it('takes a column whose name holds dots as that column, and a path where it leads into one', () => {
    const header = 'attributes.llm.model_name|attributes.output.value|raw';
    const map = {
      answer: 'attributes.output.value',
      model: 'attributes.llm.model_name',
      prompt: 'raw.messages[0].content',
    };
    expect(of(header, { map }).fields).toEqual(Object.entries(map));
    expect(errorIn(header, { map: { answer: 'attributes.output.text' } }).detail).toMatchObject({
      field: 'answer',
      expected: 'attributes.output.text',
      got: header.replaceAll('|', ', '),
    });
    expect(of('choices.0.message.content|answer').rest).toEqual([
      ['choices.0.message.content', 'choices.0.message.content'],
    ]);
  });
});

describe('tables', () => {
  it('say which columns were taken for what, what else could be, and where a comma is decimal', async () => {
    const summary = newSummary();
    const file = put('g.csv', 'question;input;response;confidence;features.x\nq;i;r;0,5;1,25\n');
    expect((await readAll(file, { summary })).records).toEqual([
      { id: 'g.csv:2', prompt: 'q', answer: 'r', stated: 0.5, input: 'i', features: { x: 1.25 } },
    ]);
    expect(notesOf(summary)[0]).toBe(
      `${file}: columns were recognised by their names: features.x, prompt ← question, answer ← response, ` +
        'stated ← confidence; input could also be prompt; the comma is decimal in features.x, confidence',
    );
  });

  it('refuse a confidence on a scale that the column does not tell', async () => {
    const file = (...cells: (string | number)[]) =>
      put('s.csv', `answer,confidence\n${cells.map((c) => `x,${c}\n`).join('')}`);
    expect(await errorOf(readAll(file(5, 3, 1)))).toMatchObject({
      code: 'BAD_RECORD',
      file: expect.stringMatching(/s\.csv$/),
      field: 'stated',
      got: 5,
      hint: expect.stringMatching(/--map features\.confidence=COLUMN/),
    });
    const map = { 'features.confidence': 'confidence' };
    expect((await readAll(file(5, 3, 1), { map })).records.map((r) => r.features)).toEqual([
      { confidence: 5 },
      { confidence: 3 },
      { confidence: 1 },
    ]);
    expect(await errorOf(readAll(file(90, 0.9)))).toMatchObject({ line: 3, field: 'stated', got: 0.9 });
    expect((await readAll(file('90%', 7, '"85,5 %"', 'NaN'))).records.map((r) => r.stated)).toEqual([
      0.9,
      0.07,
      0.855,
      null,
    ]);
  });

  it('refuse a number where the column does not tell decimals from thousands', async () => {
    const rows = (...cells: string[]) =>
      readAll(put('t.csv', `answer;features.x\n${cells.map((cell) => `x;${cell}\n`).join('')}`), { badLines: 'skip' });
    const found = await rows('1,234', '5');
    expect(found.records.map((r) => r.features)).toEqual([{ x: 5 }]);
    expect(found.bad[0].error.detail).toMatchObject({ line: 2, field: 'features.x', got: '1,234' });
    expect((await rows('1,234', '0,5')).records.map((r) => r.features)).toEqual([{ x: 1.234 }, { x: 0.5 }]);
    expect((await rows('1,234', '0.5')).records.map((r) => r.features)).toEqual([{ x: 1234 }, { x: 0.5 }]);
    expect((await rows('pro', '1,2')).records.map((r) => r.features)).toEqual([{ x: 'pro' }, { x: '1,2' }]);
  });

  it('read aliases separated by |, but keep bars that belong to the text; read JSON and Python lists', async () => {
    const cells = [
      'Ann|Bob',
      '|x| = 2',
      'P(A|B)',
      '"[""a"", ""b|c""]"',
      "['a', \"it's\"]",
      "['a' 'b']",
      '[42]',
      '[sic] yes',
      '"[""a"", null]"',
    ];
    const { records } = await readAll(put('r.csv', `answer;reference\n${cells.map((cell) => `x;${cell}\n`).join('')}`));
    expect(records.map((r) => r.reference)).toEqual([
      ['Ann', 'Bob'],
      ['|x| = 2'],
      ['P(A|B)'],
      ['a', 'b|c'],
      ['a', "it's"],
      ['a', 'b'],
      ['42'],
      ['[sic] yes'],
      ['a'],
    ]);
  });

  it('say what to do with a column of counts under the name of a list', async () => {
    const file = put('n.csv', 'answer,tokens\nx,157\n');
    const error = await errorOf(readAll(file));
    expect(error).toMatchObject({
      field: 'tokens',
      got: 157,
      hint: expect.stringMatching(/--map features\.tokens=tokens/),
    });
    const { records } = await readAll(file, { map: { 'features.tokens': 'tokens' } });
    expect(records[0].features).toEqual({ tokens: 157 });
  });
});

describe('case 11', () => {
  const two = [
    { id: '1', prompt: 'q', answer: 'a', labels: [{ value: 1 }] },
    { id: '2', prompt: 'q2', answer: 'b', labels: [{ value: 0 }] },
  ];
  const read = async (name: string) => (await readAll(caseFile(`11-csv/${name}`), { badLines: 'skip' })).records;

  it.each(['blanktail.csv', 'excel-sep.csv', 'mac.csv'])('%s', async (name) => {
    expect((await read(name)).map(({ prompt, ...rest }) => rest)).toEqual(two.map(({ prompt, ...rest }) => rest));
  });

  it('the others', async () => {
    expect(await read('a.jsonl')).toEqual([
      { id: '1', prompt: 'q', answer: 'a' },
      { id: '2', prompt: 'q2', answer: 'b' },
    ]);
    expect(await read('hdr.csv')).toEqual([
      { id: 'hdr.csv:2', prompt: 'q', answer: 'a', 'id, x': '1', labels: [{ value: 1 }] },
    ]);
    expect(await read('pandas.csv')).toEqual([
      { id: 'pandas.csv:2', prompt: 'q', answer: 'a', 'column 1': '0', labels: [{ value: 1 }] },
      { id: 'pandas.csv:3', prompt: 'q2', answer: 'b', 'column 1': '1', labels: [{ value: 0 }] },
    ]);
    expect((await read('quotes.csv')).map(({ prompt, answer, labels }) => [prompt, answer, labels?.[0].value])).toEqual(
      [
        ['q', '5" pipe', 1],
        ['q2', '5" pipe', 0],
        ['q "x" y', 'b', 1],
        ['q', '', 0],
      ],
    );
    expect((await read('tabs.tsv')).map(({ answer }) => answer)).toEqual(['a "b', 'b']);
  });

  it('semi.csv: grades in words that are not known are refused row by row, with the place', async () => {
    const { records, bad } = await readAll(caseFile('11-csv/semi.csv'), { badLines: 'skip' });
    const places = [
      ...records.map(({ id }) => id),
      ...bad.map(({ line, error }) => [line, error.code, error.detail.field, error.detail.got]),
    ];
    expect(places).toContainEqual('2');
    expect(records.find(({ id }) => id === '2')).toEqual({ id: '2', prompt: 'x', answer: 'y', labels: [{ value: 1 }] });
    for (const { error } of bad) expect([error.code, error.detail.field]).toEqual(['BAD_LABEL', 'label']);
  });
});

describe('cases of tables', () => {
  it('14: decimal commas', async () => {
    const summary = newSummary();
    const { records } = await readAll(caseFile('14-decimal-comma/in.csv'), { summary });
    expect(records.map(({ stated, features, labels }) => [stated, features?.score, labels?.[0].value])).toEqual([
      [0.85, 0.93, 1],
      [0.2, 0.11, 0],
      [undefined, 0.4, 0.5],
    ]);
    expect(notesOf(summary)[0]).toMatch(/the comma is decimal in label, stated, features\.score$/);
    const second = await readAll(caseFile('14-decimal-comma/in2.csv'));
    expect(second.records.map(({ features }) => features?.score)).toEqual([0.93, 0.11, 0.4]);
  });

  it('27: grades of a file stand, score and source stay what they are', async () => {
    const labels = caseFile('27-score-column/grades.csv');
    const { records } = await readAll(caseFile('27-score-column/answers.csv'), { labels });
    expect(records.map((r) => r.labels)).toEqual([1, 0, 1].map((value) => [{ value, source: 'unknown' }]));
    expect(records[0]).toMatchObject({ source: 'user-guide.pdf', score: '0.31' });
    const graded = put('graded.csv', 'id,answer,correct\n1,a,0\n2,b,1\n3,c,0\n');
    expect((await readAll(graded, { labels })).records.map((r) => r.labels?.map(({ value }) => value))).toEqual([
      [1],
      [0],
      [1],
    ]);
  });

  it('32: system is not the model; tokens as JSON with bare infinities and as Python writes them', async () => {
    expect((await readAll(caseFile('32-system-column/a.csv'))).records[0].model).toBe('gpt-x');
    const [b] = (await readAll(caseFile('32-system-column/b.csv'))).records;
    expect(b).toMatchObject({ answer: 'a', system: 'You are a helpful assistant.' });
    expect(b.model).toBeUndefined();
    expect((await readAll(caseFile('32-system-column/c.csv'))).records.map((r) => r.tokens)).toEqual([
      [{ token: 'a', logprob: -Infinity }],
      [{ token: 'a', logprob: -0.1 }],
    ]);
  });

  it('34: probabilities a rounding outside of 0..1', async () => {
    const { records } = await readAll(caseFile('34-choice-rounding/in.jsonl'));
    expect(records.map(({ choices, stated, verifiers }) => ({ choices, stated, verifiers }))).toEqual([
      { choices: { A: 0, B: 1 } },
      { choices: { A: 0, B: 1 } },
      { stated: 1, verifiers: { v: 0 } },
    ]);
  });
});
