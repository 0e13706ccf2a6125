import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvRow, csvRows } from '../../../../data/read/csv/csv-rows.js';
import { dialectOf } from '../../../../data/read/csv/dialect.js';
import type { Source } from '../../../../data/read/unpack/bytes.js';
import { plainText } from '../../../../data/write/formula-text.js';

/** A source of bytes in chunks of a size; `head` is the first 64 kB, as files have it. */
function sourceOf(bytes: Buffer, size: number, file = 'f.csv'): Source {
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  return { file, size: 0, read: 0, head: bytes.subarray(0, 65_536), chunks: chunks(), close: () => {} };
}

async function rowsIn(content: string | Buffer, size = 1000, file?: string): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const some of csvRows(sourceOf(Buffer.from(content as string), size, file))) rows.push(...some);
  return rows;
}

const valuesIn = async (content: string | Buffer) => (await rowsIn(content)).map(({ value }) => value);

const cell = fc.oneof(
  fc.string({ maxLength: 12, unit: fc.constantFrom(...'ab1,;\t|"\n\r \'é語👍.') }),
  fc.constantFrom('', '5" pipe', 'a,b;c', 'x\r\ny', '0,5', '"', '""', ' lead', '\uFFFD'),
);

describe('a table written as CSV', () => {
  it('comes back whatever the separator, the quotes, the newlines, the mark and the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 4 }).chain((n) =>
          fc.record({
            columns: fc.constant(['id', 'answer', 'odd "name"', 'a\nb'].slice(0, n)),
            rows: fc.array(fc.array(cell, { minLength: n, maxLength: n }), { maxLength: 6 }),
          }),
        ),
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.record({ always: fc.boolean(), mark: fc.boolean(), last: fc.boolean(), sep: fc.boolean() }),
        fc.integer({ min: 1, max: 40 }),
        async ({ columns, rows }, delimiter, newline, { always, mark, last, sep }, size) => {
          // what decides the separator must be in the header; an \n of a cell must not look like a row's in an old
          // Mac's file
          const must = new RegExp(`["\\n\\r${delimiter === '|' ? '\\|' : delimiter}]`);
          const written = (text: string) =>
            always || must.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
          const lines = [columns, ...rows].map((cells) => cells.map(written).join(delimiter));
          const text = `${mark ? '\uFEFF' : ''}${sep ? `sep=${delimiter}${newline}` : ''}${lines.join(newline)}${last ? newline : ''}`;
          const found = await rowsIn(text, size);
          const meant = rows.filter((cells) => cells.some((one) => one.trim() !== ''));
          expect(found.map(({ error }) => error)).toEqual(meant.map(() => undefined));
          // a mark in front of what a spreadsheet would run is taken away again where ids stand
          const read = meant.map(([id, ...rest]) => [plainText(id), ...rest]);
          expect(found.map(({ value }) => Object.values(value ?? {}))).toEqual(read);
        },
      ),
      { numRuns: 1500, seed: 11 },
    );
  });

  it('has the lines on which its rows begin', async () => {
    const rows = await rowsIn('sep=;\r\nid;answer\r\n1;"a\r\nb"\r\n\r\n9;;\r\n2;"c\n\nd"\n3;e\n', 7);
    expect(rows.map(({ line, text }) => [line, text])).toEqual([
      [3, '1;"a\r\nb"'],
      [6, '9;;'],
      [7, '2;"c\n\nd"'],
      [10, '3;e'],
    ]);
    expect(rows[1].error?.detail).toMatchObject({ expected: '2 cells', got: 3 });
  });

  it('whose newlines are mixed has no \\r in its cells, and a lone one stays where it is', async () => {
    expect(await valuesIn('id,answer\n1,a\r\n2,b\rc\n3,"d"\r\n')).toEqual([
      { id: '1', answer: 'a' },
      { id: '2', answer: 'b\rc' },
      { id: '3', answer: 'd' },
    ]);
  });

  it('is read past rows without text, but an empty answer in quotes is one', async () => {
    expect(await valuesIn('id;answer\n;\n1;\n  ;\t\n\n2;x\n;\n;')).toEqual([
      { id: '1', answer: '' },
      { id: '2', answer: 'x' },
    ]);
    expect(await valuesIn('answer\na\n\n""\nb\n')).toEqual([{ answer: 'a' }, { answer: '' }, { answer: 'b' }]);
    expect(await valuesIn('id,answer\n')).toEqual([]);
    expect(await valuesIn('\n\n,\nid,answer\n1,x\n')).toEqual([{ id: '1', answer: 'x' }]);
  });

  it('keeps the rows before and behind one that is wrong', async () => {
    const rows = await rowsIn('id,answer\n1,"a" b\n2,c,d\n3,e\n4\n5,"f\n6,g\n');
    expect(rows.map(({ line, error, value }) => [line, error?.what ?? value])).toEqual([
      [2, 'there is text after the quote that closes a cell'],
      [3, 'the row has a different number of cells than the header'],
      [4, { id: '3', answer: 'e' }],
      [5, 'the row has a different number of cells than the header'],
      [6, 'this row opens a quote that is never closed'],
    ]);
  });

  it('is refused where bytes are no UTF-8, row by row, and never replaced unseen', async () => {
    const bytes = Buffer.from('id,answer\n1,Zürich\n2,Bern\n3,\uFFFD\n', 'utf8');
    const latin = Buffer.concat([bytes, Buffer.from('4,Genf \x80\n5,Gen\xe8ve\n', 'latin1'), Buffer.from('6,Züri\n')]);
    for (const size of [1, 5, 1000]) {
      const rows = await rowsIn(latin, size);
      expect(rows.map(({ line, value, error }) => value ?? [line, error?.code, error?.detail.got])).toEqual([
        { id: '1', answer: 'Zürich' },
        { id: '2', answer: 'Bern' },
        { id: '3', answer: '\uFFFD' },
        [5, 'BAD_CSV', '4,Genf \uFFFD'],
        [6, 'BAD_CSV', '5,Gen\uFFFDve'],
        { id: '6', answer: 'Züri' },
      ]);
      expect(rows[3].error?.detail.hint).toMatch(/UTF-8.*iconv/);
      expect(rows[3].text).toBe('4,Genf \uFFFD');
    }
    await expect(rowsIn(Buffer.from('id,r\xe9ponse\n1,x\n', 'latin1'))).rejects.toMatchObject({ code: 'BAD_CSV' });
    await expect(rowsIn(Buffer.from('id,answer\n1,x\n', 'utf16le'))).rejects.toMatchObject({ code: 'BAD_CSV' });
  });

  it('names a column that stands twice, and takes one without a name', async () => {
    await expect(rowsIn('id,answer,id \n1,a,2\n')).rejects.toMatchObject({ detail: { got: 'id', line: 1 } });
    expect(await valuesIn(',answer,\n0,a,z\n')).toEqual([{ 'column 1': '0', answer: 'a', 'column 3': 'z' }]);
  });

  it('of one row of many megabytes is cut once, not again with each chunk', async () => {
    const long = 'x, '.repeat(4_000_000);
    const began = performance.now();
    const [row] = await rowsIn(`id,answer\n1,"${long}"\n`, 65_536);
    expect(row.value?.answer).toHaveLength(12_000_000);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('dialectOf', () => {
  const told = (text: string, name = 'f.csv') => {
    const { delimiter, newline, quoted, skip, skippedLines } = dialectOf(Buffer.from(text), true, name);
    return [delimiter, newline, quoted, skip, skippedLines];
  };
  it.each([
    ['commas in the text of a semicolon file', 'id;answer, in words\n1;a, b, c, d\n2;e, f\n', ';'],
    ['more commas in the header than semicolons', 'id;q, r, s, t;answer\n1;x;y\n2;x;y\n', ';'],
    ['semicolons in the text of a comma file', 'id,prompt,answer\n1,a; b; c; d,"e;f"\n2,g,h\n', ','],
    ['a pipe in the aliases', 'id,answer,reference\n1,a,b|c\n2,d,e|f\n', ','],
    ['tabs with commas', 'id\tanswer, short\n1\ta, b\n2\tc\n', '\t'],
    ['pipes', 'id|answer\n1|a,b\n2|c;d\n', '|'],
    ['a newline in the header', '"id";"the\nanswer, final"\n1;a\n', ';'],
    ['decimal commas', 'id;answer;stated;x\n1;a;0,5;1,5\n2;b;0,7;2,5\n', ';'],
    ['one column', 'answer\nyes\nno, never\n', ','],
    ['a header alone', 'id;answer;label\n', ';'],
    ['blank rows', ';;\nid;answer;label\n1;a;1\n;;\n\n', ';'],
  ])('%s', (_, text, delimiter) => {
    expect(told(text)[0]).toBe(delimiter);
  });

  it('reads sep= of Excel, with a mark and quotes, and does not read it where it is a column', () => {
    expect(told('sep=;\nid;answer\n')).toEqual([';', '\n', true, 6, 1]);
    expect(told('\uFEFF"sep=|"\r\nid|answer\r\n')).toEqual(['|', '\n', true, 12, 1]);
    expect(told('SEP=\t\rid\tanswer\r')).toEqual(['\t', '\r', true, 6, 1]);
    expect(told('\uFEFFid,answer\n')).toEqual([',', '\n', true, 3, 0]);
    expect(told('sep=x,answer\n1,a\n')).toEqual([',', '\n', true, 0, 0]);
  });

  it('takes quotes by tabs as written where only so the rows fit', () => {
    expect(told('id\tanswer\n1\t"Paris" is it\n2\t"open\n3\tx\n')[2]).toBe(false);
    expect(told('id\tanswer\n1\t"a\tb"\n2\t"c ""d"""\n')[2]).toBe(true);
    expect(told('id,answer\n1,a\tb\n', 'f.tsv')[0]).toBe('\t');
  });
});
