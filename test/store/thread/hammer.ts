import { checkFeedback } from '../../../store/feedback/check.js';
import { openWriter } from '../../../store/thread/writer.js';
import { scored } from '../scored.js';

/** Sends answers and feedback without end, and prints the key of each feedback that was accepted. */
const [, , place, prefix] = process.argv;
const writer = await openWriter({ place, most: 10_000, failed: () => {} });
let n = 0;
async function send(): Promise<void> {
  for (;;) {
    const key = `${prefix}-${n++}`;
    writer.keep(scored(key));
    await writer.take({ tenant: '', received: Date.now(), feedback: checkFeedback({ id: key, key, thumb: 'up' }) });
    process.stdout.write(`${key}\n`);
  }
}
await Promise.all([send(), send(), send(), send()]);
