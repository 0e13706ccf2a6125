import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkLenient } from '../../data/lenient.js';
import { readPacked } from '../../data/read/answers.js';
import type { VouchError } from '../../support/errors.js';
import { readAll } from './temporary.js';

const of = (fields: object) => checkLenient({ id: 'i', answer: 'a', ...structuredClone(fields) }, 'f.jsonl', 3);
const only = (fields: object) => {
  const { id, answer, ...rest } = of(fields);
  return rest;
};

describe('a record as people write it', () => {
  it.each<[given: object, read: object]>([
    [{ label: true }, { labels: [{ value: 1 }] }],
    [{ label: '1', labelSource: 'human' }, { labels: [{ value: 1, source: 'human' }] }],
    [{ label: 'No' }, { labels: [{ value: 0 }] }],
    [{ label: '0.25' }, { labels: [{ value: 0.25 }] }],
    [{ label: '' }, { label: null }],
    [{ labels: [true, 'wrong', 0.5, null] }, { labels: [{ value: 1 }, { value: 0 }, { value: 0.5 }] }],
    [{ labels: [{ value: 'yes', source: 'r2' }] }, { labels: [{ value: 1, source: 'r2' }] }],
    [{ labels: { value: true } }, { labels: [{ value: 1 }] }],
    [{ reference: 'b' }, { reference: ['b'] }],
    [{ reference: 'b|c' }, { reference: ['b', 'c'] }],
    [{ reference: 42 }, { reference: ['42'] }],
    [{ reference: ['b', 7, null, true] }, { reference: ['b', '7', 'true'] }],
    [{ context: 'b|c' }, { context: ['b|c'] }],
    [{ context: [{ page_content: 'p', metadata: { n: 1 } }, 'q'] }, { context: ['p', 'q'] }],
    [{ prompt: [{ role: 'user', content: 'q' }] }, { messages: [{ role: 'user', content: 'q' }] }],
    [{ prompt: [{ type: 'text', text: 'q' }] }, { prompt: 'q' }],
    [{ facts: '["x", "y"]' }, { facts: ['x', 'y'] }],
    [
      { group: 3, model: 4, task: true, time: 1700000000 },
      { group: '3', model: '4', task: 'true', time: '1700000000' },
    ],
    [{ stated: '85%' }, { stated: 0.85 }],
    [{ stated: '0.85' }, { stated: 0.85 }],
    [{ stated: '0,85' }, { stated: 0.85 }],
    [{ stated: 'n/a' }, { stated: null }],
    [{ samples: ['x', { answer: 3, stated: '7 %' }] }, { samples: [{ answer: 'x' }, { answer: '3', stated: 0.07 }] }],
    [
      {
        tokens: [
          { token: 'a', logprob: '-inf', top: [{ token: 'b', logprob: '-Infinity' }] },
          { token: 'c', logprob: 'NaN' },
        ],
      },
      {
        tokens: [
          { token: 'a', logprob: -Infinity, top: [{ token: 'b', logprob: -Infinity }] },
          { token: 'c', logprob: null },
        ],
      },
    ],
    [{ tokens: '[{"token": "a", "logprob": -0.5}]' }, { tokens: [{ token: 'a', logprob: -0.5 }] }],
    [{ choices: "{'A': 0.7}" }, { choices: { A: 0.7 } }],
    [
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'q' },
              { type: 'image_url', image_url: { url: 'https://x.org/a.png' } },
            ],
          },
        ],
      },
      { messages: [{ role: 'user', content: 'q', media: ['https://x.org/a.png'] }] },
    ],
    [
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: 'https://x.org/a.png' }] }] },
      { messages: [{ role: 'user', content: null, media: ['https://x.org/a.png'] }] },
    ],
    [
      { messages: [{ role: 'assistant', tool_calls: [{}] }] },
      { messages: [{ role: 'assistant', tool_calls: [{}], content: null }] },
    ],
  ])('%j', (given, read) => {
    expect(only(given)).toEqual(read);
  });

  const listed = [
    { token: 'a', logprob: -0.1, bytes: [97], top_logprobs: [{ token: 'b', logprob: -2.5, bytes: [98] }] },
    { token: '<|end|>', logprob: -0.2, bytes: [], top_logprobs: [] },
  ];
  const kept = [{ token: 'a', logprob: -0.1, top: [{ token: 'b', logprob: -2.5 }] }];

  it('has its log-probabilities also where they are listed as an API lists them', () => {
    expect(only({ tokens: listed })).toEqual({ tokens: kept });
    expect(only({ logprobs: { content: listed } })).toEqual({ tokens: kept });
    expect(only({ logprobs: listed })).toEqual({ tokens: kept });
    const [first] = only({ tokens: [{ ...listed[0], token: 'other' }] }).tokens as { top: unknown }[];
    expect(first.top).toMatchObject([{ token: 'b', logprob: -2.5 }]);
    expect(only({ logprobs: [-0.1] })).toEqual({ logprobs: [-0.1] });
    expect(only({ logprobs: { content: [{ token: 'other', logprob: -1 }] } })).toHaveProperty('logprobs');
  });

  it.each<[answer: unknown, text: string]>([
    [42, '42'],
    [-0.5, '-0.5'],
    [true, 'true'],
    [
      [
        { type: 'text', text: 'a' },
        { type: 'output_text', text: 'b' },
      ],
      'ab',
    ],
  ])('answer %j is %s', (answer, text) => {
    expect(of({ answer }).answer).toBe(text);
  });

  it('takes an id that is a number as it is written, but none that has lost digits', () => {
    expect(of({ id: 17 }).id).toBe('17');
    expect(() => of({ id: JSON.parse('12345678901234567890') })).toThrow(
      expect.objectContaining({ code: 'BAD_RECORD' }),
    );
    expect(() => of({ answer: 2 ** 53 })).toThrow(expect.objectContaining({ code: 'BAD_RECORD' }));
  });

  it.each<[given: object, code: string, field: string, message: RegExp]>([
    [{ stated: 85 }, 'BAD_RECORD', 'stated', /divide by 100/],
    [{ stated: '85' }, 'BAD_RECORD', 'stated', /got 85\)\. If it is a percentage, divide by 100/],
    [{ stated: 'high' }, 'BAD_RECORD', 'stated', /got "high"/],
    [{ label: 'maybe' }, 'BAD_LABEL', 'label', /got "maybe"/],
    [{ label: 3 }, 'BAD_LABEL', 'label', /got 3/],
    [{ labels: [{ helpfulness: 1 }] }, 'BAD_LABEL', 'labels[0].value', /is missing/],
    [{ tokens: [{ token: 'a', logprob: '-0.5' }] }, 'BAD_RECORD', 'tokens[0].logprob', /got "-0.5"/],
    [{ tokens: [{ token: 'a', logprob: 'inf' }] }, 'BAD_RECORD', 'tokens[0].logprob', /at most 0, got Infinity/],
    [{ tokens: 12 }, 'BAD_RECORD', 'tokens', /a list of tokens, got 12/],
    [{ verifiers: { nli: '0.5' } }, 'BAD_RECORD', 'verifiers.nli', /got "0.5"/],
    [{ choices: { A: 'x' } }, 'BAD_RECORD', 'choices.A', /got "x"/],
    [{ answer: {} }, 'BAD_RECORD', 'answer', /expected text/],
    [{ answer: ['a', 'b'] }, 'BAD_RECORD', 'answer', /expected text/],
    [{ context: [{ page: 1 }] }, 'BAD_RECORD', 'context[0]', /expected text/],
    [{ context: { page: 1 } }, 'BAD_RECORD', 'context', /a list of texts/],
    [{ id: {} }, 'BAD_RECORD', 'id', /expected text/],
    [{ messages: 'hello' }, 'BAD_RECORD', 'messages', /a list of messages/],
    [{ messages: [{ role: 'user', content: [7] }] }, 'BAD_RECORD', 'messages[0].content', /text or null/],
  ])('still refused: %j', (given, code, field, message) => {
    let error: VouchError | undefined;
    try {
      of(given);
    } catch (thrown) {
      error = thrown as VouchError;
    }
    expect([error?.code, error?.detail.field, error?.detail.file, error?.detail.line]).toEqual([
      code,
      field,
      'f.jsonl',
      3,
    ]);
    expect(error?.message).toMatch(message);
  });
});

describe('case 09', () => {
  const caseFile = (name: string) => resolve(import.meta.dirname, '../cases/09-plain-jsonl-types', name);
  const lines = [
    { id: '1', prompt: 'q', answer: 'a', labels: [{ value: 1 }] },
    { id: '2', prompt: 'q', answer: 'a', labels: [{ value: 1 }] },
    { id: '3', prompt: 'q', answer: 'a', reference: ['b'] },
    { id: '4', prompt: 'q', answer: 'a', context: ['b'] },
    { id: '5', prompt: 'q', answer: '42' },
    {
      id: '6',
      messages: [{ role: 'user', content: 'q', media: [expect.stringMatching(/^sha256:[0-9a-f]{32}$/)] }],
      answer: 'a',
    },
    { id: '7', prompt: 'q', answer: 'a', tokens: [{ token: 'a', logprob: -Infinity }] },
  ];

  it('is read as CSV would read it, also the fast way', async () => {
    const { records } = await readAll(caseFile('lines.jsonl'));
    expect(records).toEqual(lines);
    let packed = 0;
    for await (const batch of readPacked([caseFile('lines.jsonl')], {})) {
      batch.records.forEach(({ tokens, ...rest }, i) => {
        const { tokens: meant, ...others } = lines[i] as { tokens?: unknown };
        expect(rest).toEqual(others);
        expect(tokens === undefined ? undefined : [...(tokens ?? [])]).toEqual(meant);
      });
      packed += batch.records.length;
    }
    expect(packed).toBe(7);
    expect((await readAll(caseFile('m.jsonl'))).records).toEqual([
      { id: '17', group: '3', prompt: 'q', answer: 'a', reference: ['b'], context: ['c'], labels: [{ value: 1 }] },
    ]);
    expect((await readAll(caseFile('one.jsonl'))).records[0].stated).toBe(0.85);
  });
});
