import { answerTokens, type Upstream } from './fake-upstream.js';

const text = 'Canberra é😀';
type Body = Record<string, unknown>;

/** An upstream that answers as three further APIs do: Responses, text completions, Anthropic's Messages. */
export const replayApis: Upstream = ({ url, body }, response) => {
  const asked = JSON.parse(body.toString()) as Body;
  const [whole, events] = url.endsWith('/responses')
    ? [responseFor(asked), responseEventsFor(asked)]
    : url.endsWith('/messages')
      ? [messageFor(asked), messageEventsFor(asked)]
      : [textFor(asked), textEventsFor(asked)];
  if (asked.stream !== true) {
    return response.writeHead(200, { 'content-type': 'application/json', 'x-own': 'kept' }).end(JSON.stringify(whole));
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' }).end(events.join(''));
};

const event = (data: Body) => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;

/** A response of the Responses API; log-probabilities where the body includes them. */
export function responseFor({ include, top_logprobs: top, model = 'm1' }: Body) {
  const asks = Array.isArray(include) && include.includes('message.output_text.logprobs');
  const logprobs = asks ? answerTokens(Number(top ?? 0)) : [];
  return {
    id: 'resp_1',
    object: 'response',
    created_at: 1_700_000_000,
    status: 'completed',
    error: null,
    incomplete_details: null,
    model,
    output: [
      { id: 'rs_1', type: 'reasoning', summary: [] },
      {
        id: 'msg_1',
        type: 'message',
        status: 'completed',
        role: 'assistant',
        content: [{ type: 'output_text', annotations: [], logprobs, text }],
      },
    ],
    top_logprobs: top ?? 0,
    usage: { input_tokens: 9, output_tokens: 5, total_tokens: 14 },
  };
}

export function responseEventsFor(body: Body): string[] {
  const whole = responseFor(body);
  const [reasoning, message] = whole.output;
  const [part] = message.content as { logprobs: { token: string }[]; text: string }[];
  const begun = { ...whole, status: 'in_progress', output: [], usage: null };
  const place = { item_id: 'msg_1', output_index: 1, content_index: 0 };
  const deltas = ['Can', 'ber', 'ra', ' é', '😀'].map((delta, i) => ({
    type: 'response.output_text.delta',
    ...place,
    delta,
    logprobs: part.logprobs.slice(i, i + 1),
  }));
  return [
    { type: 'response.created', response: begun },
    { type: 'response.in_progress', response: begun },
    { type: 'response.output_item.added', output_index: 0, item: reasoning },
    { type: 'response.output_item.done', output_index: 0, item: reasoning },
    { type: 'response.output_item.added', output_index: 1, item: { ...message, status: 'in_progress', content: [] } },
    { type: 'response.content_part.added', ...place, part: { ...part, text: '', logprobs: [] } },
    ...deltas,
    { type: 'response.output_text.done', ...place, text: part.text, logprobs: part.logprobs },
    { type: 'response.content_part.done', ...place, part },
    { type: 'response.output_item.done', output_index: 1, item: message },
    { type: 'response.completed', response: whole },
  ].map((data, i) => event({ ...data, sequence_number: i }));
}

const older = (top: number) => {
  const tokens = answerTokens(top);
  return {
    tokens: tokens.map(({ token }) => token),
    token_logprobs: tokens.map(({ logprob }) => logprob),
    top_logprobs: tokens.map(({ top_logprobs }) =>
      Object.fromEntries(top_logprobs.map(({ token, logprob }) => [token, logprob])),
    ),
    text_offset: [0, 3, 6, 8, 10],
  };
};

/** A text completion: `n` choices for each prompt of a list. */
export function textFor({ prompt, n = 1, logprobs, model = 'm1' }: Body) {
  const prompts = Array.isArray(prompt) ? prompt.length : 1;
  return {
    id: 'cmpl-1',
    object: 'text_completion',
    created: 1_700_000_000,
    model,
    choices: Array.from({ length: prompts * Number(n) }, (_, index) => ({
      text: index < 1 ? text : `${text}${index}`,
      index,
      logprobs: typeof logprobs === 'number' && index < 1 ? older(logprobs) : null,
      finish_reason: 'stop',
    })),
  };
}

export function textEventsFor(body: Body): string[] {
  const { choices: _, ...head } = textFor(body);
  const whole = typeof body.logprobs === 'number' ? older(body.logprobs) : null;
  const choices = ['Can', 'ber', 'ra', ' é', '😀'].map((piece, i) => ({
    text: piece,
    index: 0,
    logprobs:
      whole === null
        ? null
        : Object.fromEntries(Object.entries(whole).map(([key, list]) => [key, (list as unknown[]).slice(i, i + 1)])),
    finish_reason: i === 4 ? 'stop' : null,
  }));
  return [
    ...choices.map((choice) => `data: ${JSON.stringify({ ...head, choices: [choice] })}\n\n`),
    'data: [DONE]\n\n',
  ];
}

/** A message of Anthropic's API, which has no log-probabilities. */
export function messageFor({ model = 'm1', tools }: Body) {
  const call = { type: 'tool_use', id: 'toolu_1', name: 'look', input: {} };
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model,
    content: [{ type: 'text', text }, ...(tools === undefined ? [] : [call])],
    stop_reason: tools === undefined ? 'end_turn' : 'tool_use',
    stop_sequence: null,
    usage: { input_tokens: 9, output_tokens: 5 },
  };
}

export function messageEventsFor(body: Body): string[] {
  const whole = messageFor(body);
  const blocks = whole.content.flatMap((block, index) => [
    {
      type: 'content_block_start',
      index,
      content_block: block.type === 'text' ? { type: 'text', text: '' } : block,
    },
    ...(block.type === 'text'
      ? ['Canberra', ' é😀'].map((piece) => ({
          type: 'content_block_delta',
          index,
          delta: { type: 'text_delta', text: piece },
        }))
      : [{ type: 'content_block_delta', index, delta: { type: 'input_json_delta', partial_json: '{}' } }]),
    { type: 'content_block_stop', index },
  ]);
  return [
    { type: 'message_start', message: { ...whole, content: [], stop_reason: null } },
    { type: 'ping' },
    ...blocks,
    {
      type: 'message_delta',
      delta: { stop_reason: whole.stop_reason, stop_sequence: null },
      usage: { output_tokens: 5 },
    },
    { type: 'message_stop' },
  ].map(event);
}
