import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gemini } from '../../../../../data/read/formats/servers/gemini.js';
import { formatOf, partsOf, recordOf } from '../parts-of.js';

const candidate = (text: string, more = {}) => ({
  content: { role: 'model', parts: [{ text }] },
  finishReason: 'STOP',
  ...more,
});
const request = {
  systemInstruction: { parts: [{ text: 'Be brief.' }] },
  contents: [
    { role: 'user', parts: [{ text: 'Hello' }] },
    { role: 'model', parts: [{ text: 'Hi' }] },
    { role: 'user', parts: [{ text: 'What is this?' }, { inlineData: { mimeType: 'image/png', data: 'AAAA' } }] },
  ],
  generationConfig: { temperature: 0.2, maxOutputTokens: 32, topP: 0.9 },
};

describe('Gemini', () => {
  it('reads the case: prompt beside, chosen tokens with their alternatives', () => {
    const row = {
      id: 'g',
      prompt: 'Capital?',
      candidates: [
        candidate('Canberra', {
          avgLogprobs: -0.02,
          logprobsResult: {
            topCandidates: [
              {
                candidates: [
                  { token: 'Can', logProbability: -0.01 },
                  { token: 'Syd', logProbability: -4.1 },
                ],
              },
              { candidates: [{ token: 'berra', logProbability: -0.03 }] },
            ],
            chosenCandidates: [
              { token: 'Can', logProbability: -0.01 },
              { token: 'berra', logProbability: -0.03 },
            ],
          },
        }),
      ],
      modelVersion: 'gemini-x',
    };
    expect(formatOf(row)).toBe('gemini');
    expect(recordOf(gemini, row)).toEqual({
      id: 'g',
      prompt: 'Capital?',
      model: 'gemini-x',
      answer: 'Canberra',
      finish: 'stop',
      tokens: [
        {
          token: 'Can',
          logprob: -0.01,
          top: [
            { token: 'Can', logprob: -0.01 },
            { token: 'Syd', logprob: -4.1 },
          ],
        },
        { token: 'berra', logprob: -0.03, top: [{ token: 'berra', logprob: -0.03 }] },
      ],
    });
  });

  it('keeps a chosen token that is not among the candidates', () => {
    const logprobsResult = {
      chosenCandidates: [{ token: 'Lima', logProbability: -5 }],
      topCandidates: [{ candidates: [{ token: 'Cusco', logProbability: -0.1 }] }],
    };
    expect(recordOf(gemini, { candidates: [candidate('Lima', { logprobsResult })] }).tokens).toEqual([
      { token: 'Lima', logprob: -5, top: [{ token: 'Cusco', logprob: -0.1 }] },
    ]);
  });

  it('reads snake_case as Python dumps it, with numbers for ends', () => {
    const response = {
      candidates: [
        {
          content: { role: 'model', parts: [{ text: 'Lima' }] },
          finish_reason: 'FinishReason.MAX_TOKENS',
          logprobs_result: {
            chosen_candidates: [{ token: 'Lima', log_probability: -0.1, token_id: 4 }],
            top_candidates: [{ candidates: [{ token: 'Lima', log_probability: -0.1 }] }],
          },
        },
      ],
      model_version: 'gemini-x',
      usage_metadata: { candidates_token_count: 1 },
    };
    expect(recordOf(gemini, { id: 1, response })).toEqual({
      id: '1',
      model: 'gemini-x',
      answer: 'Lima',
      finish: 'length',
      tokens: [{ token: 'Lima', logprob: -0.1, top: [{ token: 'Lima', logprob: -0.1 }] }],
    });
    const numbered = { candidates: [{ content: { parts: [{ text: 'x' }] }, finish_reason: 1 }] };
    expect(recordOf(gemini, numbered).finish).toBe('stop');
    expect(recordOf(gemini, { candidates: [{ content: { parts: [] }, finish_reason: 3 }] })).toMatchObject({
      answer: null,
      finish: 'content_filter',
    });
  });

  it('reads a row of a Vertex batch: turns, media, decoding; a failed one with its status', () => {
    const row = {
      status: '',
      processed_time: '2026-01-05',
      request,
      response: { candidates: [candidate('A cat', { avgLogprobs: -0.3 })] },
    };
    expect(formatOf(row)).toBe('gemini');
    expect(recordOf(gemini, row)).toEqual({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: 'Hi' },
        { role: 'user', content: 'What is this?', media: ['sha256:63c1dd951ffedf6f7fd968ad4efa39b8'] },
      ],
      decoding: { temperature: 0.2, max_tokens: 32, top_p: 0.9 },
      answer: 'A cat',
      finish: 'stop',
      avgLogprobs: -0.3,
    });
    const failed = { status: 'Bad Request: too long', request, response: {} };
    expect(formatOf(failed)).toBe('gemini');
    expect(partsOf(gemini, failed)).toEqual([
      'failed: field "status": the request failed: Bad Request: too long. [VOUCH_BAD_RECORD]',
    ]);
    expect(recordOf(gemini, { key: 'k1', response: { candidates: [candidate('Lima')] } }).id).toBe('k1');
    expect(partsOf(gemini, { key: 'k2', error: { code: 3, message: 'Bad' } })[0]).toContain('the request failed: Bad');
  });

  it('keeps thoughts apart and their tokens away from the answer’s', () => {
    const parts = [{ text: 'Not Sydney. ', thought: true }, { text: 'Canberra' }];
    const logprobsResult = {
      chosenCandidates: ['Not', ' Sydney', '. ', 'Can', 'berra'].map((token) => ({ token, logProbability: -0.1 })),
    };
    const record = recordOf(gemini, { candidates: [{ content: { parts }, finishReason: 'STOP', logprobsResult }] });
    expect(record).toMatchObject({ answer: 'Canberra', reasoning: 'Not Sydney. ' });
    expect((record.tokens as { token: string }[]).map(({ token }) => token)).toEqual(['Can', 'berra']);
  });

  it.each([
    [{ content: { parts: [{ functionCall: { name: 'f', args: {} } }] }, finishReason: 'STOP' }, 'tool_calls'],
    [{ content: { parts: [{ text: 'I will' }] }, finishReason: 'SAFETY' }, 'content_filter'],
    [{ finishReason: 'RECITATION' }, 'content_filter'],
    [{ finishReason: 'PROHIBITED_CONTENT' }, 'content_filter'],
    [{ finishReason: 'MALFORMED_FUNCTION_CALL' }, 'error'],
    [{ finishReason: 'OTHER' }, 'error'],
  ])('takes no answer from %j', (one, finish) => {
    expect(recordOf(gemini, { candidates: [one] })).toMatchObject({ answer: null, finish });
  });

  it('takes no answer from a blocked prompt; an answer without text is one', () => {
    const blocked = { promptFeedback: { blockReason: 'SAFETY' }, modelVersion: 'g' };
    expect(formatOf(blocked)).toBe('gemini');
    expect(recordOf(gemini, blocked)).toEqual({ model: 'g', answer: null, finish: 'content_filter' });
    expect(recordOf(gemini, { candidates: [{ content: {}, finishReason: 'STOP' }] })).toEqual({
      answer: '',
      finish: 'stop',
    });
  });

  it('takes further candidates as samples', () => {
    const row = { request, response: { candidates: [candidate('B', { index: 1 }), candidate('A', { index: 0 })] } };
    expect(recordOf(gemini, row)).toMatchObject({ answer: 'A', samples: [{ answer: 'B', temperature: 0.2 }] });
  });

  it('joins the chunks of a stream in one row or by their responseId, and refuses one alone', () => {
    const chunks = [
      { candidates: [{ content: { parts: [{ text: 'Can' }] }, index: 0 }], responseId: 'r1', modelVersion: 'g' },
      {
        candidates: [{ content: { parts: [{ text: 'berra' }] }, finishReason: 'STOP', index: 0 }],
        responseId: 'r1',
        modelVersion: 'g',
      },
    ];
    const expected = { id: 'r1', model: 'g', answer: 'Canberra', finish: 'stop' };
    expect(recordOf(gemini, { response: chunks })).toEqual(expected);
    expect(chunks.map((chunk) => [gemini.pieceOf?.(chunk), gemini.isLast?.(chunk)])).toEqual([
      ['response r1', false],
      ['response r1', true],
    ]);
    expect(recordOf(gemini, gemini.join?.(chunks))).toEqual(expected);
    expect(partsOf(gemini, chunks[0])[0]).toContain('it is one chunk of a stream');
  });
});

it('reads the shared case of Gemini', () => {
  const [line] = readFileSync(new URL('../../../../cases/25-langfuse/gemini.jsonl', import.meta.url), 'utf8').split(
    '\n',
  );
  expect(recordOf(gemini, JSON.parse(line))).toMatchObject({ id: 'g', answer: 'Canberra', tokens: [{}, {}] });
});
