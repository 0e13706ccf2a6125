import { appendFileSync, closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BadLine, type ReadOptions, readAnswers, readPacked } from '../../../data/read/answers.js';
import { parseJson } from '../../../data/read/json/parse-json.js';
import { linesOf } from '../../../data/read/lines.js';
import { newSummary, notesOf } from '../../../data/read/summary.js';
import { errorOf, fixture, readAll, temporary } from '../temporary.js';

const { folder, put } = temporary();

describe('JSON Lines', () => {
  it('reads the fixture: rounding, bare NaN, -Infinity, blank lines, lone surrogates, nulls, shorthand', async () => {
    const summary = newSummary();
    const { records, lines, bad, bytes } = await readAll(fixture('answers.jsonl'), { summary });
    expect(lines).toEqual([1, 3, 4]);
    expect(bad).toEqual([]);
    expect(bytes).toBe(readFileSync(fixture('answers.jsonl')).length);
    expect(records[0].tokens).toEqual([
      {
        token: 'Can',
        logprob: 0,
        top: [
          { token: 'Syd', logprob: Number.NEGATIVE_INFINITY },
          { token: 'Can', logprob: 0 },
        ],
      },
      { token: 'berra', logprob: null },
    ]);
    expect(records[0].labels).toEqual([{ value: 1, source: 'human' }]);
    expect(records[0].trace).toBe('NaN "Infinity"');
    expect(records[1]).toMatchObject({ answer: '', finish: 'length', verifiers: { nli: null } });
    expect(records[2]).toMatchObject({ id: 'answers.jsonl:4', answer: 'déjà vu \ud83d', choices: { A: 0.7 } });
    expect(summary).toMatchObject({ records: 3, bad: 0, unknownKeys: new Map([['trace', 2]]), ungrouped: 0 });
    expect(notesOf(summary)).toEqual(['keys that are not fields of the record were kept: trace (2)']);
  });

  it.each(['thread_id', 'conversationId', 'session_id', 'trace_id'])(
    'names %s, which groups nothing by itself',
    async (key) => {
      const text = ['a?', 'b?'].map((prompt) => `${JSON.stringify({ prompt, answer: 'x', [key]: '1' })}\n`).join('');
      const file = put(`${key}.jsonl`, text);
      const summary = newSummary();
      await readAll(file, { summary });
      expect(notesOf(summary).at(-1)).toBe(
        `${key} (2) looks like the id of a conversation and was not used. ` +
          `If turns of one conversation are separate rows, give --group-by ${key}`,
      );
      const grouped = newSummary();
      await readAll(file, { summary: grouped, groupBy: key });
      expect(grouped.conversationKeys.size).toBe(0);
    },
  );

  it.each(['lines', 'an array'])('refuses bytes that are no UTF-8, in %s', async (how) => {
    const rows = ['{"id":"a","answer":"M\xfcnchen"}', '{"id":"b","answer":"\xc3\xaf\xc2\xbf\xef\xbf\xbd"}'];
    const text = how === 'lines' ? rows.join('\n') : `[${rows.join(',\n')}]`;
    const file = put(`latin-${how.length}.json`, Buffer.from(text, 'latin1'));
    const { records, bad } = await readAll(file, { badLines: 'skip' });
    expect(records.map(({ id, answer }) => [id, answer])).toEqual([['b', 'ï¿\ufffd']]);
    expect(bad).toEqual([
      expect.objectContaining({
        line: 1,
        error: expect.objectContaining({ code: 'BAD_JSON', message: expect.stringMatching(/not UTF-8.*iconv/) }),
      }),
    ]);
  });

  it('reads the same from gzip with several members and Zstandard with several frames, under any name', async () => {
    const plain = await readAll(fixture('answers.jsonl'));
    const raw = readFileSync(fixture('answers.jsonl'));
    const cut = raw.indexOf(10) + 1;
    const members = Buffer.concat([gzipSync(raw.subarray(0, cut)), gzipSync(raw.subarray(cut))]);
    for (const file of [
      put('a/answers.jsonl', members),
      put('b/answers.jsonl', readFileSync(fixture('answers.jsonl.zst'))),
    ]) {
      expect(await readAll(file)).toEqual({ ...plain, bytes: readFileSync(file).length });
    }
  });

  it('takes \\r\\n, a byte order mark, a last line without newline, very long lines, cuts anywhere', async () => {
    const long = 'é'.repeat(700_000);
    const text = `\uFEFF{"id":"a","answer":"1"}\r\n\r\n  \t\n{"id":"b","answer":"${long}"}\r\n{"id":"c","answer":"3"}`;
    const { records, lines } = await readAll(put('odd.jsonl', text));
    expect(records.map(({ id, answer }) => [id, answer.length])).toEqual([
      ['a', 1],
      ['b', 700_000],
      ['c', 1],
    ]);
    expect(lines).toEqual([1, 4, 5]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('', 'a', 'é€', 'b\r', ' '), { maxLength: 8 }),
        fc.integer({ min: 1, max: 5 }),
        async (parts, size) => {
          const bytes = Buffer.from(parts.join('\n'));
          async function* chunks() {
            for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
          }
          const got: string[] = [];
          for await (const found of linesOf(chunks())) got.push(...found.map((line) => `${line.number}:${line.text}`));
          const expected = parts
            .map((part, i) => [i + 1, part.replace(/\r$/, '')] as const)
            .filter(([, part]) => part.trim() !== '');
          expect(got).toEqual(expected.map(([i, part]) => `${i}:${part}`));
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });

  it('reads in batches of 256, cut earlier where lines are long, and stops at maxRows', async () => {
    const file = put('many.jsonl', Array.from({ length: 1000 }, (_, i) => `{"answer":"${i}"}`).join('\n'));
    expect(await readAll(file)).toMatchObject({ batches: 4, lines: Array.from({ length: 1000 }, (_, i) => i + 1) });
    const some = await readAll([file, file], { maxRows: 300 });
    expect(some.records.map(({ answer }) => answer)).toEqual(Array.from({ length: 300 }, (_, i) => String(i)));
    const wide = put(
      'wide.jsonl',
      Array.from({ length: 40 }, (_, i) => `{"answer":"${'x'.repeat(50_000)}${i}"}`).join('\n'),
    );
    const sizes: number[] = [];
    for await (const batch of readAnswers([wide], {})) sizes.push(batch.records.length);
    expect(sizes).toEqual([16, 16, 8]);
  });

  it('keeps nothing open when its reader stops early', async () => {
    const file = put('early.jsonl.gz', gzipSync('{"answer":"x"}\n'.repeat(100_000)));
    for (let i = 0; i < 3; i++) {
      for await (const { records } of readAnswers([file], {})) {
        expect(records.length).toBe(256);
        break;
      }
    }
  });
});

describe('bad JSON Lines', () => {
  const file = put(
    'bad.jsonl',
    '{"answer":"a"}\n{"answer": "b",}\nnot json\n{"answer":"c","stated":95}\n{"answer":"d"}\n',
  );

  it('stops at the first bad line with file, line and what is there', async () => {
    expect(await errorOf(readAll(file))).toMatchObject({ code: 'BAD_JSON', file, line: 2, got: '{"answer": "b",}' });
  });

  it('sets bad lines aside in order with their raw text, and loses nothing', async () => {
    const summary = newSummary();
    const { records, lines, bad } = await readAll(file, { badLines: 'skip', summary });
    expect(records.map(({ answer }) => answer)).toEqual(['a', 'd']);
    expect(lines).toEqual([1, 5]);
    expect(bad.map(({ line, text, error }) => [line, text, error.code, error.detail.line, error.detail.field])).toEqual(
      [
        [2, '{"answer": "b",}', 'BAD_JSON', 2, undefined],
        [3, 'not json', 'BAD_JSON', 3, undefined],
        [4, '{"answer":"c","stated":95}', 'BAD_RECORD', 4, 'stated'],
      ],
    );
    expect(summary).toMatchObject({ records: 2, bad: 3 });
  });

  it('reads pretty-printed JSON and JSON arrays, whatever the file is called', async () => {
    expect((await readAll(put('pretty.jsonl', '{\n  "answer": "x"\n}\n{\n  "answer": "y"\n}\n'))).records).toEqual([
      { id: 'pretty.jsonl:1', answer: 'x' },
      { id: 'pretty.jsonl:4', answer: 'y' },
    ]);
    const { records, bad } = await readAll(
      put('array.json', '[\n{"answer": "x"},\n{"answer": 1e},\n{"answer": "z"}]'),
      {
        badLines: 'skip',
      },
    );
    expect(records.map(({ id, answer }) => [id, answer])).toEqual([
      ['array.json:2', 'x'],
      ['array.json:4', 'z'],
    ]);
    expect(bad.map(({ line, error }) => [line, error.code])).toEqual([[3, 'BAD_JSON']]);
  });

  it('names a missing file, a folder, data cut off and data damaged', async () => {
    expect(await errorOf(readAll(`${folder}/none.jsonl`))).toMatchObject({
      code: 'FILE_MISSING',
      file: `${folder}/none.jsonl`,
    });
    expect(await errorOf(readAll(folder))).toMatchObject({ code: 'FILE_UNREADABLE', file: folder });
    const gz = gzipSync(Array.from({ length: 5000 }, (_, i) => `{"answer":"${(i * 7919) % 5003}"}\n`).join(''));
    const short = put('short.jsonl.gz', gz.subarray(0, gz.length >> 1));
    expect(await errorOf(readAll(short))).toMatchObject({
      code: 'FILE_UNREADABLE',
      file: short,
      message: expect.stringMatching(/cut off/),
    });
    const wrong = Buffer.from(gz);
    wrong[gz.length - 6] ^= 0xff; // in the checksum
    expect(await errorOf(readAll(put('wrong.jsonl.gz', wrong)))).toMatchObject({
      message: expect.stringMatching(/damaged/),
    });
    const zst = readFileSync(fixture('answers.jsonl.zst'));
    const shortZst = put('short.jsonl.zst', zst.subarray(0, zst.length - 20));
    expect(await errorOf(readAll(shortZst))).toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringMatching(/cut off/),
    });
    const wrongZst = Buffer.from(zst);
    wrongZst.fill(0xff, 12, 60);
    expect(await errorOf(readAll(put('wrong.jsonl.zst', wrongZst)))).toMatchObject({
      message: expect.stringMatching(/damaged/),
    });
  });

  it('gives what came before the cut first', async () => {
    const gz = gzipSync('{"answer":"x"}\n'.repeat(200_000), { level: 0 });
    const path = put('late.jsonl.gz', gz.subarray(0, gz.length - 100));
    let rows = 0;
    const read = (async () => {
      for await (const { records } of readAnswers([path], { badLines: 'skip' })) rows += records.length;
    })();
    expect(await errorOf(read)).toMatchObject({ code: 'FILE_UNREADABLE' });
    expect(rows).toBeGreaterThan(150_000);
  });
});

describe('parseJson', () => {
  it('mends bare NaN and infinities outside of strings only', () => {
    expect(parseJson('{"a": NaN, "b": [Infinity, -Infinity], "NaN": "NaN \\" Infinity", "c": -1e3}')).toEqual({
      a: null,
      b: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      NaN: 'NaN " Infinity',
      c: -1000,
    });
    expect(() => parseJson('{"a": NaNs}')).toThrow(SyntaxError);
    expect(() => parseJson('{"a": "NaN}')).toThrow(SyntaxError);
  });

  it('agrees with JSON.parse on JSON, with a NaN put anywhere that a value stands', () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (json, text) => {
        expect(parseJson(json)).toEqual(JSON.parse(json));
        const list = `[${json}, NaN, ${JSON.stringify(`NaN${text}`)}]`;
        expect(parseJson(list)).toEqual([JSON.parse(json), null, `NaN${text}`]);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('survives a long string with a bare NaN beside it', () => {
    const long = '\\"é'.repeat(1_000_000);
    expect((parseJson(`{"a":"${long}","b":NaN}`) as { a: string }).a.length).toBe(2_000_000);
  });
});

describe('a file that grows while it is read', () => {
  it('is read as far as it goes, in order', async () => {
    const path = `${folder}/growing.jsonl`;
    const file = openSync(path, 'w');
    writeSync(file, '{"answer":"1"}\n'.repeat(50_000));
    closeSync(file);
    let rows = 0;
    for await (const { records } of readAnswers([path], {})) {
      if (rows === 0) appendFileSync(path, '{"answer":"2"}\n');
      rows += records.length;
    }
    expect(rows).toBeGreaterThanOrEqual(50_000);
  });
});

describe('bytes that are no UTF-8', () => {
  const bad = Buffer.from('{"id":"b","answer":"caf\xe9"}\n', 'latin1');
  const good = (id: string, answer: string) => Buffer.from(`${JSON.stringify({ id, answer })}\n`);

  it('set their line aside, and no other', async () => {
    const wide = good('c', '\u{1F600}\uFFFD'.repeat(40_000)); // longer than a chunk, which then ends within a character
    const lines = put('latin1.jsonl', Buffer.concat([good('a', 'A'), bad, wide, bad]));
    for (const read of [readAll, readAllPacked]) {
      const found = await read(lines, { badLines: 'skip' });
      expect(found.records.map(({ id }) => id)).toEqual(['a', 'c']);
      expect(found.bad.map(({ line, error }) => [line, error.code])).toEqual([
        [2, 'BAD_JSON'],
        [4, 'BAD_JSON'],
      ]);
    }
    const list = put(
      'latin1.json',
      Buffer.concat([Buffer.from('[\n'), good('a', 'A'), Buffer.from(','), bad, Buffer.from(']')]),
    );
    const { records, bad: aside } = await readAll(list, { badLines: 'skip' });
    expect([records.map(({ id }) => id), aside.map(({ error }) => error.code)]).toEqual([['a'], ['BAD_JSON']]);
  });
});

/** The same as `readAll`, by the scanner. */
async function readAllPacked(file: string, options: ReadOptions) {
  const records: { id?: string }[] = [];
  const bad: BadLine[] = [];
  for await (const batch of readPacked([file], options)) {
    records.push(...batch.records);
    bad.push(...batch.bad);
  }
  return { records, bad };
}
