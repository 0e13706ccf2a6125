import { spliceJson } from '../../../data/ask/splice-json.js';
import { type Fields, isObject } from '../../../data/check-value.js';
import { boundedJson } from '../../../data/read/bounded-json.js';
import type { Manifest } from '../../../models/bundle/manifest.js';
import type { Api } from '../apis/api.js';
import { withoutKey } from '../wire/edit-json.js';

/** A request as the client sent it. */
export interface Ask {
  api: Api;
  /** The body without the `vouch` field, else as it came. */
  text: string;
  body: Fields;
  /** What the client told vouch of its question, in the `vouch` field: task, context, features, … */
  own: Fields;
  /** Log-probabilities may be added: the API has them, and the client did not ask for them itself. */
  open: boolean;
  model: string;
}

/** What a client may tell of its question. */
const OWN = [
  ...['id', 'group', 'task', 'context', 'facts', 'features', 'samples', 'stated', 'verifiers', 'selected'],
] as const;

/** Reads a request; null where it is none that could be scored, which is for the upstream to refuse. */
export function readAsk(bytes: Buffer, api: Api): Ask | null {
  let text = bytes.toString();
  let body: unknown;
  try {
    body = boundedJson(text);
  } catch {
    return null;
  }
  if (!isObject(body) || !api.takes(body)) return null;
  const { vouch, ...rest } = body;
  if (vouch !== undefined) text = withoutKey(text, 'vouch') ?? JSON.stringify(rest);
  const told = isObject(vouch) ? vouch : {};
  return {
    api,
    text,
    body: rest,
    own: Object.fromEntries(OWN.filter((key) => told[key] != null).map((key) => [key, told[key]])),
    open: api.logprobs !== null && !api.logprobs.asked(rest),
    model: String(rest.model ?? ''),
  };
}

/** Alternatives a token that a bundle's signals read; null where it reads no log-probabilities at all. */
export function topWanted({ signals: { numeric, topK } }: Pick<Manifest, 'signals'>): number | null {
  return numeric.some((name) => name.startsWith('tokens.')) ? topK : null;
}

/** The body for an upstream, with `top` alternatives a token asked for (0: none), and another model's name where given. */
export function wireText(
  { api, text, body }: Ask,
  top: number,
  model: string | null,
): { text: string; added: boolean } {
  const asks = top > 0 && api.logprobs !== null ? api.logprobs.ask(body, top) : {};
  const fields = { ...(model === null ? {} : { model }), ...asks };
  return {
    text: Object.keys(fields).length === 0 ? text : spliceJson(text, fields),
    added: Object.keys(asks).length > 0,
  };
}
