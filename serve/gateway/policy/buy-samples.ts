import type { Sample } from '../../../data/record.js';
import { inTurns } from '../../work/in-turns.js';
import { askWhole } from '../ask-whole.js';
import type { GatewayParts } from '../parts.js';
import type { Ask } from '../upstream/ask.js';
import type { Route } from '../upstream/ask-upstream.js';
import { markedAs } from './arrived.js';
import { asSample } from './as-sample.js';
import { askedAgain, hasN } from './asked-again.js';
import { answersOnly, type Reading, recordsIn } from './record-in.js';

interface Wanted {
  ask: Ask;
  route: Route;
  reading: Reading;
  temperature: number;
  /** How many further answers. */
  count: number;
  /** How many the answer has already. */
  before: number;
}

/**
 * Further answers to the client's request at the policy's temperature: one request with `n` where the API has it, then
 * one request per missing answer, all at once.
 * Error: the reason, if fewer came.
 */
export async function buySamples(parts: GatewayParts, wanted: Wanted): Promise<Sample[]> {
  const { ask, route, reading, temperature, count, before } = wanted;
  const draw = async (n: number, place: number): Promise<{ samples: Sample[]; why: string }> => {
    const again = await inTurns(askedAgain(ask, { temperature, n, place }), route.signal);
    const whole = await askWhole(parts, again, route);
    if (typeof whole === 'string') return { samples: [], why: whole };
    if (whole.large !== null) return { samples: [], why: whole.large };
    const { response, received } = whole;
    const arriving = { response, received, ofQuestion: true, signal: route.signal };
    const answers = answersOnly(await recordsIn(reading, again, arriving));
    const samples = answers.slice(0, n).map((each) => markedAs(asSample(each, temperature), each));
    return { samples, why: 'no answer' };
  };
  const first = hasN(ask) && count > 1 ? await draw(count, before) : { samples: [], why: '' };
  const missing = count - first.samples.length;
  const singly = await Promise.all(Array.from({ length: missing }, (_, i) => draw(1, before + count + i)));
  const all = [...first.samples, ...singly.flatMap(({ samples }) => samples)];
  if (all.length === count) return all;
  const failed = singly.find(({ samples }) => samples.length === 0) as { why: string };
  throw new Error(`${all.length} of ${count} samples came: ${failed.why}`);
}
