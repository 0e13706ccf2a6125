import { membersOf, type Place } from '../../../data/ask/journal/json-members.js';
import { spliceSteps } from '../../../data/ask/journal/splice-json.js';
import { type Fields, isObject } from '../../../data/check-value.js';
import { parseJson } from '../../../data/read/json/parse-json.js';
import type { Manifest } from '../../../models/bundle/manifest.js';
import { atOnce, type Steps } from '../../../support/steps.js';
import { parseJsonSteps } from '../../work/parse-json.js';
import type { Api } from '../apis/api.js';
import { withoutKey } from '../wire/edit-json.js';

/** A request as the client sent it. */
export interface Ask {
  api: Api;
  /** The body as it arrived. */
  bytes: Buffer;
  /** The body without the `vouch` field. */
  text: string;
  body: Fields;
  /** What the client says about its question in the `vouch` field: task, context, features, … */
  own: Fields;
  /** Whether log-probabilities may be added: the API has them, and the client did not request them itself. */
  open: boolean;
  model: string;
}

/** What a client may say about its question. */
const OWN = [
  ...['id', 'group', 'task', 'context', 'facts', 'features', 'samples', 'stated', 'verifiers', 'selected'],
] as const;

/** Reads a request; null if its answer could not be scored. Then the upstream decides whether to refuse it. */
export function readAsk(bytes: Buffer, api: Api): Ask | null {
  return atOnce(readAskSteps(bytes, api));
}

/** The same in steps, for long requests. */
export function* readAskSteps(bytes: Buffer, api: Api): Steps<Ask | null> {
  let text = bytes.toString();
  let body: unknown;
  try {
    body = yield* parseJsonSteps(text);
  } catch {
    return null;
  }
  if (!isObject(body) || !api.takes(body)) return null;
  const { vouch: _, ...rest } = body;
  let field: unknown;
  if ('vouch' in body) {
    field = yield* vouchFieldIn(text);
    text = yield* withoutKey(text, 'vouch');
  }
  const own = isObject(field) ? field : {};
  return {
    api,
    bytes,
    text,
    body: rest,
    own: Object.fromEntries(OWN.filter((key) => own[key] != null).map((key) => [key, own[key]])),
    open: api.logprobs !== null && !api.logprobs.asked(rest),
    model: String(rest.model ?? ''),
  };
}

/** The content of the `vouch` field. Ids with many digits become texts, so that they keep all digits. */
function* vouchFieldIn(text: string): Steps<unknown> {
  const members = yield* membersOf(text, { from: 0, to: text.length });
  const { from, to } = members.findLast(({ key }) => key === 'vouch') as Place;
  return yield* parseJsonSteps(text.slice(from, to), parseJson);
}

/** Alternatives per token that a bundle's signals read; null if the bundle reads no log-probabilities. */
export function topWanted({ signals: { numeric, topK } }: Pick<Manifest, 'signals'>): number | null {
  return numeric.some((name) => name.startsWith('tokens.')) ? topK : null;
}

/**
 * The body for an upstream, with `top` requested alternatives per token (0: none), and the name of another model if it
 * is given.
 */
export function* wireSteps(
  { api, text, body }: Ask,
  top: number,
  model: string | null,
): Steps<{ text: string; added: boolean }> {
  const asks = top > 0 && api.logprobs !== null ? api.logprobs.ask(body, top) : {};
  const fields = { ...(model === null ? {} : { model }), ...asks };
  return {
    text: Object.keys(fields).length === 0 ? text : yield* spliceSteps(text, fields),
    added: Object.keys(asks).length > 0,
  };
}
