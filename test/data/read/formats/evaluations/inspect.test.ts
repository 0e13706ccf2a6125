import { describe, expect, it } from 'vitest';
import { inspect } from '../../../../../data/read/formats/evaluations/inspect.js';
import { failureOf, partsOf, recordOf, recordsOf } from '../reading-as.js';

const asked = { id: 'u', role: 'user', source: 'input', content: 'Capital of Australia?' };
const said = { id: 'a', role: 'assistant', source: 'generate', content: 'Canberra' };
const output = {
  model: 'gpt-4o-mini-2024-07-18',
  completion: 'Canberra',
  choices: [
    {
      message: said,
      stop_reason: 'stop',
      logprobs: { content: [{ token: 'Canberra', logprob: -0.5, top_logprobs: [] }] },
    },
  ],
};
const sample = {
  id: 'au',
  epoch: 1,
  input: 'Capital of Australia?',
  target: 'Canberra',
  messages: [asked, said],
  output,
  scores: { match: { value: 'C', answer: 'Canberra' } },
  metadata: {},
};
const log = {
  version: 2,
  status: 'success',
  eval: {
    eval_id: 'e1',
    run_id: 'r1',
    created: '2026-11-20T10:00:00+00:00',
    task: 'faq',
    model: 'openai/gpt-4o-mini',
    model_generate_config: { temperature: 0.5 },
  },
  plan: { config: { temperature: 0, max_tokens: null } },
  samples: [sample],
};

/** The labels and other scores of the sample with these scores. */
function graded(scores: object): object {
  const { labels, scores: rest } = recordOf(inspect, { ...log, samples: [{ ...sample, scores }] });
  return { labels, rest };
}

describe('Inspect', () => {
  it('reads a sample of a log', () => {
    expect(recordOf(inspect, log)).toEqual({
      id: 'e1/faq/au/1',
      group: 'faq/au',
      model: 'gpt-4o-mini-2024-07-18',
      task: 'faq',
      time: '2026-11-20T10:00:00+00:00',
      prompt: 'Capital of Australia?',
      answer: 'Canberra',
      finish: 'stop',
      tokens: [{ token: 'Canberra', logprob: -0.5 }],
      decoding: { temperature: 0 },
      reference: ['Canberra'],
      labels: [{ value: 1, source: 'inspect', name: 'match', raw: 'C' }],
    });
  });

  it('keeps epochs of one sample in one group with ids of their own, and reads a sample by itself', () => {
    const records = recordsOf(inspect, { ...log, samples: [sample, { ...sample, epoch: 2, uuid: 'X1' }] });
    expect(records.map(({ id, group }) => [id, group])).toEqual([
      ['e1/faq/au/1', 'faq/au'],
      ['X1', 'faq/au'],
    ]);
    const alone = recordOf(inspect, sample);
    expect(alone).toMatchObject({ answer: 'Canberra', model: 'gpt-4o-mini-2024-07-18' });
    expect([alone.id, alone.group, alone.task]).toEqual([undefined, undefined, undefined]);
  });

  it('grades as value_to_float does, and leaves what it cannot grade under scores', () => {
    for (const [value, grade] of [
      ['C', 1],
      ['I', 0],
      ['P', 0.5],
      ['N', 0],
      [true, 1],
      [false, 0],
      [0.25, 0.25],
      ['yes', 1],
      ['No', 0],
      ['0.5', 0.5],
      ['1', 1],
    ]) {
      expect(graded({ s: { value } })).toEqual({
        labels: [{ value: grade, source: 'inspect', name: 's', ...(typeof value === 'number' ? {} : { raw: value }) }],
        rest: undefined,
      });
    }
    expect(
      graded({
        s: { value: 7 },
        t: { value: 'good' },
        u: { value: null },
        v: { value: Number.NaN },
        w: { value: [1, 0] },
      }),
    ).toEqual({
      labels: [
        { value: 7, source: 'inspect', name: 's', maybe: true },
        { value: 'good', source: 'inspect', name: 't', maybe: true },
      ],
      rest: { s: 7, t: 'good', w: [1, 0] },
    });
    expect(
      graded({
        s: { value: { a: 'C', b: 0, c: null } },
        t: { value: 'I', history: [{ value: 'C' }, { value: 'I', provenance: { author: 'jo' } }] },
      }),
    ).toEqual({
      labels: [
        { value: 1, source: 'inspect', name: 's.a', raw: 'C' },
        { value: 0, source: 'inspect', name: 's.b' },
        { value: 0, source: 'inspect', name: 't', raw: 'I', rater: 'jo' },
      ],
      rest: undefined,
    });
    const older = {
      ...log,
      results: { scorer: { name: 'includes' } },
      samples: [{ ...sample, scores: undefined, score: { value: 'C' } }],
    };
    expect(recordOf(inspect, older).labels).toEqual([{ value: 1, source: 'inspect', name: 'includes', raw: 'C' }]);
  });

  it('takes the completion that a submit tool set for the answer; a mere call is none', () => {
    const calling = { ...said, content: 'I submit', tool_calls: [{ id: 'c', function: 'submit', arguments: {} }] };
    const called = {
      ...output,
      completion: 'I submit',
      choices: [{ ...output.choices[0], message: calling, stop_reason: 'tool_calls' }],
    };
    const row = { ...sample, messages: [asked, calling], output: called };
    expect(recordOf(inspect, row)).toMatchObject({
      answer: null,
      finish: 'tool_calls',
      prompt: 'Capital of Australia?',
    });
    const submitted = recordOf(inspect, { ...row, output: { ...called, completion: 'Canberra' } });
    expect(submitted).toMatchObject({ answer: 'Canberra', finish: 'stop' });
    expect(submitted).not.toHaveProperty('tokens');
    const filtered = {
      ...output,
      completion: '',
      choices: [{ message: { ...said, content: '' }, stop_reason: 'content_filter' }],
    };
    expect(recordOf(inspect, { ...sample, output: filtered })).toMatchObject({
      answer: null,
      finish: 'content_filter',
    });
    const cut = {
      ...output,
      completion: '',
      choices: [{ message: { ...said, content: '' }, stop_reason: 'max_tokens' }],
    };
    expect(recordOf(inspect, { ...sample, output: cut })).toMatchObject({ answer: '', finish: 'length' });
  });

  it('keeps reasoning apart, names images, puts attachments back, makes further choices samples', () => {
    const content = [
      { type: 'reasoning', reasoning: 'sealed', summary: 'Not Sydney.', redacted: true },
      { type: 'text', text: 'Canberra' },
    ];
    const message = { ...said, content };
    const image = { type: 'image', image: 'attachment://h1' };
    const row = {
      ...sample,
      input: [{ role: 'user', content: [{ type: 'text', text: 'attachment://h2' }, image] }],
      messages: [
        { id: 's', role: 'system', content: 'Be brief.' },
        { id: 'u', role: 'user', content: [{ type: 'text', text: 'attachment://h2' }, image] },
        message,
      ],
      attachments: { h1: 'https://x.org/a.png', h2: 'Where is this?' },
      output: {
        ...output,
        choices: [
          { message, stop_reason: 'stop' },
          { message: { ...said, id: 'b', content: 'Sydney' }, stop_reason: 'stop' },
        ],
      },
    };
    const read = recordOf(inspect, row);
    expect(read).toMatchObject({ answer: 'Canberra', reasoning: 'Not Sydney.', samples: [{ answer: 'Sydney' }] });
    const turns = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Where is this?', media: ['https://x.org/a.png'] },
    ];
    expect(read.messages).toEqual(turns);
    expect(recordOf(inspect, { ...row, messages: [] }).messages).toEqual(turns.slice(1));
  });

  it('sets failed samples aside, each with its reason, and refuses a log without samples', () => {
    expect(failureOf(inspect, { ...log, samples: [{ ...sample, error: { message: 'Timeout.\ntrace' } }] })).toBe(
      'field "error": the sample failed: Timeout. [VOUCH_BAD_RECORD]',
    );
    const limited = { ...sample, output: { choices: [] }, limit: { type: 'time', limit: 3 } };
    expect(failureOf(inspect, { ...log, samples: [limited] })).toContain('none: the time limit ended it');
    expect(partsOf(inspect, { ...log, samples: [limited, sample] }).map((part) => Object.keys(part)[0])).toEqual([
      'value',
      'record',
    ]);
    expect(() => partsOf(inspect, { ...log, samples: null })).toThrow(/contains no samples.*VOUCH_BAD_RECORD/s);
  });
});
