import type { Api } from '../apis/api.js';
import { eventsOf, type ServerEvent } from '../wire/events.js';

/** The beginning of a stream, read; `body` is all of it. */
interface Peeked {
  body: AsyncIterable<Buffer>;
  /** What came where no answer began; null where one did, or was waited for long enough. */
  failure: string | null;
}

/** Milliseconds, and bytes, for which events that hold nothing yet are held back. */
const LONGEST_HOLD = 1000;
const MOST_HELD = 1 << 16;

const LATE = Symbol('late');

/**
 * Reads a stream until its answer begins, so that one that fails first can be asked for anew while nothing was sent on. A first event
 * without any text is held back for a second at most.
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
      next.catch(() => {}); // it may fail while nobody waits for it
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

/** What was held back, then what comes. A reader that stops ends the stream. */
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
