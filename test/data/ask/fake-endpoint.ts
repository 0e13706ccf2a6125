import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Replies of a real server, by name; test/fixtures/make/record-endpoint.mjs made them. */
export const recorded = JSON.parse(
  readFileSync(new URL('../../fixtures/ask/smollm2.json', import.meta.url), 'utf8'),
) as Record<string, { status: number; reply: { choices: { message: { content: string | null } }[] } }>;

/** A request body as the fake sees it. */
export interface Body {
  model: string;
  messages: { role: string; content: string }[];
  temperature?: number;
  max_tokens?: number;
  max_completion_tokens?: number;
  top_logprobs?: number;
  logprobs?: boolean;
  n?: number;
  seed?: number;
  stop?: string[];
}

export type Handler = (body: Body, response: ServerResponse, request: IncomingMessage) => void | Promise<void>;

export interface Fake {
  url: string;
  bodies: Body[];
  close(): Promise<void>;
}

/** An OpenAI-compatible endpoint on loopback that does what `handler` says and remembers what it was asked. */
export async function fakeEndpoint(handler: Handler): Promise<Fake> {
  const bodies: Body[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const body = JSON.parse(text) as Body;
    bodies.push(body);
    await handler(body, response, request);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((done) => server.close(() => done()));
  };
  return { url: `http://127.0.0.1:${port}`, bodies, close };
}

export function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** The recorded reply that fits a request: stated, P(True), samples (as many as asked for), a choice, or an answer. */
export function replay(body: Body): unknown {
  const asked = body.messages[body.messages.length - 1].content;
  if (asked.includes('How sure')) return recorded.stated.reply;
  if (/Reply (True or False|False or True)/.test(asked)) return recorded.ptrue.reply;
  const one = asked.includes('the letter') ? recorded.choice : body.logprobs ? recorded.answer : recorded.plain;
  if (body.temperature === 0) return one.reply;
  const [choice] = recorded.samples.reply.choices;
  return {
    ...recorded.samples.reply,
    choices: Array.from({ length: body.n ?? 1 }, (_, index) => ({ ...choice, index })),
  };
}

/** A reply with the given choices, for what no recording holds. */
export function completion(...choices: Record<string, unknown>[]): unknown {
  return { object: 'chat.completion', model: 'fake', choices: choices.map((choice, index) => ({ index, ...choice })) };
}

/** A plain reply of one text. */
export function says(content: string | null, more: Record<string, unknown> = {}): unknown {
  return completion({ message: { role: 'assistant', content, ...more }, finish_reason: 'stop' });
}
