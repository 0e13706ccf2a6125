import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { questionSample } from '../../../data/label/question-sample.js';
import { todoCsv } from '../../../data/label/todo.js';
import type { AnswerRecord } from '../../../data/record.js';
import { labelSample } from '../../../scripts/label/label-sample.js';
import { errorOf, readAll, temporary } from '../temporary.js';

const { folder, put } = temporary();
const row = (id: string, group: string, more: Partial<AnswerRecord> = {}): AnswerRecord => ({
  id,
  group,
  answer: id,
  ...more,
});

function draw(records: AnswerRecord[], most: number, seed = 1): string[] {
  const sample = questionSample(most, seed);
  for (const record of records) sample.add(record, 'a.jsonl');
  return sample.drawn().map(({ record }) => record.id);
}

describe('answers drawn for people', () => {
  const many = Array.from({ length: 600 }, (_, i) => row(`${i}`, `g${i % 200}`));

  it('are one to a question, the same whatever the order of the rows, others by another seed', () => {
    const drawn = draw(many, 50);
    expect(drawn).toHaveLength(50);
    expect(new Set(drawn.map((id) => Number(id) % 200)).size).toBe(50);
    expect(draw([...many].reverse(), 50)).toEqual(drawn);
    expect(draw(many, 50, 2)).not.toEqual(drawn);
    expect(draw(many, 20)).toEqual(drawn.slice(0, 20));
    expect(draw(many, 1000)).toHaveLength(200);
  });

  it('each question and each of its answers has the same chance', () => {
    const questions = new Float64Array(20);
    const answers = new Float64Array(3);
    const records = Array.from({ length: 60 }, (_, i) => row(`${i}`, `g${i % 20}`));
    for (let seed = 0; seed < 400; seed++) {
      for (const id of draw(records, 5, seed)) {
        questions[Number(id) % 20]++;
        answers[Math.floor(Number(id) / 20)]++;
      }
    }
    // 400 draws of 5 in 20: 100 each, standard deviation 8.7; of 3 answers: 667 each, standard deviation 21
    for (const n of questions) expect(Math.abs(n - 100)).toBeLessThan(4.5 * 8.7);
    for (const n of answers) expect(Math.abs(n - 2000 / 3)).toBeLessThan(4.5 * 21.1);
  });

  it('leaves out what people graded, and rows without an answer', () => {
    const sample = questionSample(10, 1);
    sample.add(row('a', 'a', { labels: [{ value: 1, source: 'ANNOTATION' }] }), 'f');
    sample.add(row('b', 'b', { labels: [{ value: 1, source: 'auto:f1' }] }), 'f');
    sample.add({ ...row('c', 'c'), answer: null } as unknown as AnswerRecord, 'f');
    expect(sample.drawn().map(({ record }) => record.id)).toEqual(['b']);
    expect(sample.counts).toEqual({ answers: 1, graded: 1, without: 1 });
  });
});

describe('the file that people fill in', () => {
  const cells = (text: string) => parse(text, { bom: true, columns: true }) as Record<string, string>[];

  it('shows what is needed, begins formulas with an apostrophe, cuts what no cell holds', () => {
    const text = todoCsv(
      [
        {
          file: 'x/a.jsonl',
          record: row('q1/m', 'g', {
            messages: [
              { role: 'system', content: 'Be brief.' },
              { role: 'user', content: 'Hi' },
              { role: 'assistant', content: 'Hello' },
              { role: 'user', content: 'Sum "1;2"?' },
            ],
            answer: '=HYPERLINK("http://x")',
            reference: ['3', 'three'],
          }),
        },
        { file: 'x/b.jsonl', record: row('007', 'h', { prompt: '+1?', answer: 'y'.repeat(40_000) }) },
      ],
      'human',
    );
    expect(text.startsWith('\uFEFFid,file,prompt,answer,reference,label,comment,source\r\n')).toBe(true);
    const [first, second] = cells(text);
    expect(first).toEqual({
      id: 'q1/m',
      file: 'a.jsonl',
      prompt: 'user: Hi\n\nassistant: Hello\n\nuser: Sum "1;2"?',
      answer: `'=HYPERLINK("http://x")`,
      reference: '3 | three',
      label: '',
      comment: '',
      source: 'human',
    });
    expect(second).toMatchObject({ id: "'007", prompt: "'+1?", reference: '' });
    expect(second.answer).toHaveLength(32_000 + ' … (cut here)'.length);
  });

  it.each([
    '007',
    '1234567890123456789',
    '1-2',
    '2026-01-05',
    '1e5',
    '12E34',
    'TRUE',
    'MARCH1',
    '1-Mar',
    '=a',
    '-x',
    '+1',
    '@a',
    '3:45 pm',
    '1,5',
    '50%',
    "'a",
  ])('guards the id %s, which a spreadsheet would change', (id) => {
    expect(cells(todoCsv([{ file: 'f', record: row(id, 'g') }], 'human'))[0].id).toBe(`'${id}`);
  });

  it('comes back through --labels with every id exact and people as the source; what is empty is no grade', async () => {
    const id = fc
      .oneof(fc.string({ minLength: 1 }), fc.stringMatching(/^[-=+@'0-9eE.:/ ]{1,6}$/))
      .filter((text) => text.trim() !== '');
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(id, { minLength: 1, maxLength: 5 }), async (ids) => {
        const answers = put(`r${run}.jsonl`, ids.map((each) => `${JSON.stringify(row(each, each))}\n`).join(''));
        const out = join(folder, `todo${run++}.csv`);
        const options = { json: true, quiet: true, seed: 1, sample: 9 };
        await quietly(() => labelSample({ answers: [answers], read: {}, out, ...options }));
        const filled = cells(readFileSync(out, 'utf8')).map(
          ({ id: cell }, i) => `"${cell.replaceAll('"', '""')}",${i % 2 === 0 ? 'yes' : ''},human\n`,
        );
        const { records } = await readAll(answers, { labels: put('back.csv', `id,label,source\n${filled.join('')}`) });
        const labelled = records.filter((record) => record.labels !== undefined);
        expect(labelled).toHaveLength(Math.ceil(ids.length / 2));
        for (const record of labelled) expect(record.labels).toEqual([{ value: 1, source: 'human' }]);
      }),
      { numRuns: 60 },
    );
  });

  it('is never written over: people may have filled it in', async () => {
    const out = put('mine.csv', 'id,label\na,1\n');
    const answers = put('one.jsonl', '{"id":"a","answer":"x"}\n');
    const job = { answers: [answers], read: {}, out, sample: 1, seed: 1, json: true, quiet: true };
    expect(await errorOf(labelSample(job))).toMatchObject({ code: 'OUT_EXISTS', file: out });
    const done = put('done.csv', 'id,label,source\na,1,human\n');
    expect(await errorOf(labelSample({ ...job, read: { labels: done }, out: join(folder, 'none.csv') }))).toMatchObject(
      { code: 'NO_ANSWERS' },
    );
  });
});

async function quietly(work: () => Promise<void>): Promise<void> {
  const { write } = process.stdout;
  process.stdout.write = () => true;
  await work().finally(() => {
    process.stdout.write = write;
  });
}
