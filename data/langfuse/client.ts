import { VouchError } from '../../support/errors.js';
import { random } from '../../support/random.js';
import { checkedUrl } from '../ask/endpoint/endpoint-url.js';
import { AskFailure, mayTryAgain } from '../ask/endpoint/failure.js';
import { withRetries } from '../ask/endpoint/patience.js';
import { getText, jsonOr, postText } from '../ask/endpoint/post.js';
import { type Fields, isObject } from '../check-value.js';

/** Seconds that one request may take, how often it is repeated, and how long to wait before the first repetition. */
const TIMEOUT = 30;
const RETRIES = 4;
const BACK_OFF = 1;
/** The most bytes of a reply: a page has up to 100 scores with comments. */
const REPLY = 32 * 1024 * 1024;

/** An installation of Langfuse, and the keys of a project. */
export interface LangfuseProject {
  url: string;
  publicKey: string;
  secretKey: string;
  /** Seconds, if not the usual one. */
  backOff?: number;
}

/** The public API of Langfuse. */
export interface Langfuse {
  /** Error: ENDPOINT_FAILED; null for 404 if `mayLack` is given. */
  get(path: string, query: Readonly<Record<string, string>>, mayLack?: boolean): Promise<Fields | null>;
  /** Error: ENDPOINT_FAILED. */
  post(path: string, body: object): Promise<Fields>;
}

/** Errors: BAD_USAGE for an address that is none. The keys are in no message. */
export function openLangfuse({ url: text, publicKey, secretKey, backOff = BACK_OFF }: LangfuseProject): Langfuse {
  const { href } = checkedUrl(text, { what: 'Langfuse', field: '--url', example: 'https://cloud.langfuse.com' });
  const base = href.replace(/\/+$/, '');
  const authorization = `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`;
  const options = { key: undefined, headers: { authorization }, timeout: TIMEOUT, most: REPLY };
  const ask = async (path: string, send: (url: string) => ReturnType<typeof getText>): Promise<Fields> => {
    const url = `${base}/api/public${path}`;
    const work = async () => {
      const got = await send(url);
      if ('text' in got) {
        const value = jsonOr(got.text);
        if (isObject(value)) return value;
        throw new AskFailure('the reply is not a JSON object', { again: false });
      }
      const { status, message } = got;
      throw new AskFailure(`${status} ${message}`.trim(), { status, again: mayTryAgain(status) });
    };
    return withRetries(work, { retries: RETRIES, backOff, random: random(path) }, () => {});
  };
  const failed = (error: unknown, path: string): VouchError =>
    new VouchError('ENDPOINT_FAILED', error instanceof Error ? error.message : String(error), {
      file: `${base}/api/public${path}`,
      cause: error,
      ...(error instanceof AskFailure && error.status === 401
        ? { hint: 'Check the keys. On Langfuse Cloud they are valid in one region only.' }
        : {}),
    });
  return {
    get: async (path, query, mayLack) => {
      const search = new URLSearchParams(query).toString();
      const full = search === '' ? path : `${path}?${search}`;
      try {
        return await ask(full, (url) => getText(url, options));
      } catch (error) {
        if (mayLack && error instanceof AskFailure && error.status === 404) return null;
        throw failed(error, path);
      }
    },
    post: (path, body) =>
      ask(path, (url) => postText(url, body, options)).catch((error: unknown) => {
        throw failed(error, path);
      }),
  };
}
