import type { Fields } from '../../../data/check-value.js';
import { boundedJson } from '../../../data/read/bounded-json.js';
import type { Api } from '../apis/api.js';
import { isEventStream } from '../wire/is-event-stream.js';
import { joined, readUpTo } from '../wire/read-up-to.js';
import type { Answered } from './ask-upstream.js';
import { peek } from './peek.js';

/** Why a request got no answer: the upstream's status, undefined where none came or it says 200, and what it wrote. */
export interface Failure {
  status: number | undefined;
  message: string;
}

/** An answer, to be passed on from its first byte, and what is wrong with it. */
export interface Examined {
  answered: Answered;
  failure: Failure | null;
}

/** Refusals are short; what is longer is none. */
const LONGEST_REFUSAL = 1 << 20;

/**
 * Looks whether an upstream answered: by status, by the beginning of a stream, by the whole of any other body (up to `most` bytes;
 * a longer one passes for an answer). Errors: those of the connection, but for a stream, which breaks off where it is read.
 */
export async function examine(api: Api, answered: Answered, most: number): Promise<Examined> {
  const { status, headers, body } = answered;
  if (status >= 400) {
    const part = await readUpTo(body, LONGEST_REFUSAL);
    return { answered: { ...answered, body: joined(part) }, failure: { status, message: part.bytes.toString() } };
  }
  if (status !== 200 || headers['content-encoding'] !== undefined) return { answered, failure: null };
  if (isEventStream(headers)) {
    const { body: whole, failure } = await peek(api, body);
    return {
      answered: { ...answered, body: whole },
      failure: failure === null ? null : { status: undefined, message: failure },
    };
  }
  const part = await readUpTo(body, most);
  const good = part.rest !== null || holds(api, part.bytes.toString());
  return {
    answered: { ...answered, body: joined(part) },
    failure: good ? null : { status: undefined, message: part.bytes.toString('utf8', 0, LONGEST_REFUSAL) },
  };
}

function holds(api: Api, text: string): boolean {
  try {
    return api.holds(boundedJson(text) as Fields);
  } catch {
    return false;
  }
}
