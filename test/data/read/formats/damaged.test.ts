import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logFormats } from '../../../../data/read/formats/list.js';
import { parseJson } from '../../../../data/read/json/parse-json.js';
import type { Fields } from '../../../../data/read/table/fields.js';
import { partReasoning } from '../../../../data/reasoning.js';
import { VouchError } from '../../../../support/errors.js';
import { joined, recordsOf } from './reading.js';

const OWN = [
  'openai-responses',
  'openai-completions',
  'openai-chunks',
  'openai-chat',
  'openai-list',
  'vllm-offline',
  'llama-cpp',
  'ollama',
  'tgi',
];
const own = logFormats.filter(({ name }) => OWN.includes(name));

/** Values that stand where they should not. */
const odd = fc.constantFrom<unknown>(
  ...[
    null,
    undefined,
    '',
    'x',
    '{',
    '{"a":1}',
    '[]',
    'data: {"choices":[]}',
    0,
    -1,
    1e308,
    Number.NaN,
    true,
    [],
    [null],
    {},
    { a: [] },
  ],
  ...[{ choices: [null] }, { text: 1 }, [[]], ['a', 1], { message: null }, { token: null, logprob: 'x' }],
);

interface Damage {
  path: number[];
  value: unknown;
}

const damages = fc.array(fc.record({ path: fc.array(fc.nat(6), { minLength: 1, maxLength: 7 }), value: odd }), {
  minLength: 1,
  maxLength: 4,
});

/** Puts a value somewhere into a row. */
function damage(row: unknown, { path, value }: Damage): void {
  let at = row as Record<string, unknown>;
  for (const [depth, step] of path.entries()) {
    const keys = Object.keys(at);
    if (keys.length === 0) return;
    const key = keys[step % keys.length];
    const next = at[key];
    if (depth === path.length - 1 || next === null || typeof next !== 'object') {
      if (value === undefined && Array.isArray(at)) at.splice(Number(key), 1);
      else if (value === undefined) delete at[key];
      else at[key] = structuredClone(value);
      return;
    }
    at = next as Record<string, unknown>;
  }
}

describe('damaged rows', () => {
  it.each(own.map((format) => [format.name, format] as const))(
    '%s: records, reasons or one coded error',
    (_, format) => {
      const rows = format.example.split('\n').map((line) => JSON.parse(line) as Fields);
      fc.assert(
        fc.property(fc.nat(rows.length - 1), damages, (at, list) => {
          const row = structuredClone(rows[at]);
          for (const each of list) damage(row, each);
          for (const whole of joined([row])) {
            for (const each of logFormats) {
              if (each.detect(whole) === null) continue;
              try {
                for (const part of each.read(whole, { requests: new Map() })) {
                  if ('record' in part) {
                    partReasoning(part.record);
                    const { answer, finish } = part.record;
                    expect(answer === null ? typeof finish : typeof answer).toBe('string');
                  } else if ('failed' in part) expect(part.failed).toBeInstanceOf(VouchError);
                  else expect(typeof part.passed).toBe('string');
                }
              } catch (error) {
                if (!(error instanceof VouchError)) throw error;
              }
            }
          }
        }),
        { numRuns: Number(process.env.RUNS ?? 300) },
      );
    },
  );

  it.each(own.map((format) => [format.name, format] as const))(
    '%s: its example is read, and its mapping named',
    (_, format) => {
      const rows = format.example.split('\n').map((line) => parseJson(line) as Fields);
      expect(rows.length).toBeLessThanOrEqual(5);
      const records = recordsOf(rows);
      expect(records.map(({ answer }) => answer)).toEqual(
        records.map((_, i) =>
          format.name === 'openai-chat'
            ? ['Canberra', 'Lima', 'Lima'][i]
            : format.name === 'openai-completions'
              ? ' Canberra'
              : 'Canberra',
        ),
      );
      expect(format.mapping.length).toBeGreaterThan(0);
    },
  );
});
