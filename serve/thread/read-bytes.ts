import { type Fields, isObject } from '../../data/check-value.js';
import { boundedJson } from '../../data/read/json/bounded-json.js';
import { VouchError } from '../../support/errors.js';
import type { Api } from '../gateway/apis/api.js';
import { apis } from '../gateway/apis/list.js';
import { gatherWithin } from '../gateway/gather-within.js';
import { type Ask, readAsk } from '../gateway/upstream/ask.js';
import type { Limits } from '../gateway/verdict/limits.js';
import { eventsOf } from '../gateway/wire/events.js';

/** A request and its answer, byte for byte. */
interface Bytes {
  format: Api['format'];
  request: Uint8Array;
  answer: Uint8Array;
  stream: boolean;
  limits: Limits;
}

/** Reads a request and its answer as the gateway did. Errors: BAD_REQUEST if they are something else here. */
export async function readBytes(bytes: Bytes): Promise<{ ask: Ask; response: Fields }> {
  const api = apis.find((each) => each.format === bytes.format)!;
  const ask = readAsk(Buffer.from(bytes.request), api);
  const response = await responseIn(api, bytes);
  if (ask === null || !isObject(response))
    throw new VouchError('BAD_REQUEST', 'the thread read something else than the gateway');
  return { ask, response };
}

async function responseIn(api: Api, { answer, stream, limits }: Bytes): Promise<unknown> {
  const bytes = Buffer.from(answer);
  if (!stream) return boundedJson(bytes.toString());
  const gathered = gatherWithin(api, { bytes: bytes.length, limits });
  for await (const event of eventsOf(once(bytes), limits.event)) gathered.add(event);
  return gathered.response();
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
