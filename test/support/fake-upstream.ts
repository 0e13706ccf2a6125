import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

export type Upstream = (asked: Asked, response: ServerResponse, request: IncomingMessage) => unknown;

/** A server on loopback that does what `handler` says and remembers what it was asked, byte by byte. */
export async function fakeUpstream(
  handler: Upstream,
): Promise<{ url: string; asked: Asked[]; close(): Promise<void> }> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return; // whoever asked went away
    }
    const { method = '', url = '', headers } = request;
    const one = { method, url, headers, body: Buffer.concat(chunks) };
    asked.push(one);
    await handler(one, response, request);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((done) => server.close(() => done()));
  };
  return { url: `http://127.0.0.1:${port}`, asked, close };
}

const pieces = ['Can', 'ber', 'ra', ' é', '😀'];

/** The tokens of the fake's answer, with `top` alternatives each. */
export function answerTokens(top: number) {
  return pieces.map((token, i) => ({
    token,
    logprob: -0.1 * (i + 1),
    bytes: null,
    top_logprobs: Array.from({ length: top }, (_, k) => ({
      token: k === 0 ? token : `x${k}`,
      logprob: -0.1 * (i + 1) - k,
    })),
  }));
}

/** A completion as the OpenAI API lays it out, with log-probabilities where the body asks for them. */
export function completionFor(
  body: { logprobs?: boolean; top_logprobs?: number; n?: number; model?: string },
  text = pieces.join(''),
) {
  const logprobs = body.logprobs ? { content: answerTokens(body.top_logprobs ?? 0), refusal: null } : null;
  const choices = Array.from({ length: body.n ?? 1 }, (_, index) => ({
    index,
    message: { role: 'assistant', content: index === 0 ? text : `${text}${index}`, refusal: null },
    logprobs,
    finish_reason: 'stop',
  }));
  return { id: 'chatcmpl-1', object: 'chat.completion', created: 1_700_000_000, model: body.model ?? 'm1', choices };
}

/** The same as server-sent events, one token each, and [DONE]. */
export function eventsFor(body: { logprobs?: boolean; top_logprobs?: number; model?: string }): string[] {
  const head = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_700_000_000, model: body.model ?? 'm1' };
  const event = (choice: unknown) => `data: ${JSON.stringify({ ...head, choices: [choice] })}\n\n`;
  const tokens = answerTokens(body.top_logprobs ?? 0);
  return [
    event({ index: 0, delta: { role: 'assistant', content: '' }, logprobs: null, finish_reason: null }),
    ...pieces.map((content, i) => {
      const logprobs = body.logprobs ? { content: [tokens[i]], refusal: null } : null;
      return event({ index: 0, delta: { content }, logprobs, finish_reason: null });
    }),
    event({ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }),
    'data: [DONE]\n\n',
  ];
}
