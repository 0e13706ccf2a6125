import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { plainPlan } from '../../../data/read/json/json-plan.js';
import type { RowSink } from '../../../data/read/row-sink.js';
import { newChecksum } from '../../../data/read/unpack/checksum.js';
import { LineReader } from '../../../data/scan/line-reader.js';
import { Scanner } from '../../../data/scan/scanner.js';
import type { Answer, Logged } from '../../../data/token-list.js';
import { TokenKernel } from '../../../features/tokens/kernel.js';
import { Column } from '../../../features/tokens/kernel-columns.js';
import { openScorer } from '../../../scorer/open.js';
import { random } from '../../../support/random.js';
import { noModule, refusals, refuseWebAssembly } from '../refused.js';
import { writeTinyBundle } from '../tiny-bundle.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** XXH64 of so many bytes, cut in pieces, as a row of sums. */
function sums(): number[] {
  const checksum = newChecksum();
  const bytes = Buffer.from(Array.from({ length: 140_001 }, (_, i) => (i * i) >> 3));
  return [0, 1, 5, 31, 32, 77, 140_001].map((size) => {
    checksum.add(bytes.subarray(0, size >> 1));
    checksum.add(bytes.subarray(size >> 1, size));
    return checksum.end();
  });
}

/** What the kernel says of seeded tokens, with 0, 1, 2, 5 and 9 alternatives; and of more tokens than it had room for. */
function statistics(): number[][] {
  const kernel = new TokenKernel();
  const draw = random('refused');
  return [0, 1, 2, 5, 9].map((k) => {
    const n = 3 + 40 * k;
    kernel.room(n, k);
    const { columns, stride, sums } = kernel;
    for (let t = 0; t < n; t++) {
      columns[t] = -6 * draw.next() ** 3;
      const top = Array.from({ length: k }, () => -9 * draw.next() ** 2).sort((a, b) => b - a);
      top.forEach((x, r) => {
        columns[(Column.TOP + r) * stride + t] = x;
      });
    }
    kernel.run(n, k);
    const used =
      k === 0 ? [Column.LOGPROB, Column.PROBABILITY] : Array.from({ length: 10 + Math.min(k, 5) }, (_, c) => c);
    const values = used.flatMap((c) => [sums[c], ...columns.subarray(c * stride, c * stride + n)]);
    return [...values, ...(k === 0 ? [] : sums.subarray(16, 21))];
  });
}

const line = Buffer.from(
  '{"id":"a","prompt":"Why?","answer":"Because","tokens":[{"token":"Be","logprob":-0.25,"top":[{"token":"Be","logprob":-0.25},{"token":"x","logprob":-2}]},{"token":"cause","logprob":-1e-3}]}',
);

function read(scanner: Scanner): Logged {
  const records: Logged[] = [];
  const sink: RowSink = { record: (record) => records.push(record), bad: ({ error }) => fail(error), passed: () => {} };
  const reader = new LineReader(scanner, plainPlan, { requests: new Map() }, 'a.jsonl');
  reader.read({ bytes: line, from: 0, to: line.length, number: 1 }, sink);
  return records[0];
}

function fail(error: unknown): never {
  throw error;
}

const note = /^note: this system refuses WebAssembly \(.+\); vouch goes on without it, more slowly\n$/;

describe.each(refusals)('where the system refuses WebAssembly: %s', (_, webAssembly) => {
  it('checksums and token statistics are the same to the bit', () => {
    const before = { sums: sums(), statistics: statistics() };
    refuseWebAssembly(webAssembly);
    expect(sums()).toEqual(before.sums);
    expect(statistics()).toEqual(before.statistics);
  });

  it('lines are read and answers scored as ever, and one line says that it is slower', async () => {
    const dir = join(mkdtempSync(join(tmpdir(), 'vouch-refused-')), 'bundle');
    await writeTinyBundle(dir);
    const [record, scorer] = [read(new Scanner()) as Answer, await openScorer(dir)];
    const expected = await scorer.score(record);
    await scorer.close();
    const said = refuseWebAssembly(webAssembly);
    const scanner = new Scanner();
    expect(scanner.scan(line, 0, line.length)).toBeNull();
    const plain = read(scanner) as Answer;
    expect(plain.id).toBe('a');
    expect(Array.from(plain.tokens!)).toEqual(Array.from(record.tokens!));
    const without = await openScorer(dir);
    const { probability, ...rest } = await without.score(plain);
    await without.close();
    expect(probability).toBeCloseTo(expected.probability, 5);
    expect(rest.decision).toBe(expected.decision);
    expect(said).toEqual([expect.stringMatching(note)]);
  });
});

it('where the system lets nothing be compiled, a new thread goes the plain way', async () => {
  const expected = sums();
  vi.resetModules(); // what was compiled before would still be there
  const checksum = await import('../../../data/read/unpack/checksum.js');
  const scan = await import('../../../data/scan/scanner.js');
  const said = refuseWebAssembly(noModule);
  const fresh = checksum.newChecksum();
  fresh.add(Buffer.from('abc'));
  expect(fresh.end()).toBe(0xad770999);
  expect(new scan.Scanner().scan(line, 0, line.length)).toBeNull();
  expect(said).toEqual([expect.stringMatching(note)]);
  vi.unstubAllGlobals();
  expect(sums()).toEqual(expected);
});

describe('a line that there is no memory for', () => {
  it('is parsed plainly, and so are further long ones; shorter ones are scanned as before', () => {
    const scanner = new Scanner();
    const long = Buffer.concat([Buffer.from(' '.repeat(70_000)), line]);
    const said = refuseWebAssembly(refusals[0][1]);
    expect(scanner.scan(long, 0, long.length)).toBeNull();
    expect(scanner.scan(line, 0, line.length)?.tokens.length).toBe(2);
    expect(said.length).toBe(1);
    vi.unstubAllGlobals();
    expect(scanner.scan(long, 0, long.length)).toBeNull(); // not asked again: a refusal takes a second
  });
});
