import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { groupOf } from '../../../data/group.js';
import { newSummary } from '../../../data/read/summary.js';
import { errorOf, fixture, readAll, readAllLogged, temporary } from '../temporary.js';

const { put } = temporary();

describe('OpenAI logs: request and response', () => {
  it('takes the first choice as answer, others as samples, tokens with alternatives, keys beside', async () => {
    const { records } = await readAll(fixture('openai-pairs.jsonl'), { badLines: 'skip' });
    expect(records[0]).toEqual({
      id: 'chatcmpl-1',
      model: 'gpt-4o-mini-2024-07-18',
      task: 'capitals',
      time: '2026-01-05T10:00:00.000Z',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Capital of Australia?' },
      ],
      decoding: { temperature: 0.8 },
      answer: 'Canberra',
      finish: 'stop',
      tokens: [
        {
          token: 'Can',
          logprob: -0.1,
          top: [
            { token: 'Can', logprob: -0.1 },
            { token: 'Syd', logprob: -9999 },
          ],
        },
        { token: 'berra', logprob: 0, top: [{ token: 'berra', logprob: 0 }] },
      ],
      samples: [{ answer: 'Sydney', temperature: 0.8, tokens: [{ token: 'Sydney', logprob: -1.5 }] }],
      labels: [{ value: 1 }],
      metadata: { question: 'q1' },
    });
    expect(groupOf(records[0], 'metadata.question')).toBe('q1');
  });

  it('reads refusals, truncation, tool calls and reasoning; a failed request is a bad line', async () => {
    const { records, bad } = await readAllLogged(fixture('openai-pairs.jsonl'), { badLines: 'skip' });
    expect(records.map(({ answer, finish }) => [answer, finish])).toEqual([
      ['Canberra', 'stop'],
      ["I can't help with that.", 'stop'],
      ['It is three deg', 'length'],
      [null, 'tool_calls'],
      ['Yes', 'stop'],
    ]);
    expect(records[1].tokens).toEqual([{ token: 'I', logprob: -0.5 }]);
    expect(records[2].messages?.[1]).toEqual({ role: 'assistant', content: null });
    expect(records[4]).toMatchObject({ reasoning: 'Yes or no?', tokens: [{ token: 'Yes', logprob: -1 }] });
    expect(bad).toHaveLength(1);
    expect(bad[0].error.detail).toMatchObject({ line: 6, field: 'error', got: 'rate_limit_exceeded' });
    expect(await errorOf(readAll(fixture('openai-pairs.jsonl')))).toMatchObject({
      code: 'BAD_RECORD',
      line: 6,
      message: expect.stringMatching(/Rate limit reached/),
    });
  });
});

describe('OpenAI logs: Batch API', () => {
  it('reads the output alone: ids and answers, no prompt; failures are bad lines with their reason', async () => {
    const summary = newSummary();
    const { records, bad } = await readAll(fixture('batch-output.jsonl'), { badLines: 'skip', summary });
    expect(records).toEqual([
      { id: 'q-1', model: 'gpt-4o', time: '2026-01-05T10:00:00.000Z', answer: 'Canberra', finish: 'stop' },
    ]);
    expect(bad.map(({ line, error }) => [line, error.code, error.detail.got])).toEqual([
      [2, 'BAD_RECORD', 400],
      [3, 'BAD_RECORD', 'batch_expired'],
    ]);
    expect(bad[1].error.message).toMatch(/the request failed: This request could not be executed/);
    expect(summary).toMatchObject({ records: 1, bad: 2, ungrouped: 1 });
  });

  it('finds the requests in the input file, given before or after', async () => {
    for (const files of [
      ['batch-input.jsonl', 'batch-output.jsonl'],
      ['batch-output.jsonl', 'batch-input.jsonl'],
    ]) {
      const summary = newSummary();
      const { records, bad } = await readAll(files.map(fixture), { badLines: 'skip', summary });
      expect(records).toMatchObject([
        { id: 'q-1', messages: [{ role: 'user', content: 'Capital of Australia?' }], decoding: { temperature: 0 } },
      ]);
      expect(bad).toHaveLength(2);
      expect(summary.ungrouped).toBe(0);
    }
  });
});

describe('OpenAI logs: other shapes', () => {
  it('reads Azure: filter results beside, an answer cut by the filter, a prompt refused by it', async () => {
    const { records, bad } = await readAllLogged(fixture('azure.jsonl'), { badLines: 'skip' });
    expect(records.map(({ id, answer, finish }) => [id, answer, finish])).toEqual([
      ['chatcmpl-az1', 'Canberra', 'stop'],
      ['chatcmpl-az2', null, 'content_filter'],
    ]);
    expect(records[0]).toMatchObject({ model: 'gpt-4o-2024-11-20', decoding: { temperature: 0 } });
    expect(records[0]).not.toHaveProperty('prompt_filter_results');
    expect(bad.map(({ line, error }) => [line, error.detail.got])).toEqual([[3, 'content_filter']]);
    const lines = readFileSync(fixture('azure.jsonl'), 'utf8').trim().split('\n');
    const reversed = await readAllLogged(put('reversed.jsonl', lines.reverse().join('\n')), { badLines: 'skip' });
    expect(reversed.lines).toEqual([2, 3]);
  });

  it('reads a bare response, a conversation, and older completions with their parallel lists', async () => {
    const bare =
      '{"id":"c1","object":"chat.completion","model":"m","choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}';
    expect((await readAll(put('bare.jsonl', bare))).records).toEqual([
      { id: 'c1', model: 'm', answer: 'Hi', finish: 'stop' },
    ]);
    const talk = '{"id":"t1","messages":[{"role":"user","content":"Hi?"},{"role":"assistant","content":"Hi"}]}';
    expect((await readAll(put('talk.jsonl', talk))).records).toEqual([
      { id: 't1', messages: [{ role: 'user', content: 'Hi?' }], answer: 'Hi' },
    ]);
    const older =
      '{"request":{"prompt":"2+2="},"response":{"id":"o1","choices":[{"text":"4","logprobs":{"tokens":["4"],"token_logprobs":[-0.2],"top_logprobs":[{"4":-0.2,"5":-3}]},"finish_reason":"stop"}]}}';
    expect((await readAll(put('older.jsonl', older))).records).toEqual([
      {
        id: 'o1',
        prompt: '2+2=',
        answer: '4',
        finish: 'stop',
        tokens: [
          {
            token: '4',
            logprob: -0.2,
            top: [
              { token: '4', logprob: -0.2 },
              { token: '5', logprob: -3 },
            ],
          },
        ],
      },
    ]);
  });

  it('takes further fields from beside the log by a map', async () => {
    const map = { group: 'metadata.question', task: 'kind' };
    const line =
      '{"kind":"qa","metadata":{"question":17},"request":{"messages":[{"role":"user","content":"Hi?"}]},"response":{"id":"r","choices":[{"message":{"content":null}}]}}';
    expect((await readAll(put('beside.jsonl', line), { map })).records).toEqual([
      {
        id: 'r',
        group: '17',
        task: 'qa',
        metadata: { question: 17 },
        messages: [{ role: 'user', content: 'Hi?' }],
        answer: '',
      },
    ]);
  });

  it('leaves canonical records between log lines as they are', async () => {
    const lines = '{"id":"a","answer":"x","stated":0.5}\n{"id":"b","choices":[{"message":{"content":"y"}}]}\n';
    expect((await readAll(put('mixed.jsonl', lines))).records).toEqual([
      { id: 'a', answer: 'x', stated: 0.5 },
      { id: 'b', answer: 'y' },
    ]);
  });

  it('says where a response holds no choice or a wrong number', async () => {
    const none = put('none.jsonl', '{"request":{"messages":[]},"response":{"choices":[]}}');
    expect(await errorOf(readAll(none))).toMatchObject({ code: 'BAD_RECORD', line: 1, field: 'choices' });
    const wrong = put(
      'wrong.jsonl',
      '{"choices":[{"message":{"content":"x"},"logprobs":{"content":[{"token":"x","logprob":0.5}]}}]}',
    );
    expect(await errorOf(readAll(wrong))).toMatchObject({
      code: 'BAD_RECORD',
      line: 1,
      field: 'tokens[0].logprob',
      got: 0.5,
    });
  });
});
