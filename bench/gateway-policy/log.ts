import { writeFileSync } from 'node:fs';
import PQueue from 'p-queue';
import { type Asking, DECODING } from './asking.js';

/** A model at an endpoint. */
export interface At {
  url: string;
  model: string;
}

interface Choice {
  message: { content: string };
  logprobs: { content: { token: string; logprob: number }[] } | null;
}

/** Alternatives per token in the log. */
const TOP = 5;
const AT_ONCE = 2;

/**
 * Writes a log with every stage for every question, as `{request, response}` of both models: what the gateway sees too.
 * The first model's samples stand with its answer. Returns the mean milliseconds of each kind of request.
 */
export async function writeLog(
  file: string,
  all: readonly Asking[],
  { first, second, k, temperature }: { first: At; second: At; k: number; temperature: number },
): Promise<Record<string, number>> {
  const spent: Record<string, number> = { first: 0, samples: 0, second: 0 };
  const timed = async (what: string, at: At, body: object) => {
    const began = performance.now();
    const response = await chat(at, body);
    spent[what] += performance.now() - began;
    return response;
  };
  const queue = new PQueue({ concurrency: AT_ONCE });
  const lines = await queue.addAll(
    all.map(({ id, messages, ...more }) => async () => {
      const question = { messages, ...DECODING };
      const asked = { ...question, logprobs: true, top_logprobs: TOP };
      const own = { group: id, ...more };
      const answer = await timed('first', first, { model: first.model, ...asked });
      const drawn = await timed('samples', first, {
        model: first.model,
        ...asked,
        temperature,
        n: k,
        seed: seedOf(id),
      });
      const other = await timed('second', second, { model: second.model, ...asked });
      const samples = drawn.choices.map(({ message, logprobs }) => ({
        ...{ answer: message.content, temperature },
        tokens: logprobs?.content.map(({ token, logprob }) => ({ token, logprob })),
      }));
      const request = (model: string) => ({ model, ...question });
      return [
        { id: `${id}/first`, ...own, request: request(first.model), response: answer, samples },
        { id: `${id}/second`, ...own, request: request(second.model), response: other },
      ];
    }),
  );
  writeFileSync(
    file,
    lines
      .flat()
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
  );
  return Object.fromEntries(Object.entries(spent).map(([what, ms]) => [what, ms / all.length]));
}

async function chat({ url, model }: At, body: object): Promise<{ choices: Choice[] }> {
  const reply = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`${model}: ${reply.status} ${(await reply.text()).slice(0, 200)}`);
  return (await reply.json()) as { choices: Choice[] };
}

/** A number of 31 bits made from a name. */
function seedOf(name: string): number {
  let seed = 7;
  for (const c of name) seed = (seed * 31 + c.charCodeAt(0)) % 2147483647;
  return seed;
}
