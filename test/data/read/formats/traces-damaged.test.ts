import { describe, expect, it } from 'vitest';
import { logFormatNamed } from '../../../../data/read/formats/list.js';
import type { LogFormat } from '../../../../data/read/formats/log-format.js';
import { toJsonText } from '../../../../data/read/formats/stored/json-text.js';
import type { Fields } from '../../../../data/read/table/fields.js';
import { random } from '../../../../support/random.js';
import { captured, formatOf, partsOf, recordOf } from './parts-of.js';

const NAMES = [
  ...['anthropic', 'bedrock', 'gemini', 'helicone', 'langfuse', 'langsmith', 'litellm-spend', 'mlflow-trace'],
  ...['openinference', 'otel-genai', 'weave'],
];
const FILES = [
  'openllmetry-console.jsonl',
  'openinference-console.jsonl',
  'otel-logs-otlp.jsonl',
  'langsmith-runs.jsonl',
];
const NO_ANSWER = ['tool_calls', 'function_call', 'content_filter', 'error'];

const formats = NAMES.map((name) => logFormatNamed(name) as LogFormat);
const examples = (format: LogFormat): Fields[] => format.example.split('\n').map((line) => JSON.parse(line) as Fields);

describe.each(formats.map((format) => [format.name, format] as const))('%s', (name, format) => {
  it('detects and reads its own examples', () => {
    for (const row of examples(format)) {
      expect(formatOf(row)).toBe(name);
      expect(recordOf(format, row).answer).toMatch(/^(Canberra|Lima)$/);
    }
  });
});

describe('damaged rows', () => {
  const samples = [...formats.flatMap(examples), ...FILES.flatMap(captured)];
  const junk: unknown[] = [
    null,
    0,
    -1,
    1.5,
    true,
    '',
    'x',
    '{',
    '[1',
    '{"a":1}',
    [],
    {},
    [null],
    [[]],
    'constructor',
    '__proto__',
    10n,
  ];

  it('give records, failures with a code, or what is passed; never another error', () => {
    const { pick, mutated } = mutator(samples, junk);
    let records = 0;
    for (let i = 0; i < 1500; i++) {
      const row = mutated(pick(samples));
      const format = formats.find((one) => one.detect(row) !== null);
      if (format === undefined) continue;
      format.isLast?.(row);
      const key = format.pieceOf?.(row) ?? null;
      const rows = key === null ? [row] : [row, format.join?.([row, mutated(row)])];
      for (const part of rows.flatMap((one) => partsOf(format, one))) {
        if (typeof part === 'string') continue;
        const { answer, finish } = part as Fields;
        expect(answer === null ? NO_ANSWER.includes(String(finish)) : typeof answer === 'string').toBe(true);
        records++;
      }
    }
    expect(records).toBeGreaterThan(500);
  });
});

/** Changes up to three values of a row: takes them away, doubles, cuts or replaces them. */
function mutator(samples: Fields[], junk: unknown[]) {
  const { int: below } = random(11);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)];
  const pathsOf = (value: unknown, path: string[] = []): string[][] =>
    value !== null && typeof value === 'object'
      ? Object.entries(value).flatMap(([key, held]) => [[...path, key], ...pathsOf(held, [...path, key])])
      : [];
  const at = (value: unknown, path: string[]): unknown =>
    path.reduce((held, key) => (held as Fields | null)?.[key], value);
  const changed = (key: string, value: unknown): unknown => {
    const kind = below(5);
    if (kind === 0) return [value, value];
    if (kind === 1) return typeof value === 'string' ? value.slice(0, below(value.length + 1)) : toJsonText(value);
    if (kind === 2) return { [key]: value };
    if (kind === 3) return pick(junk);
    const other = pick(samples);
    return at(other, pick(pathsOf(other)));
  };
  const mutated = (row: Fields): Fields => {
    const copy = structuredClone(row);
    for (let i = 0; i <= below(3); i++) {
      const path = pick(pathsOf(copy));
      if (path === undefined) return copy;
      const key = path.at(-1) as string;
      const holder = at(copy, path.slice(0, -1)) as Fields;
      if (below(6) > 0) holder[key] = changed(key, holder[key]);
      else if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
    }
    return copy;
  };
  return { pick, mutated };
}
