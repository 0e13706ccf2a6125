// Loaded into a server by bench/serve-attacks.ts: notes how much processor time its event loop's thread used between two passes, with the
// time of day, a line each in the file $VOUCH_SLICES. Processor time, not the clock: a busy machine makes no slice longer. Linux only.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env.VOUCH_SLICES;
const stat = '/proc/thread-self/schedstat';
/** Milliseconds that are worth a line. */
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
