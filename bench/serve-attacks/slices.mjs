// bench/serve-attacks.ts loads this into a server. It measures the processor time that the thread of the event loop
// used between two passes, and writes one line with the time of day and that value to the file $VOUCH_SLICES. It
// measures processor time instead of elapsed time, because a busy machine must not make a slice longer. Linux only.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env.VOUCH_SLICES;
const stat = '/proc/thread-self/schedstat';
/** The fewest milliseconds that are written. */
const LEAST = 4;

if (isMainThread && file && existsSync(stat)) {
  const own = () => Number(readFileSync(stat, 'utf8').split(' ', 1)[0]) / 1e6;
  let last = own();
  setInterval(() => {
    const used = own() - last;
    if (used > LEAST) appendFileSync(file, `${Date.now()} ${used.toFixed(1)}\n`);
    last = own();
  }, 1).unref();
}
