import { describe, expect, it } from 'vitest';
import { bedrock } from '../../../../../data/read/formats/servers/bedrock.js';
import { formatOf, partsOf, recordOf } from '../parts-of.js';

const request = {
  modelId: 'amazon.nova-lite-v1:0',
  system: [{ text: 'Be brief.' }],
  messages: [
    {
      role: 'user',
      content: [{ text: 'What is this?' }, { image: { format: 'png', source: { bytes: 'AAAA' } } }],
    },
  ],
  inferenceConfig: { temperature: 0.1, maxTokens: 20 },
};
const response = (content: unknown[], stopReason = 'end_turn') => ({
  output: { message: { role: 'assistant', content } },
  stopReason,
  usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
});

describe('Amazon Bedrock', () => {
  it('reads Converse: turns and media, thoughts apart, decoding', () => {
    const thought = { reasoningContent: { reasoningText: { text: 'Whiskers.', signature: 'x' } } };
    const row = { id: 'r1', request, response: response([thought, { text: 'A cat' }], 'max_tokens') };
    expect(formatOf(row)).toBe('bedrock');
    expect(recordOf(bedrock, row)).toEqual({
      id: 'r1',
      model: 'amazon.nova-lite-v1:0',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'What is this?', media: ['sha256:63c1dd951ffedf6f7fd968ad4efa39b8'] },
      ],
      decoding: { temperature: 0.1, max_tokens: 20 },
      answer: 'A cat',
      reasoning: 'Whiskers.',
      finish: 'length',
    });
    expect(recordOf(bedrock, response([{ text: 'A cat' }]))).toEqual({ answer: 'A cat', finish: 'stop' });
  });

  it.each([
    [[{ text: 'Let me see' }, { toolUse: { toolUseId: 't', name: 'f', input: {} } }], 'tool_use', 'tool_calls'],
    [[{ text: 'Sorry, blocked by policy.' }], 'guardrail_intervened', 'content_filter'],
    [[{ text: 'So' }], 'content_filtered', 'content_filter'],
  ])('takes no answer from %j with %s', (content, reason, finish) => {
    expect(recordOf(bedrock, { request, response: response(content, reason) })).toMatchObject({ answer: null, finish });
  });

  const log = (outputBodyJson: unknown, more = {}) => ({
    schemaType: 'ModelInvocationLog',
    schemaVersion: '1.0',
    timestamp: '2026-01-05T10:00:00Z',
    accountId: '123',
    region: 'eu-west-1',
    requestId: 'q1',
    operation: 'Converse',
    modelId: 'anthropic.claude-sonnet-4-5',
    input: { inputContentType: 'application/json', inputBodyJson: { messages: request.messages, system: 'Be kind.' } },
    output: { outputContentType: 'application/json', outputBodyJson },
    ...more,
  });

  it('reads the log of model invocations, with bodies of Converse, Anthropic, its stream and other models', () => {
    const expected = {
      id: 'q1',
      model: 'anthropic.claude-sonnet-4-5',
      time: '2026-01-05T10:00:00Z',
      answer: 'A cat',
      finish: 'stop',
    };
    const anthropicBody = {
      id: 'm',
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: 'A cat' }],
      stop_reason: 'end_turn',
    };
    const stream = [
      { type: 'message_start', message: { ...anthropicBody, content: [], stop_reason: null } },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'A cat' } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
      { type: 'message_stop' },
    ];
    const others = [
      { generation: 'A cat', prompt_token_count: 1, generation_token_count: 2, stop_reason: 'stop' },
      { inputTextTokenCount: 1, results: [{ tokenCount: 2, outputText: 'A cat', completionReason: 'FINISH' }] },
      { outputs: [{ text: 'A cat', stop_reason: 'stop' }] },
    ];
    for (const body of [response([{ text: 'A cat' }]), anthropicBody, stream, ...others]) {
      expect(recordOf(bedrock, log(body))).toMatchObject(expected);
    }
    expect(formatOf(log(stream))).toBe('bedrock');
    expect(recordOf(bedrock, log(stream)).messages).toHaveLength(2);
  });

  it('refuses bodies that lie elsewhere, fails failed calls, passes embeddings', () => {
    const elsewhere = log(undefined, { output: { outputBodyS3Path: 's3://b/k.json.gz' } });
    expect(partsOf(bedrock, elsewhere)[0]).toContain('the body of the response is stored elsewhere');
    expect(partsOf(bedrock, log(undefined, { errorCode: 'ThrottlingException' }))[0]).toContain('ThrottlingException');
    expect(partsOf(bedrock, log({}, { modelId: 'amazon.titan-embed-text-v2:0' }))).toEqual([
      'passed: an embedding, not an answer',
    ]);
  });

  it('reads batch inference', () => {
    const modelInput = {
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 9,
      messages: [{ role: 'user', content: 'Hi' }],
    };
    const modelOutput = {
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: 'Hello' }],
      stop_reason: 'end_turn',
    };
    expect(recordOf(bedrock, { recordId: 'R1', modelInput, modelOutput })).toEqual({
      id: 'R1',
      messages: [{ role: 'user', content: 'Hi' }],
      decoding: { max_tokens: 9 },
      answer: 'Hello',
      finish: 'stop',
    });
    const failed = { recordId: 'R2', modelInput, error: { errorCode: 400, errorMessage: 'bad request' } };
    expect(partsOf(bedrock, failed)[0]).toContain('the request failed: bad request');
  });
});
