import type { Random } from '../../../../support/random.js';

/** What a node of a log line may be turned into. */
const ODD: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, '', 'x', '{', '[]', '{"a":1}', 'data: {"a":1}', '\ud800', [], {}],
  ...[[null], [[]], [{}], { a: [1, { b: null }] }, { text: 7 }, [{ text: null, type: 'text' }], '2026-01-01', 'NaN'],
];

type Node = { parent: Record<string, unknown> | unknown[]; key: string | number };

function nodesOf(value: unknown, found: Node[] = []): Node[] {
  if (value === null || typeof value !== 'object') return found;
  const parent = value as Record<string, unknown> | unknown[];
  const keys: (string | number)[] = Array.isArray(parent) ? [...parent.keys()] : Object.keys(parent);
  for (const key of keys) {
    found.push({ parent, key });
    nodesOf((parent as Record<string | number, unknown>)[key], found);
  }
  return found;
}

/** The value with one to three of its nodes replaced, removed, doubled or exchanged. */
export function mutatedValue(value: unknown, random: Random): unknown {
  const copy = structuredClone(value);
  for (let times = 1 + random.int(3); times > 0; times--) {
    const nodes = nodesOf(copy);
    if (nodes.length === 0) return ODD[random.int(ODD.length)];
    const { parent, key } = nodes[random.int(nodes.length)];
    const holder = parent as Record<string | number, unknown>;
    const what = random.int(4);
    if (what === 0) holder[key] = structuredClone(ODD[random.int(ODD.length)]);
    else if (what === 1 && Array.isArray(parent)) parent.splice(key as number, 1);
    else if (what === 1) delete holder[key];
    else if (what === 2 && Array.isArray(parent)) parent.push(structuredClone(parent[key as number]));
    else {
      const other = nodes[random.int(nodes.length)];
      holder[key] = structuredClone((other.parent as Record<string | number, unknown>)[other.key]);
    }
  }
  return copy;
}

/** The text with bytes cut, doubled, turned or exchanged. */
export function mutatedText(text: string, random: Random): string {
  const bytes = Buffer.from(text);
  const at = random.int(bytes.length);
  const what = random.int(4);
  if (what === 0) return bytes.subarray(0, at).toString();
  if (what === 1) return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.int(8))]).toString();
  if (what === 2) return Buffer.concat([bytes.subarray(0, at), bytes.subarray(random.int(at + 1))]).toString();
  bytes[at] = random.int(256);
  return bytes.toString();
}
