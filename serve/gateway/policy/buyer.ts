import type { AnswerRecord } from '../../../data/record.js';
import { type Case, ownSamples, valueAt } from '../../../scorer/policy/case.js';
import type { Stage } from '../../../scorer/policy/prices.js';
import type { PolicyInUse } from '../../bundle/policy-in-use.js';
import type { GatewayParts } from '../parts.js';
import type { Ask } from '../upstream/ask.js';
import type { Route } from '../upstream/ask-upstream.js';
import type { Whole } from '../whole.js';
import { buyModel } from './buy-model.js';
import { buySamples } from './buy-samples.js';
import { buyScores } from './buy-scores.js';
import type { PolicyParts } from './policy-parts.js';
import type { Reading } from './record-in.js';
import { keyFor, type Seat } from './seat.js';

/** What buying for one request needs. */
interface Shop {
  parts: GatewayParts;
  following: PolicyParts;
  inUse: PolicyInUse;
  ask: Ask;
  route: Omit<Route, 'upstream' | 'model'>;
  reading: Reading;
  /** Where the answers of other models go as they came, by stage. */
  wholes: Map<string, Whole>;
}

/** Buys a stage for one request: asks the same upstream again, verifiers, or another model. Errors: why it failed. */
export function buyerFor(shop: Shop): (stage: Stage, of: Case, signal: AbortSignal) => Promise<Case> {
  const { parts, following, ask, reading, wholes } = shop;
  const { seats } = following;
  return async (stage, of, signal) => {
    if (stage.model === undefined) {
      return { ...of, first: await withFields(shop, stage, { record: of.first, seat: seats.first, signal }) };
    }
    const seat = seats.of(stage.model);
    const route = { ...shop.route, upstream: seat.upstream, model: seat.model, signal };
    const { record, whole } = await buyModel(parts, ask, { route, reading, model: stage.model });
    wholes.set(stage.name, whole);
    const filled = await withFields(shop, stage, { record, seat, signal });
    return { ...of, others: new Map([...of.others, [stage.name, filled]]) };
  };
}

/** An answer with the fields that a stage buys. Errors: why one of them did not come. */
async function withFields(
  { parts, following, inUse, ask, route: way, reading }: Shop,
  stage: Stage,
  { record, seat, signal }: { record: AnswerRecord; seat: Seat; signal: AbortSignal },
): Promise<AnswerRecord> {
  const { fields, k = 0 } = stage;
  if (fields.includes('tokens') && record.tokens == null) throw new Error('the endpoint gave no log-probabilities');
  let found = record;
  if (fields.includes('samples')) {
    const own = ownSamples(record);
    const route = { ...way, upstream: seat.upstream, model: seat.model, signal };
    const temperature = inUse.sampleTemperature as number;
    const wanted = { ask, route, reading, temperature, count: k - own.length, before: own.length };
    const more = wanted.count > 0 ? await buySamples(parts, wanted) : [];
    found = { ...found, samples: [...(record.samples ?? []), ...more] };
  }
  const scores = fields
    .flatMap((field) => (field === 'verifiers' ? inUse.verifiers.map((name) => `verifiers.${name}`) : [field]))
    .filter((field) => field === 'stated' || field.startsWith('verifiers.'))
    .filter((field) => valueAt(found, field) == null);
  if (scores.length === 0) return found;
  const { options, verifiers, deadlineOf } = following;
  return buyScores(found, scores, {
    ...{ policy: options, verifiers, url: seat.endpoint.url, model: seat.model ?? ask.model },
    ...{ key: keyFor(seat, way.headers), seconds: deadlineOf(stage.name) / 1000, signal },
  });
}
