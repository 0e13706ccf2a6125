import { describe, expect, it } from 'vitest';
import type { Fields } from '../../../../../data/read/table/fields.js';
import { readAll, temporary } from '../../../temporary.js';
import { formatOf, joined, partsOf, recordsOf, rowsOf } from '../reading.js';

const head = (id: string) => ({ id, object: 'chat.completion.chunk', created: 1750000000, model: 'm' });
const chunk = (id: string, content: string | null, finish_reason: string | null = null, index = 0): Fields => ({
  ...head(id),
  choices: [{ index, delta: content === null ? {} : { content }, logprobs: null, finish_reason }],
});
const time = '2025-06-15T15:06:40.000Z';

describe('openai-chunks', () => {
  it('joins chunks that stand one a row', () => {
    const rows = rowsOf('25-langfuse/chunks.jsonl');
    expect(formatOf(rows[0])).toBe('openai-chunks');
    expect(recordsOf(rows)).toEqual([{ id: 'c', model: 'm', time, answer: 'Canberra', finish: 'stop' }]);
  });

  it('keeps mixed streams apart, and lets Azure’s empty chunks change nothing', () => {
    const azure = { id: '', object: '', created: 0, model: '', choices: [], prompt_filter_results: [] };
    const filter = {
      id: '',
      object: '',
      created: 0,
      model: '',
      choices: [{ index: 0, finish_reason: null, content_filter_offsets: {} }],
    };
    const usage = { ...head('a'), choices: [], usage: { total_tokens: 2 } };
    const rows = [
      azure,
      chunk('a', 'Can'),
      chunk('b', 'Li'),
      azure,
      filter,
      chunk('a', 'berra'),
      chunk('b', 'ma'),
      chunk('a', null, 'stop'),
      usage,
      chunk('b', null, 'length'),
    ];
    const parts = joined(rows).flatMap((row) => partsOf(row));
    expect(parts.filter((part) => 'record' in part)).toEqual([
      { record: { id: 'a', model: 'm', time, answer: 'Canberra', finish: 'stop' } },
      { record: { id: 'b', model: 'm', time, answer: 'Lima', finish: 'length' } },
    ]);
    expect(parts.filter((part) => 'passed' in part)).toEqual(Array(4).fill({ passed: 'chunks without text' }));
  });

  it('takes a stream without its last chunk for no answer', () => {
    expect(recordsOf([chunk('a', 'Can'), chunk('a', 'berra')])).toEqual([
      { id: 'a', model: 'm', time, answer: null, finish: 'error' },
    ]);
  });

  it('passes over further choices, which nothing says the number of', () => {
    const rows = [chunk('a', 'x'), chunk('a', 'y', null, 1), chunk('a', null, 'stop'), chunk('a', null, 'stop', 1)];
    const parts = joined(rows).flatMap((row) => partsOf(row));
    expect(parts).toEqual([
      { passed: 'further choices of a stream' },
      { record: { id: 'a', model: 'm', time, answer: 'x', finish: 'stop' } },
      { passed: 'further choices of a stream' },
    ]);
  });

  it('keeps log-probabilities and the keys beside the chunks', () => {
    const piece = (token: string, logprob: number): Fields => ({
      ...head('a'),
      choices: [
        {
          index: 0,
          delta: { content: token },
          logprobs: { content: [{ token, logprob, bytes: null, top_logprobs: [] }] },
          finish_reason: null,
        },
      ],
    });
    expect(recordsOf([piece('Can', -0.1), piece('berra', -0.2), { ...chunk('a', null, 'stop'), label: 1 }])).toEqual([
      {
        ...{ id: 'a', model: 'm', time, answer: 'Canberra', finish: 'stop', label: 1 },
        tokens: [
          { token: 'Can', logprob: -0.1 },
          { token: 'berra', logprob: -0.2 },
        ],
      },
    ]);
  });

  it('joins pieces of completions; a whole completion is a stream of one', () => {
    const piece = (text: string, finish_reason: string | null = null, logprobs: unknown = null): Fields => ({
      ...{ id: 'cmpl', object: 'text_completion', created: 1750000000, model: 'm' },
      choices: [{ index: 0, text, finish_reason, logprobs }],
    });
    const lp = (token: string) => ({
      tokens: [token],
      token_logprobs: [-0.1],
      top_logprobs: [{ [token]: -0.1 }],
      text_offset: [0],
    });
    const tokens = ['Can', 'berra'].map((token) => ({ token, logprob: -0.1, top: [{ token, logprob: -0.1 }] }));
    expect(recordsOf([piece('Can', null, lp('Can')), piece('berra', null, lp('berra')), piece('', 'stop')])).toEqual([
      { id: 'cmpl', model: 'm', time, answer: 'Canberra', finish: 'stop', tokens },
    ]);
    expect(recordsOf([piece('Can'), piece('berra')])).toMatchObject([{ answer: null, finish: 'error' }]);
    const whole = { ...piece('Canberra', 'stop'), usage: {}, label: 1 };
    expect(joined([whole])).toEqual([whole]);
    expect(formatOf(whole)).toBe('openai-completions');
    expect(formatOf(piece('Can'))).toBe('openai-chunks');
  });

  it('joins the events of responses, mixed ones too', () => {
    const event = (id: string, type: string, more: object = {}): Fields => ({
      type: `response.${type}`,
      sequence_number: 1,
      ...more,
      ...(id === '' ? {} : { response: { id, object: 'response', model: 'm', output: [], ...more } }),
    });
    const output = (text: string) => ({
      status: 'completed',
      output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }],
    });
    const rows = [
      event('r1', 'created'),
      event('r2', 'created'),
      event('', 'output_text.delta', { delta: 'x' }),
      event('r1', 'completed', output('a')),
      event('', 'output_text.delta', { delta: 'y' }),
      event('r2', 'completed', output('b')),
    ];
    expect(recordsOf(rows).map(({ id, answer }) => [id, answer])).toEqual([
      ['r1', 'a'],
      ['r2', 'b'],
    ]);
    expect(recordsOf(rows.slice(0, 1))).toMatchObject([{ id: 'r1', answer: null, finish: 'error' }]);
  });
});

describe('a file of stream chunks', () => {
  const { put } = temporary();
  const lines = (...rows: Fields[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const stream = (id: string) => [chunk(id, 'Can'), chunk(id, 'berra'), chunk(id, null, 'stop')];

  it('is joined though it begins with Azure’s empty chunk, or with other rows', async () => {
    const azure = { id: '', object: '', created: 0, model: '', choices: [], prompt_filter_results: [] };
    const other = { id: 'x', answer: 'Lima' };
    for (const [name, first, before] of [
      ['azure.jsonl', azure, []],
      ['other.jsonl', other, ['Lima']],
    ] as const) {
      const { records } = await readAll(put(name, lines(first, ...stream('a'), ...stream('b'))));
      expect(records.map(({ answer }) => answer)).toEqual([...before, 'Canberra', 'Canberra']);
    }
  });

  it('has chunks refused that first come after its beginning', async () => {
    const other = { id: 'x', answer: 'Lima', prompt: 'p'.repeat(70_000) };
    const { records, bad } = await readAll(put('late.jsonl', lines(other, ...stream('a'))), { badLines: 'skip' });
    expect(records.map(({ answer }) => answer)).toEqual(['Lima']);
    expect(bad.map(({ line, error }) => [line, error.code])).toEqual([
      [2, 'BAD_RECORD'],
      [3, 'BAD_RECORD'],
      [4, 'BAD_RECORD'],
    ]);
  });
});
