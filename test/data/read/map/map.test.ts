import { join } from 'node:path';
import fc from 'fast-check';
import { parquetWriteFile } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { type ReadOptions, readPacked } from '../../../../data/read/answers.js';
import { readMap } from '../../../../data/read/map/map.js';
import { suggestMap } from '../../../../data/read/map/suggest-map.js';
import type { VouchError } from '../../../../support/errors.js';
import { errorOf, readAll, temporary } from '../../temporary.js';

const { folder, put } = temporary();
const lines = (...rows: unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

async function readAllPacked(file: string, options: ReadOptions) {
  const records: unknown[] = [];
  for await (const batch of readPacked([file], options)) records.push(...batch.records);
  return records;
}

const body = { choices: [{ message: { content: 'Oslo' } }], usage: { total: 5 } };
const map = {
  answer: 'body.choices[0].message.content',
  prompt: 'turns[-1].text',
  model: 'llm.name',
  'features.total': 'body.usage.total',
};
const row = (stored: unknown, turns: unknown) => ({ 'llm.name': 'm', turns, body: stored, n: 1 });
const turns = [{ text: 'Hi' }, { text: 'Norway?' }];
const fields = { answer: 'Oslo', prompt: 'Norway?', model: 'm', features: { total: 5 } };

describe('readMap', () => {
  it('refuses a field that is given twice', async () => {
    await expect(readMap('answer=a,prompt=p,answer=b')).rejects.toMatchObject({
      code: 'BAD_USAGE',
      detail: { field: '--map', got: 'answer' },
    });
  });

  it('takes conversation and session', async () => {
    expect(await readMap('answer=a,conversation=thread_id,session=s')).toEqual({
      answer: 'a',
      conversation: 'thread_id',
      session: 's',
    });
  });
});

describe('--map with paths', () => {
  it('reads JSON Lines, with objects and with JSON as text', async () => {
    const file = put('a.jsonl', lines(row(body, turns), row(JSON.stringify(body), JSON.stringify(turns))));
    const { records } = await readAll(file, { map });
    expect(records).toHaveLength(2);
    for (const record of records) expect(record).toMatchObject(fields);
    expect(await readAllPacked(file, { map })).toEqual(records);
  });

  it('reads cells of CSV that hold JSON or a Python literal', async () => {
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const python = "{'choices': [{'message': {'content': 'Oslo'}}], 'usage': {'total': 5}}";
    const cells = [JSON.stringify(body), python].map((cell) =>
      ['m', quoted(JSON.stringify(turns)), quoted(cell), '1'].join(','),
    );
    const { records } = await readAll(put('a.csv', `llm.name,turns,body,n\n${cells.join('\n')}\n`), { map });
    expect(records).toHaveLength(2);
    for (const record of records) expect(record).toMatchObject(fields);
  });

  it('reads Parquet', async () => {
    const file = join(folder, 'a.parquet');
    await parquetWriteFile({
      filename: file,
      columnData: [
        { name: 'llm.name', data: ['m'], type: 'STRING' },
        { name: 'turns', data: [JSON.stringify(turns)], type: 'STRING' },
        { name: 'body', data: [body], type: 'JSON' },
      ],
    });
    const { records } = await readAll(file, { map });
    expect(records[0]).toMatchObject(fields);
  });
});

describe('a mapped field that no row has', () => {
  const rows = (n: number) => Array.from({ length: n }, (_, i) => ({ reply: { text: 'x' }, prompt: 'q', i }));

  it('is an error at the end of the file, with the keys that are there', async () => {
    const file = put('b.jsonl', lines(...rows(3)));
    const error = await errorOf(readAll(file, { map: { answer: 'reply.text', model: 'llm' } }));
    expect(error).toMatchObject({
      code: 'BAD_USAGE',
      file,
      field: 'map.model',
      expected: 'llm',
      got: 'reply, reply.text, prompt, i',
      message: expect.stringMatching(/no row of the file has it/),
    });
  });

  it('is one after 1,000 rows of a longer file, and none where a later one of those has it', async () => {
    const late = (at: number) =>
      put('c.jsonl', lines(...rows(3000).map((each, i) => (i === at ? { ...each, llm: 'm' } : each))));
    const options = { map: { answer: 'reply.text', model: 'llm' }, badLines: 'skip' } as const;
    expect((await readAll(late(999), options)).records.filter((r) => r.model === 'm')).toHaveLength(1);
    expect(await errorOf(readAll(late(1500), options))).toMatchObject({
      code: 'BAD_USAGE',
      message: expect.stringMatching(/none of the first 1000 rows has it/),
    });
    expect(await errorOf(readAllPacked(late(-1), options))).toMatchObject({
      code: 'BAD_USAGE',
      field: 'map.model',
    });
  });

  it('is none where it is null, or only in what a format reads', async () => {
    const file = put('d.jsonl', lines(...rows(2).map((each) => ({ ...each, llm: null }))));
    expect((await readAll(file, { map: { answer: 'reply.text', model: 'llm' } })).records).toHaveLength(2);
  });

  it('is one in CSV where no cell holds the path', async () => {
    const file = put('d.csv', 'raw,prompt\n"{""text"": ""x""}",q\n');
    expect((await readAll(file, { map: { answer: 'raw.text' } })).records[0].answer).toBe('x');
    expect(await errorOf(readAll(file, { map: { answer: 'raw.text', model: 'raw.model' } }))).toMatchObject({
      code: 'BAD_USAGE',
      expected: 'raw.model',
    });
    expect(await errorOf(readAll(file, { map: { answer: 'row.text' } }))).toMatchObject({
      code: 'BAD_CSV',
      expected: 'row.text',
    });
  });
});

describe('what an error suggests', () => {
  it.each<[row: Record<string, unknown>, map: string | null]>([
    [{ response: 'x', prompt: 'q' }, 'answer=response'],
    [{ output: { text: 'x' }, question: 'q' }, 'answer=output.text,prompt=question'],
    [{ response: { choices: [{ message: { content: 'x' } }] } }, 'answer=response.choices[0].message.content'],
    [{ result: 'x', input: 'q' }, 'answer=result,prompt=input'],
    [{ generated_text: 'x' }, 'answer=generated_text'],
    [{ answer: { text: 'x' } }, 'answer=answer.text'],
    [{ answer: null, completion: 'x' }, 'answer=completion'],
    [{ output: '{"answer": "x", "score": 1}' }, 'answer=output.answer'],
    [{ id: 7, label: 'yes', 'Model Output': 'x' }, 'answer=Model Output'],
    [{ data: { generations: [{ text: 'x' }] } }, 'answer=data.generations[0].text'],
    [{ prediction: 'x', tokens: 'nonsense' }, null],
    [{ response: 'x', output: 'y' }, null],
    [{ request: { text: 'x' }, prompt: { content: 'y' } }, null],
    [{ 'output=1': { text: 'x' } }, null],
    [{ output: 42 }, null],
    [{ a: 1 }, null],
  ])('for %j is %s', (row, suggested) => {
    expect(suggestMap(row)).toBe(suggested);
  });

  it('says nothing where a list holds several answers, of which it would read the first', () => {
    expect(suggestMap({ data: [{ answer: 'a' }, { answer: 'b' }] })).toBeNull();
    expect(suggestMap({ data: [{ answer: 'a' }] })).toBe('answer=data[0].answer');
  });

  /** What `--map` the hint of an error says. */
  const mapIn = (error: Record<string, unknown>) =>
    /If the answer is there, use --map (.+)\.$/.exec(String(error.hint))?.[1];

  it('reads the file when it is followed', async () => {
    for (const row of [
      { output: { text: 'x' }, question: 'q' },
      { result: 'x', input: 'q', id: 17, label: 'yes' },
      { data: { reply: { content: 'x' } }, question: 'q' },
    ]) {
      const file = put('s.jsonl', lines(row));
      const given = mapIn(await errorOf(readAll(file)));
      expect(given).toBeDefined();
      const { records } = await readAll(file, { map: await readMap(given as string) });
      expect(records[0]).toMatchObject({ answer: 'x', prompt: 'q' });
    }
    const csv = put('s.csv', 'question,raw_output,n\nq,"{""response"": {""text"": ""x""}}",1\n');
    expect(mapIn(await errorOf(readAll(csv)))).toBeUndefined();
    const table = put('t.csv', 'question,result,n\nq,"{""response"": {""text"": ""x""}}",1\n');
    const given = mapIn(await errorOf(readAll(table)));
    expect((await readAll(table, { map: await readMap(given as string) })).records[0]).toMatchObject({
      answer: 'x',
      prompt: 'q',
    });
  });

  it('never leads in a circle: it reads any row it is made for, or is not made', async () => {
    const key = fc.constantFrom(
      'answer',
      'response',
      'output',
      'text',
      'content',
      'message',
      'result',
      'choices',
      'a.b',
      'prompt',
      'input',
      'question',
      'label',
      'tokens',
      'id',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        fc.constantFrom<unknown>('x', 'y', '', 7, null, true, '{"text":"z"}', '[1]', 'yes'),
        fc.array(tie('value'), { maxLength: 2 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4 }),
      ),
    }));
    let suggestions = 0;
    await fc.assert(
      fc.asyncProperty(fc.dictionary(key, value, { minKeys: 1, maxKeys: 5 }), async (row) => {
        const file = put('p.jsonl', lines(row));
        const error = await readAll(file).then(
          () => null,
          (thrown: VouchError) => thrown,
        );
        const given = mapIn({ hint: error?.detail.hint });
        if (given === undefined) return;
        suggestions++;
        const { records } = await readAll(file, { map: await readMap(given) });
        expect(records).toHaveLength(1);
        expect(records[0].answer.trim()).not.toBe('');
      }),
      { numRuns: 500, seed: 8 },
    );
    expect(suggestions).toBeGreaterThan(40);
  });
});
