import type { AnswerRecord } from '../../../data/record.js';
import { askWhole } from '../ask-whole.js';
import type { GatewayParts } from '../parts.js';
import type { Ask } from '../upstream/ask.js';
import type { Route } from '../upstream/ask-upstream.js';
import type { Whole } from '../whole.js';
import { type Reading, recordsIn } from './record-in.js';

/** Another model's answer to the client's request. Errors: the reason why there is none. */
export async function buyModel(
  parts: GatewayParts,
  ask: Ask,
  { route, reading, model }: { route: Route; reading: Reading; model: string },
): Promise<{ record: AnswerRecord; whole: Whole }> {
  const whole = await askWhole(parts, ask, route);
  if (typeof whole === 'string') throw new Error(whole);
  if (whole.large !== null) throw new Error(whole.large);
  const { response, received } = whole;
  const arriving = { response, received, ofQuestion: true, signal: route.signal };
  const [read, ...more] = await recordsIn(reading, ask, arriving);
  if (read === undefined || more.length > 0) throw new Error('it did not give one answer');
  if ('scored' in read) throw new Error(String(read.why));
  // an endpoint may know the model under another name, and says that one
  if (read.model == null || read.model === route.model) read.model = model;
  return { record: read, whole };
}
