/** Whether a JSON text is another one with a `vouch` field behind its other fields, every other byte the same. */
export function passedText(came: string, got: string): boolean {
  const at = got.lastIndexOf('"vouch":');
  if (at < 0) return false;
  const close = came.lastIndexOf('}');
  const before = got.slice(0, at);
  const whole = before === came.slice(0, close) || before === `${came.slice(0, close)},`;
  return whole && got.endsWith(`}${came.slice(close)}`);
}

/** Whether a reply that broke off is the beginning of another one, but for an event of vouch in it, from which on it is not looked at. */
export function passedStart(came: string, got: string): boolean {
  const at = got.lastIndexOf('"vouch":');
  if (at < 0) return came.startsWith(got);
  const before = got.slice(0, at);
  return came.startsWith(
    before.slice(0, Math.max(0, ...[...before.matchAll(END)].map(({ index, 0: end }) => index + end.length))),
  );
}

/** A blank line. */
const BLANK = /(?:\r\n|\n|\r(?!\n))(?:\r\n|\n|\r)/;
const END = new RegExp(BLANK, 'g');

/** What is wrong where a stream is not another one with one event of vouch in it, or with a `vouch` field in one of its events. */
export function passedStream(came: string, got: string): string | null {
  if (got === came) return null;
  const at = got.lastIndexOf('"vouch":');
  if (at < 0) return 'bytes are missing or changed';
  let from = 0;
  while (from < got.length && got[from] === came[from]) from++;
  let behind = 0;
  while (behind < got.length - from && behind < came.length - from && got.at(-1 - behind) === came.at(-1 - behind))
    behind++;
  const between = came.slice(from, came.length - behind);
  const put = got.slice(from, got.length - behind);
  if (!put.includes('vouch":')) return `put in: ${put.slice(0, 500)}`;
  // the data of one event may be written anew, on one line
  return /\n\s*\n/.test(between.trim()) ? `left out: ${between.slice(0, 500)}` : null;
}

/** Whether two replies say the same but for log-probabilities and what vouch says, as far as they are JSON or events of it. */
export function sameButLogprobs(came: string, got: string): boolean {
  if (got === came) return true;
  try {
    return JSON.stringify(readable(came)) === JSON.stringify(readable(got));
  } catch (error) {
    if (error instanceof RangeError) return true; // nested too deeply to be compared here
    throw error;
  }
}

const OWN = ['logprobs', 'top_logprobs', 'vouch'];

function readable(text: string): unknown[] {
  const parts = text
    .replace(/^\uFEFF/, '')
    .split(BLANK)
    .map((event) => {
      const lines = event.split(/\r\n|\n|\r/).flatMap((line) => /^data: ?(.*)$/.exec(line)?.[1] ?? []);
      return lines.length === 0 ? event : lines.join('\n');
    });
  return parts.flatMap((part): unknown[] => {
    try {
      const value = JSON.parse(part) as Record<string, unknown> | null;
      const own = value?.vouch !== undefined;
      const empty = own && Array.isArray(value?.choices) && value.choices.length === 0;
      return empty || (own && value?.type === 'vouch') ? [] : [without(value)];
    } catch {
      return part.trim() === '' ? [] : [part];
    }
  });
}

function without(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(without);
  return Object.entries(value).flatMap(([key, inner]) => (OWN.includes(key) ? [] : [[key, without(inner)]]));
}
