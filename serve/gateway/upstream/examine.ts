import { isObject } from '../../../data/check-value.js';
import type { Api } from '../apis/api.js';
import type { Most } from '../most.js';
import { tooLarge } from '../verdict/limits.js';
import { isEventStream } from '../wire/is-event-stream.js';
import { readJsonBody } from '../wire/read-json-body.js';
import { beginOf, joined, readUpTo } from '../wire/read-up-to.js';
import type { Answered } from './answered.js';
import { peek } from './peek.js';

/**
 * Why a request got no answer: the upstream's status (undefined if none arrived, or if it is 200) and what it wrote.
 */
interface Failure {
  status: number | undefined;
  message: string;
}

/** An answer that can be passed on from its first byte, and what is wrong with it. */
export interface Examined {
  answered: Answered;
  failure: Failure | null;
}

/** The most bytes of a refusal that are read: a message about log-probabilities is at its beginning. */
const LONGEST_REFUSAL = 1 << 16;

/**
 * Finds out whether an upstream answered: by its status, by the beginning of a stream, or by any other body as a whole
 * (a body that is longer than the limit counts as an answer). Errors: those of the connection, except for a stream,
 * which fails when it is read.
 */
export async function examine(api: Api, answered: Answered, most: Most): Promise<Examined> {
  const { status, headers, body } = answered;
  if (status >= 400) {
    const part = await readUpTo(body, LONGEST_REFUSAL);
    return {
      answered: { ...answered, body: joined(part) },
      failure: { status, message: beginOf(part, LONGEST_REFUSAL) },
    };
  }
  if (status !== 200 || headers['content-encoding'] !== undefined) return { answered, failure: null };
  if (isEventStream(headers)) {
    const { body: whole, failure } = await peek(api, body, most.limits.event);
    return {
      answered: { ...answered, body: whole },
      failure: failure === null ? null : { status: undefined, message: failure },
    };
  }
  const read = await readJsonBody(body, most.bytes);
  const good = read.long || (read.json !== null && holds(api, read.json.value, most));
  const examined = { ...answered, body: read.body, json: read.json };
  return { answered: examined, failure: good ? null : { status: undefined, message: read.begin } };
}

function holds(api: Api, value: unknown, { limits }: Most): boolean {
  return isObject(value) && (tooLarge(api, value, limits) !== null || api.holds(value));
}
