import { spliceSteps } from '../../../data/ask/journal/splice-json.js';
import type { Steps } from '../../../support/steps.js';
import { type Ask, readAskSteps } from '../upstream/ask.js';
import { withoutKey } from '../wire/edit-json.js';

/** What is different in the request for samples. */
interface Sampling {
  temperature: number;
  /** Answers in one response; only for the APIs that have `n`. */
  n: number;
  /** Added to the client's seed, so that no sample repeats another. */
  place: number;
}

/** What belongs to a stream: samples are never streamed. */
const OF_STREAMS = ['stream', 'stream_options'] as const;

/** The request of the client once more, for samples: the same words, another temperature. */
export function* askedAgain(ask: Ask, { temperature, n, place }: Sampling): Steps<Ask> {
  let { text } = ask;
  for (const key of OF_STREAMS) if (key in ask.body) text = yield* withoutKey(text, key);
  const { seed } = ask.body;
  const fields = {
    temperature,
    ...(hasN(ask) && (n > 1 || 'n' in ask.body) ? { n } : {}),
    ...(typeof seed === 'number' ? { seed: seed + 1 + place } : {}),
    ...(ask.api.format === 'openai-responses' ? { store: false } : {}),
  };
  const again = yield* readAskSteps(Buffer.from(yield* spliceSteps(text, fields)), ask.api);
  if (again === null) throw new Error('the request cannot be sent again');
  return { ...again, own: questionOf(ask.own) };
}

/** Whether one request may ask for several answers. */
export function hasN({ api }: Pick<Ask, 'api'>): boolean {
  return api.format === 'openai-chat' || api.format === 'openai-completions';
}

/** What the client said about its question, without what it said about the first answer. */
export function questionOf({ group, task, context, facts, features }: Ask['own']): Ask['own'] {
  const kept = { group, task, context, facts, features };
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
}
