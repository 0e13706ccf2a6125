import { describe, expect, it } from 'vitest';
import { helicone } from '../../../../../data/read/formats/traces/helicone.js';
import { formatOf, partsOf, recordOf } from '../parts-of.js';

const openai = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1767607200,
  model: 'gpt-4o-2024-11-20',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: 'Canberra' },
      logprobs: {
        content: [
          { token: 'Canberra', logprob: -0.1, bytes: [67], top_logprobs: [{ token: 'Canberra', logprob: -0.1 }] },
        ],
      },
      finish_reason: 'stop',
    },
  ],
};
const row = (more: object) => ({
  request_id: 'r1',
  request_created_at: '2026-01-05 10:00:00.000000',
  request_body: { model: 'gpt-4o', messages: [{ role: 'user', content: 'Capital of Australia?' }], temperature: 0 },
  response_body: openai,
  request_model: 'gpt-4o',
  response_status: 200,
  ...more,
});

describe('Helicone', () => {
  it('reads a row: the body of the API, feedback as label, the user’s properties', () => {
    const properties = { 'Helicone-Session-Id': 's1', feature: 'faq' };
    const given = row({ request_properties: properties, feedback_rating: true, scores: { accuracy: 80 } });
    expect(formatOf(given)).toBe('helicone');
    expect(recordOf(helicone, given)).toEqual({
      id: 'r1',
      session: 's1',
      request_properties: properties,
      scores: { accuracy: 80 },
      model: 'gpt-4o-2024-11-20',
      time: '2026-01-05T10:00:00.000000Z',
      decoding: { temperature: 0 },
      messages: [{ role: 'user', content: 'Capital of Australia?' }],
      answer: 'Canberra',
      finish: 'stop',
      tokens: [{ token: 'Canberra', logprob: -0.1, top: [{ token: 'Canberra', logprob: -0.1 }] }],
      labels: [{ name: 'feedback', value: 1, raw: true }],
    });
    expect(recordOf(helicone, row({ feedback_rating: 'negative' })).labels).toEqual([{ name: 'feedback', value: 0 }]);
    expect(recordOf(helicone, row({ feedback_rating: null }))).not.toHaveProperty('labels');
  });

  it('reads bodies of Anthropic, Gemini and the Responses API, also as texts', () => {
    const anthropic = {
      type: 'message',
      role: 'assistant',
      model: 'claude',
      content: [{ type: 'text', text: 'Canberra' }],
      stop_reason: 'end_turn',
    };
    const gemini = {
      candidates: [{ content: { parts: [{ text: 'Canberra' }] }, finishReason: 'STOP' }],
      modelVersion: 'gemini',
    };
    const responses = {
      object: 'response',
      status: 'completed',
      model: 'gpt-5',
      output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Canberra' }] }],
    };
    for (const [body, model] of [
      [anthropic, 'claude'],
      [gemini, 'gemini'],
      [responses, 'gpt-5'],
    ] as const) {
      expect(recordOf(helicone, row({ response_body: body }))).toMatchObject({
        answer: 'Canberra',
        finish: 'stop',
        model,
      });
      expect(recordOf(helicone, row({ response_body: JSON.stringify(body) }))).toMatchObject({
        answer: 'Canberra',
        model,
      });
    }
    const request_body = { contents: [{ role: 'user', parts: [{ text: 'Capital?' }] }] };
    expect(recordOf(helicone, row({ request_body, response_body: gemini })).messages).toEqual([
      { role: 'user', content: 'Capital?' },
    ]);
  });

  it('fails failed requests, and exports without bodies; takes no answer from calls', () => {
    expect(
      partsOf(helicone, row({ response_status: 429, response_body: { error: { message: 'Rate limit reached' } } })),
    ).toEqual(['failed: field "response_body.error": the request failed: Rate limit reached. [VOUCH_BAD_RECORD]']);
    expect(partsOf(helicone, row({ response_status: 500, response_body: {} }))[0]).toContain('status 500');
    expect(partsOf(helicone, row({ response_body: {}, signed_body_url: 'https://x.test/b' }))[0]).toContain(
      'Export with --include-body.',
    );
    const called = {
      choices: [
        { message: { role: 'assistant', content: 'Wait', tool_calls: [{ id: 'c' }] }, finish_reason: 'tool_calls' },
      ],
    };
    expect(recordOf(helicone, row({ response_body: called }))).toMatchObject({ answer: null, finish: 'tool_calls' });
    const chunks = [{ choices: [{ index: 0, delta: { content: 'Can' } }] }];
    expect(partsOf(helicone, row({ response_body: chunks }))[0]).toContain('the chunks of a stream');
  });
});
