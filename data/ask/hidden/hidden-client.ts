import { z } from 'zod';
import { VouchError } from '../../../support/errors.js';
import type { Message } from '../../record.js';
import { checkedUrl } from '../endpoint/endpoint-url.js';
import { AskFailure, mayTryAgain } from '../endpoint/failure.js';
import { type Patience, withRetries } from '../endpoint/patience.js';
import { jsonOr, type PostOptions, postText } from '../endpoint/post.js';
import type { Hidden } from './hidden.js';

/** Asks a server for the vectors of texts. */
interface HiddenClient {
  readonly counts: Hidden['counts'];
  /**
   * The messages as the model reads them before it answers, by the server's chat template; null if the server lays
   * nothing out. Errors: AskFailure.
   */
  layOut(messages: readonly Message[]): Promise<string | null>;
  /** One vector per text. Errors: AskFailure; ENDPOINT_FAILED if the server gives no vectors at all, or others. */
  vectors(texts: readonly string[]): Promise<number[][]>;
}

const replySchema = z.looseObject({
  data: z.array(z.looseObject({ index: z.number().int().nullish(), embedding: z.unknown() })),
});
const vectorSchema = z.array(z.number()).min(1);
const templateSchema = z.looseObject({ prompt: z.string() });

const START = 'Start it with --embeddings --pooling last (llama.cpp), or as a pooling model (vLLM).';

/**
 * A client for the embeddings of a llama.cpp server (`--embeddings --pooling last`), or of another endpoint with
 * `/v1/embeddings`. Only llama.cpp has `/apply-template`. Error: BAD_USAGE for a wrong address.
 */
export function hiddenClient(address: string, model: string, options: PostOptions & Patience): HiddenClient {
  const url = checkedUrl(address, { what: 'a server', field: '--hidden', keyOption: '--hidden-api-key-env' });
  const root = url.pathname
    .replace(/\/+$/, '')
    .replace(/\/(v1\/)?embeddings$/, '')
    .replace(/\/v1$/, '');
  const counts = { requests: 0, retries: 0 };
  const at = (path: string) => new URL(`${root}${path}`, url).href;
  const send = (path: string, body: object) =>
    withRetries(
      async () => {
        counts.requests++;
        const posted = await postText(at(path), body, options);
        if ('text' in posted) return posted.text;
        const { status, message } = posted;
        const again = mayTryAgain(status) && status !== 501 && !isTooLong(posted);
        throw new AskFailure(`${status} ${message}`.trim(), { status, again });
      },
      options,
      () => counts.retries++,
    );
  let laysOut = true;
  return {
    counts,
    layOut: async (messages) => {
      if (!laysOut) return null;
      try {
        const parsed = templateSchema.safeParse(jsonOr(await send('/apply-template', { messages })));
        if (parsed.success) return parsed.data.prompt;
      } catch (error) {
        if (!isAbsent(error)) throw error;
      }
      laysOut = false;
      return null;
    },
    vectors: async (texts) => {
      const text = await send('/v1/embeddings', { model, input: texts, encoding_format: 'float' }).catch((error) => {
        throw isAbsent(error) ? givesNone(`it says: ${error.message}`) : error;
      });
      return vectorsIn(text, texts.length);
    },
  };
}

/** Whether the server has no such function: an unknown path, or llama.cpp without `--embeddings`. */
function isAbsent(error: unknown): error is AskFailure {
  return error instanceof AskFailure && (error.status === 404 || error.status === 405 || error.status === 501);
}

/**
 * Whether a refusal is about the length of a text: trying again does not help. Older llama.cpp answers with 500. A rate
 * limit (429) or a deadline (503) that was exceeded is something else.
 */
export function isTooLong({ status, message }: Pick<AskFailure, 'status' | 'message'>): boolean {
  if (status === undefined || ![400, 413, 422, 500].includes(status)) return false;
  return /too (large|long)|exceed|context (length|size)|physical batch/i.test(message);
}

function vectorsIn(text: string, count: number): number[][] {
  const parsed = replySchema.safeParse(jsonOr(text));
  if (!parsed.success || parsed.data.data.length !== count) {
    throw new AskFailure(`the reply is not a list of ${count} embeddings: ${text.slice(0, 120)}`, { again: false });
  }
  const vectors: number[][] = new Array(count);
  parsed.data.data.forEach(({ index, embedding }, i) => {
    const vector = vectorSchema.safeParse(embedding);
    // without pooling, llama.cpp gives a list of vectors, one for each token
    if (!vector.success) throw givesNone('it gives no vector of numbers for a text');
    vectors[index ?? i] = vector.data;
  });
  if (vectors.length !== count || vectors.includes(undefined as never)) {
    throw new AskFailure(`the indices of the embeddings are not 0 to ${count - 1}`, { again: false });
  }
  return vectors;
}

function givesNone(why: string): VouchError {
  return new VouchError('ENDPOINT_FAILED', `the server of --hidden gives no hidden states: ${why}`, {
    field: '--hidden',
    hint: START,
  });
}
