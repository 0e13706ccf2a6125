import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonDocument } from '../../../../data/read/json/json-document.js';
import { jsonValuesOf } from '../../../../data/read/json/json-values.js';
import { isEventStream, sseValuesOf } from '../../../../data/read/json/sse-values.js';

/** A text as a stream cut at the given bytes. */
async function* cut(text: string, at: readonly number[]): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  const ends = [...at.map((n) => n % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  let from = 0;
  for (const end of ends) {
    yield bytes.subarray(from, end);
    from = end;
  }
}

async function values(text: string, at: readonly number[] = [], read = jsonValuesOf): Promise<[string, number][]> {
  const out: [string, number][] = [];
  for await (const some of read(cut(text, at))) for (const { text: value, line } of some) out.push([value, line]);
  return out;
}

/** JSON values that are no arrays, as an array at the top is taken apart. */
const value = fc.jsonValue({ maxDepth: 3 }).filter((json) => !Array.isArray(json));
const any = fc.jsonValue({ maxDepth: 3 });
const cuts = fc.array(fc.nat(), { maxLength: 8 });

/** A list of values in one of the layouts that people store them in. */
const laidOut = fc
  .tuple(fc.array(value, { minLength: 1, maxLength: 6 }), fc.constantFrom(undefined, 1, 2, '\t'), fc.nat(3))
  .map(([list, indent, layout]): [unknown[], string] => {
    const each = list.map((item) => JSON.stringify(item, null, indent));
    if (layout === 0) return [list, JSON.stringify(list, null, indent)];
    if (layout === 1) return [list, each.join('\r\n')];
    if (layout === 2) return [list, `\uFEFF${each.join('\n\n')}\n`];
    const objects = list.map((item) => ({ item }));
    return [objects, objects.map((item) => JSON.stringify(item, null, indent)).join('')];
  });

describe('jsonValuesOf', () => {
  it('gives the same values in order, whatever the layout and wherever the chunks are cut', async () => {
    await fc.assert(
      fc.asyncProperty(laidOut, cuts, async ([list, text], at) => {
        const found = await values(text, at);
        expect(found.map(([json]) => JSON.parse(json))).toEqual(JSON.parse(JSON.stringify(list)));
      }),
      { numRuns: 400 },
    );
  });

  it('takes arrays at the top apart, one level deep, several in a row', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(any), { maxLength: 4 }), cuts, async (arrays, at) => {
        const found = await values(arrays.map((array) => JSON.stringify(array)).join('\n'), at);
        expect(found.map(([json]) => JSON.parse(json))).toEqual(JSON.parse(JSON.stringify(arrays.flat(1))));
      }),
      { numRuns: 200 },
    );
  });

  it('names the line where a value begins', async () => {
    expect(await values('[\n  {\n    "a": "}\\"["\n  },\r\n  2, "x",\n  [3,\n 4]\n]\n{"b":1}')).toEqual([
      ['{\n    "a": "}\\"["\n  }', 2],
      ['2', 5],
      ['"x"', 5],
      ['[3,\n 4]', 6],
      ['{"b":1}', 9],
    ]);
  });

  it('loses nothing of damaged text: only blanks, commas and top-level brackets are in no value', async () => {
    await fc.assert(
      fc.asyncProperty(
        laidOut,
        fc.nat(),
        fc.constantFrom('', '"', '{', ']', 'x', '\\', '\n'),
        async ([, text], at, put) => {
          const where = at % text.length;
          const damaged = text.slice(0, where) + put + text.slice(where + 1);
          const found = (await values(damaged)).map(([json]) => json).join('');
          const bare = (all: string): string => all.replace(/[\s,[\]\uFEFF]|[\ud800-\udfff]|\ufffd/g, '');
          expect(bare(found)).toBe(bare(damaged));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('makes damage a value that does not parse', async () => {
    expect(await values('[{"a":1},\n{"b":')).toEqual([
      ['{"a":1}', 1],
      ['{"b":', 2],
    ]);
    expect(await values('[{"a":1},\n{"b":2}\n')).toEqual([
      ['{"a":1}', 1],
      ['{"b":2}', 2],
      ['[', 1],
    ]);
    expect(await values('INFO loaded 3 rows\n{"a":1} ] {"b":"x')).toEqual([
      ['INFO loaded 3 rows', 1],
      ['{"a":1}', 2],
      [']', 2],
      ['{"b":"x', 2],
    ]);
    expect(await values('1 true\nNaN -Infinity x')).toEqual([
      ['1', 1],
      ['true', 1],
      ['NaN -Infinity x', 2],
    ]);
    expect(await values(' \uFEFF\n')).toEqual([]);
  });

  it('takes time in proportion to the text, however deep it is nested and however small the chunks are', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    expect(
      (
        await values(
          deep,
          Array.from({ length: 4000 }, (_, i) => i * 100),
        )
      ).map(([json]) => json.length),
    ).toEqual([399_998]);
  });
});

describe('isJsonDocument', () => {
  const object = fc.dictionary(fc.string(), any, { minKeys: 1, maxKeys: 4 });

  it('is right for any list of objects, as lines, as an array and pretty-printed', () => {
    fc.assert(
      fc.property(fc.array(object, { minLength: 1, maxLength: 5 }), fc.constantFrom(1, 4, '\t'), (list, indent) => {
        expect(isJsonDocument(list.map((item) => JSON.stringify(item)).join('\n'))).toBe(false);
        expect(isJsonDocument(list.map((item) => JSON.stringify(item)).join('\r\n'))).toBe(false);
        expect(isJsonDocument(JSON.stringify(list))).toBe(true);
        expect(isJsonDocument(JSON.stringify(list, null, indent))).toBe(true);
        expect(isJsonDocument(`\uFEFF${list.map((item) => JSON.stringify(item, null, indent)).join('\n')}`)).toBe(true);
        if (list.length > 1) expect(isJsonDocument(list.map((item) => JSON.stringify(item)).join(''))).toBe(true);
      }),
    );
  });

  it('takes a first line of JSON Lines that is truncated anywhere for a line', () => {
    fc.assert(
      fc.property(object, object, fc.nat(), (first, next, at) => {
        const whole = JSON.stringify(first);
        const line = JSON.stringify(next);
        const short = whole.slice(0, 1 + Math.max(1, at % (whole.length - 1)));
        expect(isJsonDocument(`${short}\n${line}\n${line}\n${line}\n`)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['{"samples": [\n{"a": 1},\n{"a": 2}\n]}', true],
    ['{"a": 1\n, "b": 2}', true],
    ['{\n  "a": "cut by the he', true],
    ['{ "a": 1,\n  "b": nul', true],
    ['{"a":1},\n{"a":2}', true],
    ['{"a":1} {"a":2}', true],
    ['[]', true],
    ['{"a": "one value that fills the he', false],
    ['{"a":NaN}\n{"a":-Infinity}', false],
    ['[INFO] loaded\n{"a":1}', false],
    ["{'a': 1,\n 'b': 2}", false],
    ['question,answer\n{,[', false],
    ['', false],
  ])('%j: %s', (head, is) => expect(isJsonDocument(head)).toBe(is));
});

describe('sseValuesOf', () => {
  it('gives what stands after data, with its line, wherever the chunks are cut', async () => {
    const text =
      '\uFEFFevent: message_start\r\ndata: {"a":1}\r\n\r\n: keep-alive\n\nid: 7\ndata:{"b":\ndata: 2}\n\ndata: {"c":3}\ndata: {"d":4}\ndata: [DONE]\n\n';
    const expected = [
      ['{"a":1}', 2],
      ['{"b":\n2}', 7],
      ['{"c":3}', 10],
      ['{"d":4}', 11],
    ];
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        expect(await values(text, at, sseValuesOf)).toEqual(expected);
      }),
    );
  });

  it('keeps what is cut off, errors that are no JSON, and lines that are no field', async () => {
    const text = 'data: {"a":\n\ndata: {"b":2}\n\n{"error":"late"}\ndata: upstream gone\n\ndata: {"c":';
    expect(await values(text, [], sseValuesOf)).toEqual([
      ['{"a":\n', 1],
      ['{"b":2}', 3],
      ['{"error":"late"}', 5],
      ['upstream gone', 6],
      ['{"c":\n', 8],
    ]);
  });

  it('is told from its first lines', () => {
    expect(isEventStream(': hi\n\nevent: a\ndata: {}')).toBe(true);
    expect(isEventStream('\n\ndata: {')).toBe(true);
    expect(isEventStream('{"data": 1}')).toBe(false);
    expect(isEventStream('question,answer\ndata: a,b')).toBe(false);
  });
});
