import type { Api } from '../apis/api.js';
import { eventsOf, type ServerEvent } from '../wire/events.js';

/** The beginning of a stream, already read. `body` is the whole stream, including this beginning. */
interface Peeked {
  body: AsyncIterable<Buffer>;
  /** What arrived if no answer began; null if an answer began, or if the hold ended. */
  failure: string | null;
}

/** The longest hold, in milliseconds and in bytes, of events that contain no text yet. */
const LONGEST_HOLD = 1000;
const MOST_HELD = 1 << 16;

const LATE = Symbol('late');

/**
 * Reads a stream until its answer begins. So if the stream fails before that, the request can be sent again, because
 * nothing was passed on. A first event without text is held back for at most one second.
 */
export async function peek(api: Api, stream: AsyncIterable<Buffer>, mostEvent: number): Promise<Peeked> {
  const events = eventsOf(stream, mostEvent);
  const gathered = api.gathering();
  const held: Buffer[] = [];
  let size = 0;
  let timer: NodeJS.Timeout | undefined;
  let late: Promise<typeof LATE> | undefined;
  try {
    for (;;) {
      const next = events.next();
      next.catch(() => {}); // it may fail while nothing awaits it
      const got = await (late === undefined ? next : Promise.race([next, late]));
      if (got === LATE) return { body: goOn(held, events, next), failure: null };
      if (got.done) return { body: goOn(held, events), failure: 'the stream ended before its answer began' };
      held.push(got.value.bytes);
      size += got.value.bytes.length;
      const mark = gathered.add(got.value);
      const none = mark === 'failure' || (mark === 'last' && !api.holds(gathered.response()));
      if (none) return { body: goOn(held, events), failure: got.value.bytes.toString('utf8', 0, MOST_HELD) };
      if (mark !== 'nothing' || size > MOST_HELD) return { body: goOn(held, events), failure: null };
      late ??= new Promise((done) => {
        timer = setTimeout(() => done(LATE), LONGEST_HOLD);
      });
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { body: breakOff(held, error), failure: `the stream broke off before its answer began: ${reason}` };
  } finally {
    clearTimeout(timer);
  }
}

/** First the events that were held back, then the rest. When the reader stops, the stream ends. */
async function* goOn(
  held: Buffer[],
  events: AsyncGenerator<ServerEvent>,
  next?: Promise<IteratorResult<ServerEvent>>,
): AsyncGenerator<Buffer> {
  try {
    yield* held;
    const first = await next;
    if (first?.done) return;
    if (first !== undefined) yield first.value.bytes;
    for await (const { bytes } of events) yield bytes;
  } finally {
    await events.return(undefined);
  }
}

async function* breakOff(held: Buffer[], error: unknown): AsyncGenerator<Buffer> {
  yield* held;
  throw error;
}
