import type { Random } from '../../../support/random.js';

const words = [
  ...['Paris', ' the', ' of', '\n', ' yes', 'No', '1,234', ' B', '(', 'answer', "don't", '', ' ', '"', '\\', '/', '\t'],
  ...['Niccolò', '東京', '\ud83d\ude00', '\ud800', '\u0000', '\u2028', 'Ġa', '▁b', '\u007f', 'é'.repeat(9), '\ufeff'],
];
const signs = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  'e',
  '-',
  '.',
  '0',
  '9',
  ' ',
  'null',
  'NaN',
  '\r',
  '\t',
  '\u0001',
];

/** One line of JSON Lines that is an answer with tokens, in any of the ways it may be written, or that was one before something happened to it. */
export function oddLine(draw: Random, i: number): Buffer {
  let text = objectText(answer(draw, i), draw, style(draw));
  if (draw.next() < 0.1)
    text = text.replace(/"answer":/, ['"response":', '"answer" :', '"answer":{"a":1},"x":'][draw.int(3)]);
  let bytes: Buffer = Buffer.from(text);
  if (draw.next() < 0.25) for (let k = 1 + draw.int(3); k > 0; k--) bytes = damaged(bytes, draw);
  return Buffer.from(bytes.map((byte) => (byte === 10 ? 32 : byte)));
}

type Pair = [key: string, value: string | Pair[] | unknown];

/** How a writer writes: blanks, escapes, keys in order or not. */
interface Style {
  comma: string;
  colon: string;
  ascii: boolean;
  shuffle: boolean;
  odd: number;
}

function style(draw: Random): Style {
  const [comma, colon] = [
    [',', ':'],
    [', ', ': '],
    [' ,\t', ' :  '],
  ][draw.int(3)];
  return { comma, colon, ascii: draw.next() < 0.3, shuffle: draw.next() < 0.2, odd: draw.next() < 0.3 ? 0.02 : 0 };
}

class Raw {
  constructor(readonly text: string) {}
}

function answer(draw: Random, i: number): Pair[] {
  const pieces = Array.from({ length: draw.int(12) }, () => pick(words, draw));
  const maybe = (pair: Pair, chance = 0.3): Pair[] => (draw.next() < chance ? [pair] : []);
  const marked =
    draw.next() < 0.2 ? [...pieces, pick(['<|im_end|>', '</s>', ''], draw), pick(['', '<eos>'], draw)] : pieces;
  const tokens: Pair = ['tokens', draw.next() < 0.05 ? null : marked.map((token) => tokenOf(token, draw))];
  return [
    ...maybe(['id', `q${i}`], 0.9),
    ...maybe(['model', pick(['m1', 'm2'], draw)]),
    ...maybe(['prompt', `Is ${pick(words, draw)} yes or no?`], 0.8),
    ['answer', draw.next() < 0.8 ? pieces.join('') : pick(['yes', 'B', '', '12'], draw)],
    ...(draw.next() < 0.95 ? [tokens] : []),
    ...maybe(['stated', pick([0.5, 1, null, 90, '0.5'], draw)]),
    ...maybe(['verifiers', { nli: 0.25 }]),
    ...maybe(['features', { 'a"b': 1, plan: 'pro', tokens: [1] }], 0.1),
    ...maybe(['features', { age: 3, plan: 'pro' }]),
    ...maybe(['samples', [{ answer: 'x', tokens: [{ token: 'x', logprob: -1 }] }]]),
    ...maybe(['label', 1]),
    ...maybe(['extra', { tokens: [{ token: 1 }], '}': ['{"', ']'] }]),
    ...maybe(['tok\\u0065ns', new Raw('1')], 0.02),
    ...maybe(['tokens', []], 0.02),
    ...maybe(['__proto__', { tokens: 1 }], 0.02),
  ];
}

function tokenOf(token: string, draw: Random): Pair[] {
  const count = draw.next() < 0.9 ? 5 : draw.int(8);
  const top = Array.from({ length: count }, (_, k): Pair[] => [
    ['token', k === 0 ? token : pick(words, draw)],
    ['logprob', logprob(draw)],
  ]);
  if (draw.next() < 0.7) top.sort((a, b) => Number(String(b[1][1])) - Number(String(a[1][1])));
  return [
    ['token', token],
    ['logprob', draw.next() < 0.7 && top.length > 0 ? top[0][1][1] : logprob(draw)],
    ...(draw.next() < 0.95 ? [['top', draw.next() < 0.03 ? null : top] as Pair] : []),
    ...(draw.next() < 0.01 ? [['bytes', [1, 2]] as Pair] : []),
    ...(draw.next() < 0.005 ? [['logprob', -1] as Pair] : []),
  ];
}

/** Numbers as writers write them, and as some don't. */
function logprob(draw: Random): Raw | null {
  const x = -((draw.next() * 6) ** (1 + draw.int(4))) * 10 ** -draw.int(9);
  const how = draw.next();
  if (how < 0.5) return new Raw(String(x));
  if (how < 0.6) return new Raw(x.toFixed(draw.int(20)));
  if (how < 0.7) return new Raw(x.toExponential(draw.int(20)));
  if (how < 0.75) return new Raw(String(Math.fround(x)));
  if (how < 0.8) return new Raw(x.toPrecision(1 + draw.int(30)).replace('e', 'E'));
  if (how < 0.82) return new Raw(`-0.${String(draw.next()).slice(2)}${String(draw.next()).slice(2)}`);
  if (how < 0.84) return new Raw(`-${draw.int(1e9)}${draw.int(1e9)}e-${draw.int(40)}`);
  if (how < 0.86) return new Raw(`-${draw.next()}e-${draw.int(330)}`);
  if (how < 0.995)
    return new Raw(pick(['0', '-0', '0.0', '-9999', '-9999.0', '-0.0', '-1e-7', '-1E+1', '5e-7', '-1e999'], draw));
  const odd = [
    '0.3',
    '-Infinity',
    'NaN',
    'Infinity',
    '-NaN',
    '1e-320',
    '-01',
    '-.5',
    '-1.',
    '-1e',
    '"-1"',
    '+1',
    'true',
    '-1.5.2',
  ];
  return draw.next() < 0.2 ? null : new Raw(pick(odd, draw));
}

function objectText(pairs: Pair[], draw: Random, how: Style): string {
  if (how.shuffle) pairs.sort(() => draw.next() - 0.5);
  const body = pairs.map(([key, value]) => `"${key}"${how.colon}${valueText(value, draw, how)}`).join(how.comma);
  return `{${body}}`;
}

function valueText(value: unknown, draw: Random, how: Style): string {
  if (value instanceof Raw) return value.text;
  if (draw.next() < how.odd * 0.05) return pick(['null', '1', '"x"', '[]', '{}'], draw);
  if (Array.isArray(value) && value.length > 0 && isPairs(value)) return objectText(value as Pair[], draw, how);
  if (Array.isArray(value)) return `[${value.map((item) => valueText(item, draw, how)).join(how.comma)}]`;
  const text = JSON.stringify(value);
  if (!how.ascii) return text;
  return text.replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function isPairs(value: unknown[]): boolean {
  return value.every((item) => Array.isArray(item) && item.length === 2 && typeof item[0] === 'string');
}

function damaged(bytes: Buffer, draw: Random): Buffer {
  const at = draw.int(bytes.length + 1);
  const rest = bytes.subarray(Math.min(bytes.length, at + draw.int(3)));
  switch (draw.int(5)) {
    case 0:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(pick(signs, draw)), bytes.subarray(at)]);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), rest]);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([draw.int(256)]), rest]);
    case 3:
      return draw.next() < 0.3 ? bytes.subarray(0, at) : bytes;
    default: {
      const other = draw.int(bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(other, other + draw.int(9)), rest]);
    }
  }
}

function pick<T>(from: readonly T[], draw: Random): T {
  return from[draw.int(from.length)];
}
