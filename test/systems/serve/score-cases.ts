import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Random } from '../../../support/random.js';
import { completionFor } from '../../support/fake-upstream.js';
import { mutated, mutatedValue, oddText, oneOf } from '../mutate.js';
import { type FuzzCase, type FuzzReply, ownFault } from './fuzz-case.js';

/** Answers, and the score that each of them has where it is sent alone. */
export interface Known {
  lines: readonly string[];
  scores: readonly string[];
}

const ENCODINGS = [
  'gzip',
  'x-gzip',
  'deflate',
  'br',
  'identity',
  'toString',
  '__proto__',
  'constructor',
  'gzip, gzip',
  '',
];
const TYPES = [
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'x',
  ';',
  '',
];
const REASONS = [
  '',
  '?reasons=3',
  '?reasons=-1',
  '?reasons=1e9',
  '?reasons=x',
  '?reasons=1&reasons=2',
  '?reasons[]=1',
  '?__proto__=1',
];

/** Types that nobody refuses. */
const HONEST = /^\w+\/[\w-]+$/;

interface Score {
  id: unknown;
}

/** POST /v1/score: records and log lines, alone and in lists; some as they should be, the others damaged. */
export function scoreCase({ lines, scores }: Known, draw: Random): FuzzCase {
  const from = draw.int(lines.length - 12);
  const n = 1 + draw.int(12);
  const alone = draw.next() < 0.4;
  const chosen = Array.from({ length: alone ? 1 : n }, (_, i) => from + i);
  const good = draw.next() < 0.25;
  const odd = new Set(good ? [] : [draw.int(chosen.length)]);
  const logged = draw.next() < 0.15;
  const values = chosen.map((at, i) => {
    const value: unknown = logged && i === 0 ? logLine(at, draw) : JSON.parse(lines[at]);
    return odd.has(i) ? mutatedValue(value, draw) : value;
  });
  const whole = alone
    ? values[0]
    : { records: values, ...(draw.next() < 0.1 ? { selected: oneOf([true, null, 'x', 0], draw) } : {}) };
  const outer = !good && draw.next() < 0.1 ? mutatedValue(whole, draw) : whole;
  const text = good ? JSON.stringify(outer) : oddText(outer, draw);
  let body: Buffer = Buffer.from(text);
  const cut = !good && draw.next() < 0.25;
  if (cut) body = draw.next() < 0.2 ? body.subarray(0, draw.int(body.length)) : mutated(body, draw);
  const query = draw.next() < 0.9 ? '' : oneOf(REASONS, draw);
  const { packed, headers, honest } = packedAs(body, draw);
  const told = expectedOf(text, cut);
  const plain = query === '' && !text.includes('"selected"');
  return {
    to: 'service',
    method: 'POST',
    path: `/v1/score${query}`,
    headers,
    body: packed,
    rows: values.length,
    what: `score ${text.slice(0, 3000)}`,
    check(reply, counted) {
      const fault = ownFault(reply, this);
      if (fault !== null || reply.status !== 200) {
        const refused =
          good && !logged && honest && query === '' && fault === null && !('selected' in (whole as object));
        return refused ? `a good request was refused: ${reply.body.toString()}` : fault;
      }
      const found = scoresIn(reply);
      if (found === null) return `no scores: ${reply.body.toString('utf8', 0, 300)}`;
      counted(found.length);
      if (told === null) return null;
      if (found.length !== told.length) return `${told.length} answers, ${found.length} scores`;
      for (const [i, id] of told.entries()) {
        if (id !== undefined && found[i].id !== id) return `score ${i} is of ${String(found[i].id)}, not ${id}`;
      }
      if (!plain || (logged && alone)) return null;
      for (const [i, at] of chosen.entries()) {
        if (odd.has(i) || (logged && i === 0) || outer !== whole) continue;
        if (told[i] === JSON.parse(lines[at]).id && !same(found[i], scores[at]) && text.includes(lines[at]))
          return `the score of ${told[i]} is ${JSON.stringify(found[i])}, not ${scores[at]}`;
      }
      return null;
    },
  };
}

function same(score: Score, line: string): boolean {
  return JSON.stringify(score) === JSON.stringify(JSON.parse(line));
}

function scoresIn({ body }: FuzzReply): Score[] | null {
  const value = JSON.parse(body.toString());
  const list: unknown[] = Array.isArray(value.scores) ? value.scores : [value];
  return list.every((each) => typeof each === 'object' && each !== null && 'probability' in each)
    ? (list as unknown[] as Score[])
    : null;
}

/** The ids that scores must have in order, undefined where an answer names none as text; null where that cannot be told. */
function expectedOf(text: string, cut: boolean): (string | undefined)[] | null {
  if (cut) return null;
  let value: { records?: unknown; answer?: unknown; id?: unknown } | null;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const list: unknown[] = Array.isArray(value.records) && value.answer === undefined ? value.records : [value];
  if (list.length === 1 && list[0] === value && typeof value.answer !== 'string') return null; // a log line may hold many
  return list.map((each) => {
    const { id, answer } = (each ?? {}) as { id?: unknown; answer?: unknown };
    return typeof id === 'string' && id !== '' && typeof answer === 'string' ? id : undefined;
  });
}

/** A logged exchange, with one to three choices. */
function logLine(at: number, draw: Random): unknown {
  const request = { model: 'm1', messages: [{ role: 'user', content: `Question ${at}?` }] };
  return { request, response: completionFor({ n: 1 + draw.int(3), logprobs: draw.next() < 0.5, top_logprobs: 2 }) };
}

/** A body as it is, packed as it says, or packed otherwise. */
function packedAs(body: Buffer, draw: Random): { packed: Buffer; headers: Record<string, string>; honest: boolean } {
  const type = draw.next() < 0.9 ? 'application/json' : oneOf(TYPES, draw);
  const kind = draw.next();
  if (kind < 0.75) return { packed: body, headers: { 'content-type': type }, honest: HONEST.test(type) };
  if (kind < 0.85) {
    const [name, pack] = oneOf(
      [
        ['gzip', gzipSync],
        ['deflate', deflateSync],
        ['br', brotliCompressSync],
      ] as const,
      draw,
    );
    return {
      packed: pack(body),
      headers: { 'content-type': type, 'content-encoding': name },
      honest: HONEST.test(type),
    };
  }
  const encoding = oneOf(ENCODINGS, draw);
  const packed = draw.next() < 0.5 ? body : mutated(gzipSync(body), draw);
  return { packed, headers: { 'content-type': type, 'content-encoding': encoding }, honest: false };
}
