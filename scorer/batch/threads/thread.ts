import { parentPort, workerData } from 'node:worker_threads';
import { VouchError } from '../../../support/errors.js';
import { openScorer } from '../../open.js';
import { BlockScorer } from '../block-scorer.js';
import { formatOf, jsonLinesFormat } from '../out/formats.js';
import { unpacked } from './packed-block.js';
import { plainError } from './plain-error.js';
import type { FromThread, ThreadData, ToThread } from './threads.js';

/** What runs in a thread of `vouch score`: blocks come, their scores go. */
const { bundle, digest, out, ...job } = workerData as ThreadData;
const port = parentPort!;
const format = out === '-' ? jsonLinesFormat : formatOf(out);
const encoder = format.open({ reasons: job.reasons !== undefined, rawCsv: job.rawCsv });
const scorer = openScorer(bundle, { digest }).then((opened) => new BlockScorer(opened, encoder, job));

port.on('message', async ({ id, block }: ToThread) => {
  try {
    const scores = await (await scorer).score(unpacked(block));
    port.postMessage({ id, scores } satisfies FromThread); // copied: a buffer handed over would slow all typed arrays here
  } catch (error) {
    if (!(error instanceof VouchError)) throw error;
    port.postMessage({ id, error: plainError(error) } satisfies FromThread);
  }
});
