import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAnswer, checkRecord } from '../../data/check-record.js';
import { lineSchema } from '../../data/record.js';
import { VouchError } from '../../support/errors.js';

/** Values that are wrong somewhere and right elsewhere. */
const odd = fc.oneof(
  ...[
    null,
    undefined,
    '',
    'x',
    0,
    1,
    -1,
    1.5,
    Number.NaN,
    5e-7,
    -5e-7,
    1 + 5e-7,
    -2e-6,
    1 + 2e-6,
    2e-6,
    true,
    [],
    {},
  ].map((value) => fc.constant(value)),
  ...[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, [null], ['x'], [1], { a: null }, { a: 'x' }].map((value) =>
    fc.constant(value),
  ),
);

/** The good value, or now and then an odd one. */
const nearly = (good: fc.Arbitrary<unknown>, weight = 60) =>
  fc.oneof({ weight, arbitrary: good }, { weight: 1, arbitrary: odd });

const text = nearly(fc.constantFrom('', 'a', 'Can', '\ud83d'));
const share = nearly(fc.constantFrom(0, 0.5, 1, null, 1.000000000000001, -1e-17));
const logprob = nearly(fc.constantFrom(-0.1, 0, -9999, Number.NEGATIVE_INFINITY, 5e-7, null, Number.NaN));
const fields = (shape: Record<string, fc.Arbitrary<unknown>>, requiredKeys: string[] = []) =>
  nearly(fc.record(shape, { requiredKeys }));
const list = (item: fc.Arbitrary<unknown>) => nearly(fc.array(item, { maxLength: 2 }));
const byName = (value: fc.Arbitrary<unknown>) => nearly(fc.dictionary(fc.constantFrom('A', 'B'), value));

const alternative = fields({ token: text, logprob }, ['token']);
const tokens = list(fields({ token: text, logprob, top: list(alternative) }, ['token']));
const number = nearly(fc.constantFrom(0, -2.5, 1e9));
const shape = {
  id: text,
  group: text,
  conversation: text,
  session: text,
  time: text,
  prompt: text,
  messages: list(fields({ role: text, content: text, media: list(text) }, ['role', 'content'])),
  model: text,
  task: text,
  reasoning: text,
  selected: nearly(fc.constantFrom(true, false, null)),
  attempt: fields(
    {
      number: nearly(fc.constantFrom(1, 2)),
      kind: text,
      chosen: nearly(fc.constantFrom(true, null)),
      probability: share,
      promptTokens: nearly(fc.constantFrom(0, 12)),
      completionTokens: nearly(fc.constantFrom(0, 7)),
      samplePromptTokens: nearly(fc.constantFrom(0, 7)),
      sampleCompletionTokens: nearly(fc.constantFrom(0, 7)),
      doubt: text,
    },
    ['number'],
  ),
  finish: nearly(fc.constantFrom('stop', 'tool_calls', 'x', null)),
  context: list(text),
  facts: list(text),
  reference: list(text),
  answer: text,
  decoding: byName(number),
  tokens,
  choices: byName(share),
  samples: list(
    fields({ answer: text, temperature: number, stated: share, cluster: nearly(fc.constantFrom(0, 'a')), tokens }, [
      'answer',
    ]),
  ),
  stated: share,
  verifiers: byName(number),
  embedding: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, list(number)),
  embeddings: byName(list(number)),
  similarities: byName(fields({ question: number, passages: list(number), texts: list(list(number)), sameAt: number })),
  entailments: byName(
    fields({
      passages: fields({ entails: list(share), contradicts: list(share) }),
      texts: fields({ entails: list(list(share)), contradicts: list(list(share)) }),
    }),
  ),
  features: byName(nearly(fc.constantFrom(1, 'pro', true, null))),
  labels: list(fields({ value: share, source: text, weight: number }, ['value'])),
  label: share,
  labelSource: text,
  other: odd,
};
const line = nearly(fc.record(shape, { requiredKeys: ['answer'] }), 400);

function verdict(value: unknown): VouchError | null {
  try {
    checkRecord(structuredClone(value), 'f.jsonl', 1);
    return null;
  } catch (error) {
    if (error instanceof VouchError) return error;
    throw error;
  }
}

describe('checkRecord', () => {
  it('is tried on every field of the schema', () => {
    expect(Object.keys(shape)).toEqual(expect.arrayContaining(Object.keys(lineSchema.shape)));
  });

  it('gives the verdict of the schema on near misses, and names a field the schema objects to', () => {
    let good = 0;
    let bad = 0;
    fc.assert(
      fc.property(line, (value) => {
        const error = verdict(value);
        const checked = lineSchema.safeParse(structuredClone(value));
        expect(error === null, `${JSON.stringify(value)} ${error?.message}`).toBe(checked.success);
        if (error === null) good++;
        else bad++;
        if (error === null || checked.success) return;
        const paths = checked.error.issues.map(({ path }) =>
          path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`)).join(''),
        );
        expect(paths).toContain(error.detail.field ?? '');
      }),
      { numRuns: 6000, seed: 3 },
    );
    expect(Math.min(good, bad)).toBeGreaterThan(800);
  });

  it('takes what ended in a tool call, a filter or an error for no answer, and null for nothing else', () => {
    expect(checkRecord({ answer: null, finish: 'content_filter' }).answer).toBeNull();
    expect(checkRecord({ answer: 'Let me look.', finish: 'tool_calls' }).answer).toBeNull();
    expect(checkRecord({ answer: '', finish: 'length' }).answer).toBe('');
    expect(() => checkRecord({ answer: null, finish: 'stop' })).toThrow(/field "answer"/);
    expect(() => checkAnswer({ answer: null, finish: 'error' }, 'f', 2)).toThrow(/f:2: field "answer"/);
  });

  it('tolerates what endpoints send, and sets roundings above 0 to 0', () => {
    const record = checkRecord({
      answer: '',
      tokens: [
        {
          token: 'a',
          logprob: 1e-6,
          top: [
            { token: 'b', logprob: -9999 },
            { token: 'c', logprob: Number.NEGATIVE_INFINITY },
          ],
        },
        { token: 'd', logprob: null, top: [{ token: 'e', logprob: 3e-7 }] },
        { token: 'f', logprob: Number.NaN, top: null },
      ],
    });
    expect(record.tokens?.[0]).toEqual({
      token: 'a',
      logprob: 0,
      top: [
        { token: 'b', logprob: -9999 },
        { token: 'c', logprob: Number.NEGATIVE_INFINITY },
      ],
    });
    expect(record.tokens?.[1].top?.[0].logprob).toBe(0);
    expect(record.tokens?.[2].logprob).toBeNaN();
  });

  it('sets probabilities a rounding outside of 0..1 to 0 and 1, verifiers too, and no others', () => {
    const record = checkRecord({
      answer: 'x',
      choices: { A: 1.000000000000001, B: -1e-17, C: 0.5, D: 1 + 1e-6 },
      stated: 1.0000000000000002,
      samples: [{ answer: 'y', stated: -1e-9 }],
      verifiers: { a: -2e-17, b: 1 + 1e-12, c: -0.01, d: 7 },
      labels: [{ value: 1.0000001 }],
      label: -1e-8,
    });
    expect(record.choices).toEqual({ A: 1, B: 0, C: 0.5, D: 1 });
    expect(record.stated).toBe(1);
    expect(record.samples?.[0].stated).toBe(0);
    expect(record.verifiers).toEqual({ a: 0, b: 1, c: -0.01, d: 7 });
    expect(record.labels).toEqual([{ value: 1 }, { value: 0 }]);
    for (const value of [1 + 2e-6, -2e-6]) {
      expect(() => checkRecord({ answer: 'x', stated: value })).toThrow(/expected a number in 0\.\.1/);
    }
  });

  it('turns the label shorthand into an entry behind those there are', () => {
    const labels = [{ value: 0, source: 'auto:numeric' }];
    expect(checkRecord({ answer: 'x', label: 1, labelSource: 'human', labels }).labels).toEqual([
      { value: 0, source: 'auto:numeric' },
      { value: 1, source: 'human' },
    ]);
    expect(checkRecord({ answer: 'x', label: 0.5 }).labels).toEqual([{ value: 0.5 }]);
    expect(checkRecord({ answer: 'x', label: null }).labels).toBeUndefined();
    expect(JSON.stringify(checkRecord({ id: 'i', answer: 'x', label: 1 }))).toBe(
      '{"id":"i","answer":"x","labels":[{"value":1}]}',
    );
  });

  it('makes an id from file and line where there is none', () => {
    expect(checkRecord({ answer: 'x' }, '/a/b/log.jsonl.gz', 12).id).toBe('log.jsonl.gz:12');
    expect(checkRecord({ id: null, answer: 'x' }, '-', 3).id).toBe('-:3');
    expect(checkRecord({ id: 'q', answer: 'x' }, 'log.jsonl', 12).id).toBe('q');
  });

  const cases: [what: string, line: unknown, code: string, field: string | undefined, words: RegExp][] = [
    ['no object', ['x'], 'BAD_RECORD', undefined, /expected an answer as a JSON object, got \["x"\]/],
    ['no answer', { response: 'x' }, 'BAD_RECORD', 'answer', /is missing \(expected text, got nothing\)/],
    [
      'answer null',
      { answer: null },
      'BAD_RECORD',
      'answer',
      /expected text, or null with a finish of tool_calls, .*, got null/,
    ],
    [
      'logprob above 0',
      { answer: 'x', tokens: [{ token: 'a' }, { token: 'b', logprob: 0.3 }] },
      'BAD_RECORD',
      'tokens[1].logprob',
      /at most 0, got 0.3\)\. A probability\?/,
    ],
    [
      'alternative above 0',
      { answer: 'x', tokens: [{ token: 'a', top: [{ token: 'b', logprob: 2 }] }] },
      'BAD_RECORD',
      'tokens[0].top[0].logprob',
      /got 2/,
    ],
    [
      'text for a logprob',
      { answer: 'x', samples: [{ answer: 'y', tokens: [{ token: 'a', logprob: '-1' }] }] },
      'BAD_RECORD',
      'samples[0].tokens[0].logprob',
      /expected a number, got "-1"/,
    ],
    [
      'stated in percent',
      { answer: 'x', stated: 90 },
      'BAD_RECORD',
      'stated',
      /got 90\)\. If it is a percentage, divide by 100/,
    ],
    ['stated as text', { answer: 'x', stated: '0.9' }, 'BAD_RECORD', 'stated', /expected a number in 0..1, got "0.9"/],
    ['label above 1', { answer: 'x', label: 2 }, 'BAD_LABEL', 'label', /0\.\.1, got 2/],
    ['label of an entry', { answer: 'x', labels: [{ value: -0.1 }] }, 'BAD_LABEL', 'labels[0].value', /got -0.1/],
    ['label as text', { answer: 'x', label: '1' }, 'BAD_LABEL', 'label', /got "1"/],
    [
      'verifier infinite',
      { answer: 'x', verifiers: { nli: Number.POSITIVE_INFINITY } },
      'BAD_RECORD',
      'verifiers.nli',
      /a number, got Infinity/,
    ],
    ['feature as list', { answer: 'x', features: { plan: ['pro'] } }, 'BAD_RECORD', 'features.plan', /got \["pro"\]/],
    ['context as text', { answer: 'x', context: 'passage' }, 'BAD_RECORD', 'context', /a list of texts, got "passage"/],
  ];
  it.each(cases)('says where and what: %s', (_, value, code, field, words) => {
    const error = (() => {
      try {
        return checkRecord(value, 'f.jsonl', 7);
      } catch (thrown) {
        return thrown as VouchError;
      }
    })() as VouchError;
    expect([error.code, error.detail.file, error.detail.line, error.detail.field]).toEqual([code, 'f.jsonl', 7, field]);
    expect(error.message).toMatch(words);
    expect(error.message).toMatch(/^f\.jsonl:7: /);
  });
});
