import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { logFormats } from '../../../../data/read/formats/list.js';
import type { Fields } from '../../../../data/read/table/fields.js';
import { partsOf } from './parts-of.js';

interface Shipped {
  id: string;
  prompt: string;
  answer: string;
  tokens: { token: string; logprob: number; top: { token: string; logprob: number }[] }[];
}

const file = resolve(import.meta.dirname, '../../../../examples/smollm2.jsonl.gz');
const shipped = gunzipSync(readFileSync(file))
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Shipped)
  .filter(({ id }) => id.endsWith('-a'))
  .filter((_, i) => i % 5 === 0);

const user = (row: Shipped) => [{ role: 'user', content: row.prompt }];
const said = (row: Shipped) => ({ role: 'assistant', content: row.answer });
const logprobs = (row: Shipped) => ({
  content: row.tokens.map(({ token, logprob, top }) => ({ token, logprob, top_logprobs: top.slice(0, 5) })),
});
const completion = (row: Shipped) => ({
  model: 'm',
  choices: [{ index: 0, message: said(row), logprobs: logprobs(row), finish_reason: 'stop' }],
});
const google = ({ token, logprob }: { token: string; logprob: number }) => ({ token, logProbability: logprob });
const geminiResponse = (row: Shipped) => ({
  candidates: [
    {
      content: { role: 'model', parts: [{ text: row.answer }] },
      finishReason: 'STOP',
      logprobsResult: {
        chosenCandidates: row.tokens.map(google),
        topCandidates: row.tokens.map(({ top }) => ({ candidates: top.slice(0, 5).map(google) })),
      },
    },
  ],
});
const parts = (text: string) =>
  JSON.stringify([{ role: 'x', parts: [{ type: 'text', content: text }], finish_reason: 'stop' }]);
const generation = (row: Shipped, output: unknown) => ({
  id: row.id,
  traceId: row.id,
  type: 'GENERATION',
  input: user(row),
  output,
});
const ids = { trace_id: 'a', span_id: 'b' };

/** How a format stores one answer, and whether it holds tokens. */
const STORED: readonly (readonly [name: string, row: (row: Shipped) => Fields, tokens: boolean])[] = [
  [
    'anthropic',
    (row) => ({
      request: { messages: user(row) },
      response: {
        type: 'message',
        role: 'assistant',
        content: [{ type: 'text', text: row.answer }],
        stop_reason: 'end_turn',
      },
    }),
    false,
  ],
  [
    'gemini',
    (row) => ({
      request: { contents: [{ role: 'user', parts: [{ text: row.prompt }] }] },
      response: geminiResponse(row),
    }),
    true,
  ],
  [
    'bedrock',
    (row) => ({
      request: { messages: [{ role: 'user', content: [{ text: row.prompt }] }] },
      response: { output: { message: { role: 'assistant', content: [{ text: row.answer }] } }, stopReason: 'end_turn' },
    }),
    false,
  ],
  ['langfuse', (row) => generation(row, said(row)), false],
  ['langfuse', (row) => generation(row, JSON.stringify(said(row))), false],
  ['langfuse', (row) => generation(row, completion(row)), true],
  [
    'otel-genai',
    (row) => ({
      context: ids,
      attributes: {
        'gen_ai.input.messages': parts(row.prompt).replace('"x"', '"user"'),
        'gen_ai.output.messages': parts(row.answer),
      },
    }),
    false,
  ],
  [
    'otel-genai',
    (row) => ({
      context: ids,
      attributes: {
        'gen_ai.prompt.0.role': 'user',
        'gen_ai.prompt.0.content': row.prompt,
        'gen_ai.completion.0.content': row.answer,
      },
    }),
    false,
  ],
  [
    'openinference',
    (row) => ({
      context: ids,
      span_kind: 'LLM',
      attributes: {
        llm: { input_messages: user(row).map((message) => ({ message })) },
        output: { value: JSON.stringify(completion(row)) },
      },
    }),
    true,
  ],
  [
    'langsmith',
    (row) => ({
      id: row.id,
      run_type: 'llm',
      inputs: { messages: [[{ type: 'human', data: { content: row.prompt } }]] },
      outputs: {
        generations: [
          [
            {
              text: row.answer,
              message: { type: 'ai', data: { content: row.answer, response_metadata: { logprobs: logprobs(row) } } },
            },
          ],
        ],
      },
    }),
    true,
  ],
  [
    'helicone',
    (row) => ({
      request_id: row.id,
      request_body: { messages: user(row) },
      response_body: JSON.stringify(completion(row)),
    }),
    true,
  ],
  [
    'litellm-spend',
    (row) => ({
      request_id: row.id,
      call_type: 'completion',
      spend: 0,
      startTime: '2026-01-05',
      messages: user(row),
      response: completion(row),
    }),
    true,
  ],
  [
    'mlflow-trace',
    (row) => ({
      info: {},
      data: {
        spans: [
          {
            span_id: 'a',
            attributes: {
              'mlflow.spanType': '"LLM"',
              'mlflow.spanInputs': JSON.stringify({ messages: user(row) }),
              'mlflow.spanOutputs': JSON.stringify(completion(row)),
            },
          },
        ],
      },
    }),
    true,
  ],
  [
    'weave',
    (row) => ({
      id: row.id,
      trace_id: 't',
      op_name: 'weave:///e/p/op/openai.chat.completions.create:1',
      inputs: { messages: user(row) },
      output: completion(row),
    }),
    true,
  ],
];

describe('shipped answers as tools store them', () => {
  it('are three hundred and one', () => {
    expect(shipped).toHaveLength(301);
  });

  it.each(STORED)('come out of %s as they went in', (name, stored, hasTokens) => {
    for (const row of shipped) {
      const wrapped = stored(row);
      const format = logFormats.find((one) => one.detect(wrapped) !== null);
      expect(format?.name).toBe(name);
      const [record] = format === undefined ? [] : (partsOf(format, wrapped) as Fields[]);
      expect(record).toMatchObject({ answer: row.answer, messages: user(row) });
      const tokens = row.tokens.map(({ token, logprob, top }) => ({ token, logprob, top: top.slice(0, 5) }));
      expect(record.tokens).toEqual(hasTokens ? tokens : undefined);
    }
  });
});
