import { type Limits, learnLimit } from '../../data/ask/limits.js';
import { spliceJson } from '../../data/ask/splice-json.js';
import { type Fields, isObject } from '../../data/check-value.js';
import type { Manifest } from '../../models/bundle/manifest.js';

/** A chat completion as the client asked for it. */
export interface Ask {
  /** The body without the `vouch` field, else as it came. */
  text: string;
  body: Fields;
  /** What the client told vouch of its question, in the `vouch` field: task, context, features, … */
  own: Fields;
  stream: boolean;
  /** The client asked for log-probabilities itself: it gets what it asked for. */
  logprobs: boolean;
  model: string;
}

/** What a client may tell of its question. */
const OWN = ['id', 'group', 'task', 'context', 'facts', 'features', 'samples', 'stated', 'verifiers'] as const;

/** Reads a request; null where it is none that could be scored, which is for the upstream to refuse. */
export function readAsk(bytes: Buffer): Ask | null {
  let text = bytes.toString();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(body) || !Array.isArray(body.messages)) return null;
  const { vouch, ...rest } = body;
  if (vouch !== undefined) text = JSON.stringify(rest);
  const told = isObject(vouch) ? vouch : {};
  return {
    text,
    body: rest,
    own: Object.fromEntries(OWN.filter((key) => told[key] != null).map((key) => [key, told[key]])),
    stream: rest.stream === true,
    logprobs: rest.logprobs === true,
    model: String(rest.model ?? ''),
  };
}

/** Alternatives a token that a bundle's signals read; null where it reads no log-probabilities at all. */
export function topWanted({ signals: { numeric, topK } }: Pick<Manifest, 'signals'>): number | null {
  return numeric.some((name) => name.startsWith('tokens.')) ? topK : null;
}

/** The body for an upstream: log-probabilities asked for, within what it is known to give; another model's name where given. */
export function wireText(
  ask: Ask,
  want: number | null,
  limits: Limits,
  model: string | null,
): { text: string; added: boolean } {
  const top = want === null || ask.logprobs ? 0 : Math.min(Math.max(want, 1), limits.topLogprobs);
  const fields = { ...(model === null ? {} : { model }), ...(top === 0 ? {} : { logprobs: true, top_logprobs: top }) };
  return { text: Object.keys(fields).length === 0 ? ask.text : spliceJson(ask.text, fields), added: top > 0 };
}

/** Whether a refusal is about log-probabilities that were added, and asking for fewer or none may help. */
export function learnFrom(limits: Limits, status: number, sent: string, refusal: string): boolean {
  if (![400, 404, 422, 501].includes(status) || !/logprob/i.test(refusal)) return false;
  const { top_logprobs } = JSON.parse(sent) as Fields;
  return learnLimit(limits, { top_logprobs }, refusal);
}
