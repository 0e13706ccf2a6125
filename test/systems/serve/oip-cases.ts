import type { Random } from '../../../support/random.js';
import { mutated, mutatedValue, oddText, oneOf } from '../mutate.js';
import { type FuzzCase, type FuzzReply, ownFault } from './fuzz-case.js';

/** What the features of the known answers are, and what the graph says of them. */
export interface KnownRows {
  lines: readonly string[];
  features: Float32Array;
  categories: BigInt64Array;
  /** Signals and categories of a row. */
  width: number;
  kinds: number;
  /** By answer, as JSON has it. */
  probabilities: readonly number[];
}

interface Tensor {
  name: string;
  datatype: string;
  shape: number[];
  data: unknown[];
}

/** The graph and the scorer agree so far. */
const CLOSE = 2e-6;
const HEADER = 'inference-header-content-length';
const LENGTHS = ['-1', '0', '1e3', '0x10', 'NaN', '', '999999999', '1.5', ' 7', '7, 7'];
const DATATYPES = ['FP32', 'INT32', 'INT64', 'BYTES', 'FP64', 'BOOL', 'toString', ''];
const SHAPES = [
  [],
  [0],
  [-1],
  [0, 6],
  [1, 0],
  [101, 6],
  [1e9, 0],
  [1e308, 1e308, 0],
  [2, 3, 4],
  [1],
  [3, 1],
  [1.5, 6],
  ['1', 6],
];
const NUMBERS = [
  -1,
  -2147483648,
  2147483647,
  2147483648,
  8193,
  1e308,
  Number.MAX_SAFE_INTEGER,
  2 ** 53,
  0.5,
  null,
  'x',
];
const MODELS = [
  'vouch',
  'vouch-raw',
  'vouch-tokens',
  'toString',
  '__proto__',
  '%76ouch',
  'vouch%00',
  'a'.repeat(600),
  '',
];
const VERSIONS = ['', '/versions/1', '/versions/__proto__', '/versions/%', '/versions//'];

/** POST /v2/models/…/infer: tensors as JSON and as bytes, some as they should be, the others damaged. */
export function oipCase(known: KnownRows, draw: Random): FuzzCase {
  const n = 1 + draw.int(6);
  const from = draw.int(known.lines.length - n);
  const [model, inputs] = oneOf([rowsOf, recordsOf, tokensOf], draw)(known, from, n);
  const good = draw.next() < 0.25;
  const binary = draw.next() < 0.35;
  const request = {
    id: `r${from}`,
    inputs,
    ...(draw.next() < 0.2 ? { parameters: { binary_data_output: true } } : {}),
  };
  const { body, header, sure } = good ? laidOut(request, binary) : damaged(request, binary, draw);
  const length = good || draw.next() < 0.9 ? header : oneOf(LENGTHS, draw);
  const name = good || draw.next() < 0.9 ? model : oneOf(MODELS, draw);
  const version = good || draw.next() < 0.95 ? '' : oneOf(VERSIONS, draw);
  return {
    to: 'service',
    method: 'POST',
    path: `/v2/models/${name}${version}/infer`,
    headers: { 'content-type': 'application/json', ...(length === null ? {} : { [HEADER]: length }) },
    body,
    rows: n,
    what: `infer ${name} ${binary ? 'binary' : 'json'} ${body.toString('latin1', 0, 2000)}`,
    check(reply, counted) {
      const fault = ownFault(reply, this);
      if (fault !== null) return fault;
      if (reply.status !== 200) return good ? `a good request was refused: ${reply.body.toString()}` : null;
      const found = probabilitiesIn(reply);
      if (typeof found === 'string') return found;
      counted(found.length);
      if (!sure && !good) return null;
      if (found.length !== n) return `${n} rows, ${found.length} probabilities`;
      const at = found.findIndex((value, i) => !(Math.abs(value - known.probabilities[from + i]) < CLOSE));
      const bad = good && at >= 0 && model !== 'vouch-tokens';
      return bad ? `probability ${at} is ${found[at]}, not ${known.probabilities[from + at]}` : null;
    },
  };
}

/** The probabilities of a reply, its tensors being of one length; what is wrong with it where they are not. */
function probabilitiesIn({ body, headers }: FuzzReply): number[] | string {
  const end = headers[HEADER] === undefined ? body.length : Number(headers[HEADER]);
  const { outputs } = JSON.parse(body.toString('utf8', 0, end)) as {
    outputs: (Tensor & { parameters?: { binary_data_size: number } })[];
  };
  let at = end;
  let found: number[] | null = null;
  for (const { name, shape, data, parameters } of outputs) {
    const size = parameters?.binary_data_size;
    if (size === undefined && data.length !== shape[0]) return `${name}: ${data.length} values of shape ${shape}`;
    if (name === 'probability') {
      found = size === undefined ? (data as number[]) : floatsOf(body.subarray(at, at + size));
    }
    at += size ?? 0;
  }
  if (at !== body.length) return `${body.length - at} bytes belong to no tensor`;
  return found ?? [];
}

function floatsOf(bytes: Buffer): number[] {
  const floats = new Float32Array(new Uint8Array(bytes).buffer);
  return Array.from(floats);
}

type Made = [model: string, inputs: Tensor[]];

function rowsOf({ features, categories, width, kinds }: KnownRows, from: number, n: number): Made {
  const numbers = Array.from(features.subarray(from * width, (from + n) * width), (x) => (Number.isNaN(x) ? null : x));
  const indices = Array.from(categories.subarray(from * kinds, (from + n) * kinds), Number);
  return [
    'vouch',
    [
      { name: 'features', datatype: 'FP32', shape: [n, width], data: numbers },
      { name: 'categories', datatype: 'INT64', shape: [n, kinds], data: indices },
    ],
  ];
}

function recordsOf({ lines }: KnownRows, from: number, n: number): Made {
  return ['vouch-raw', [{ name: 'record', datatype: 'BYTES', shape: [n], data: lines.slice(from, from + n) }]];
}

function tokensOf({ lines }: KnownRows, from: number, n: number): Made {
  const records = lines.slice(from, from + n).map((line) => JSON.parse(line));
  const tokens = records.map(({ tokens = [] }) => tokens as { token: string; logprob: number }[]);
  const t = Math.max(1, ...tokens.map((list) => list.length));
  const padded = <T>(of: (token: { token: string; logprob: number }) => T, none: T): T[] =>
    tokens.flatMap((list) => Array.from({ length: t }, (_, j) => (j < list.length ? of(list[j]) : none)));
  const text = (name: string): Tensor => ({
    name,
    datatype: 'BYTES',
    shape: [n],
    data: records.map((record) => record[name] ?? ''),
  });
  return [
    'vouch-tokens',
    [
      ...['prompt', 'answer', 'model', 'task'].map(text),
      { name: 'tokens', datatype: 'BYTES', shape: [n, t], data: padded<unknown>(({ token }) => token, '') },
      { name: 'logprobs', datatype: 'FP32', shape: [n, t], data: padded<unknown>(({ logprob }) => logprob, null) },
    ],
  ];
}

interface LaidOut {
  body: Buffer;
  header: string | null;
  /** Whether it has as many rows as it was made with. */
  sure: boolean;
}

/** A request as JSON, or with its tensors as bytes behind it. */
function laidOut(request: { inputs: Tensor[] }, binary: boolean): LaidOut {
  if (!binary) return { body: Buffer.from(JSON.stringify(request)), header: null, sure: true };
  const tails = request.inputs.map(bytesOf);
  const inputs = request.inputs.map(({ name, datatype, shape }, i) => {
    return { name, datatype, shape, parameters: { binary_data_size: tails[i].length } };
  });
  const first = Buffer.from(JSON.stringify({ ...request, inputs }));
  return { body: Buffer.concat([first, ...tails]), header: String(first.length), sure: true };
}

function bytesOf({ datatype, data }: Tensor): Buffer {
  if (datatype === 'FP32') return Buffer.from(Float32Array.from(data as number[], (x) => x ?? Number.NaN).buffer);
  if (datatype === 'INT64')
    return Buffer.from(BigInt64Array.from(data, (x) => BigInt(Math.trunc(Number(x)) || 0)).buffer);
  return Buffer.concat(
    data.map(String).flatMap((text) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(Buffer.byteLength(text));
      return [length, Buffer.from(text)];
    }),
  );
}

function damaged(request: { inputs: Tensor[] }, binary: boolean, draw: Random): LaidOut {
  const what = draw.int(6);
  if (what === 0) {
    const { body, header } = laidOut(request, binary);
    return { body: mutated(body, draw), header, sure: false };
  }
  const inputs = structuredClone(request.inputs);
  const one = oneOf(inputs, draw);
  if (what === 1) one.shape = oneOf(SHAPES, draw) as number[];
  else if (what === 2 && !binary) one.data[draw.int(one.data.length)] = oneOf(NUMBERS, draw);
  else if (what === 3) one.datatype = oneOf(DATATYPES, draw);
  else if (what === 4) inputs.push(structuredClone(oneOf(inputs, draw)));
  else if (what === 5 && !binary) {
    return { body: Buffer.from(oddText(mutatedValue({ ...request, inputs }, draw), draw)), header: null, sure: false };
  } else if (one.datatype === 'BYTES') {
    const at = draw.int(one.data.length);
    const text = String(one.data[at]);
    one.data[at] = text.startsWith('{') ? oddText(mutatedValue(JSON.parse(text), draw), draw) : `${text}\ud800`;
  }
  const { body, header } = laidOut({ ...request, inputs }, binary && DATATYPES.slice(0, 4).includes(one.datatype));
  if (header === null || draw.next() < 0.7) return { body, header, sure: false };
  const sizes = body
    .toString('latin1')
    .replace(/"binary_data_size":\d+/, `"binary_data_size":${oneOf(['-1', '0', '3', '1e9', '"8"', 'null'], draw)}`);
  return { body: Buffer.from(sizes, 'latin1'), header, sure: false };
}
