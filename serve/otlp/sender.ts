import { AskFailure } from '../../data/ask/endpoint/failure.js';
import { jsonOr, postText } from '../../data/ask/endpoint/post.js';
import { drain } from '../../support/time/drain.js';

/** Items in one request (to write 128 takes about a millisecond), and milliseconds to gather them. */
const TOGETHER = 128;
const GATHER = 1000;
/** Seconds that one request may take, and milliseconds before the first and before any further try. */
const TIMEOUT = 10;
const BACK_OFF = 1000;
const LONGEST = 30_000;
/** The most bytes of a reply. */
const REPLY = 64 * 1024;

/** Sends items of one kind in the background. */
interface Sender<T> {
  /** Takes an item. If too many wait, it is dropped and counted. Never waits and never fails. */
  add(item: T): void;
  readonly waiting: number;
  readonly sent: number;
  /** Dropped because too many waited, or because they were left at the end. */
  readonly dropped: number;
  /** Refused by the receiver for good. */
  readonly rejected: number;
  /** Sends what waits, if the receiver takes it within the time (in seconds). */
  close(seconds: number): Promise<void>;
}

interface SenderOptions<T> {
  url: string;
  headers: Readonly<Record<string, string>>;
  /** The most items that may wait. */
  most: number;
  /** The body of a request. */
  request(items: readonly T[]): object;
  /** The name of the number of refused items in a reply. */
  refusedAs: 'rejectedSpans' | 'rejectedLogRecords';
  /** Gets the reason of each failure. */
  failed(reason: string): void;
  /** Milliseconds; for tests. */
  backOff?: number;
}

/** What came of a request: when to try again, or how many items were refused. */
type Posted = { again: number } | { refused: number };

/**
 * A queue with a limit. One request is under way at a time. It is repeated, with growing waits, as long as the receiver
 * does not answer or says that it may work later (429, 502, 503, 504); any other refusal drops its items.
 * Source: OpenTelemetry Protocol 1.5, "OTLP/HTTP: Failures" and "Partial Success".
 */
export function newSender<T>(options: SenderOptions<T>): Sender<T> {
  const { url, headers, most, request, refusedAs, failed, backOff = BACK_OFF } = options;
  const counts = { sent: 0, dropped: 0, rejected: 0 };
  const abort = new AbortController();
  let queue: T[] = [];
  let flight: T[] = [];
  let timer: NodeJS.Timeout | undefined;
  let tries = 0;
  let isClosed = false;
  let settled = (): void => {};

  const post = async (items: readonly T[]): Promise<Posted> => {
    try {
      const posted = await postText(url, request(items), {
        ...{ key: undefined, headers, timeout: TIMEOUT, abort: abort.signal, most: REPLY },
      });
      if ('text' in posted) return { refused: refusedIn(posted.text) };
      const { status, message, waitMs } = posted;
      failed(`${status} ${message}`.trim());
      return [429, 502, 503, 504].includes(status) ? { again: waitMs } : { refused: items.length };
    } catch (error) {
      failed(error instanceof Error ? error.message : String(error));
      return error instanceof AskFailure && !error.again ? { refused: items.length } : { again: 0 };
    }
  };
  const refusedIn = (text: string): number => {
    const { partialSuccess } = (jsonOr(text) ?? {}) as { partialSuccess?: Record<string, unknown> };
    const refused = Number(partialSuccess?.[refusedAs] ?? 0);
    if (!(refused > 0)) return 0;
    failed(`refused ${refused}: ${String(partialSuccess?.errorMessage ?? '')}`);
    return refused;
  };
  const send = async (): Promise<void> => {
    timer = undefined;
    if (flight.length === 0) {
      flight = queue.slice(0, TOGETHER);
      queue = queue.slice(flight.length);
    }
    if (flight.length === 0) return settled();
    isSending = true;
    const posted = await post(flight);
    isSending = false;
    if (isClosed) return settled();
    if ('again' in posted) {
      later(Math.max(posted.again, Math.min(LONGEST, backOff * 2 ** tries++)));
    } else {
      const refused = Math.min(posted.refused, flight.length);
      counts.rejected += refused;
      counts.sent += flight.length - refused;
      flight = [];
      tries = 0;
      if (queue.length > 0) later(queue.length >= TOGETHER || isClosing ? 0 : GATHER);
    }
    settled();
  };
  let isSending = false;
  let isClosing = false;
  const later = (ms: number): void => {
    timer ??= setTimeout(() => void send(), ms);
  };
  const size = () => queue.length + flight.length;
  return {
    add: (item) => {
      if (isClosed || size() >= most) {
        counts.dropped++;
        return;
      }
      queue.push(item);
      if (isSending) return;
      if (queue.length >= TOGETHER && tries === 0) {
        clearTimeout(timer);
        void send();
      } else later(GATHER);
    },
    get waiting() {
      return size();
    },
    get sent() {
      return counts.sent;
    },
    get dropped() {
      return counts.dropped;
    },
    get rejected() {
      return counts.rejected;
    },
    close: async (seconds) => {
      isClosing = true;
      await drain(seconds, {
        isEmpty: () => size() === 0,
        push: () => {
          if (isSending || tries > 0) return;
          clearTimeout(timer);
          void send();
        },
        onSettled: (then) => {
          settled = then;
        },
      });
      isClosed = true;
      clearTimeout(timer);
      abort.abort();
      counts.dropped += size();
      queue = [];
      flight = [];
    },
  };
}
