import { parentPort, workerData } from 'node:worker_threads';
import { pluginReaders } from '../../../data/read/formats/define-reader.js';
import { annotatorIfAny } from '../../../meaning/annotator-if-any.js';
import { VouchError } from '../../../support/errors.js';
import { openPlugins } from '../../../support/plugins/open-plugins.js';
import { openBundle } from '../../open.js';
import { BlockScorer } from '../block-scorer.js';
import { formatOf, jsonLinesFormat } from '../out/formats.js';
import { unpacked } from './packed-block.js';
import { plainError } from './plain-error.js';
import { ownBundle } from './shared-bundle.js';
import type { FromThread, ThreadData, ToThread } from './threads.js';

/** The code of one thread of `vouch score`: it receives blocks and sends back their scores. */
const { bundle, out, plugins, encoders = [], ...job } = workerData as ThreadData;
const port = parentPort!;
const format = out === '-' ? jsonLinesFormat : formatOf(out);
const { rawCsv, grounded, trace } = job;
const encoder = format.open({ reasons: job.reasons !== undefined, rawCsv, grounded, trace });
const blocks = opened();
blocks.catch(() => {}); // the error is thrown where a block is scored

async function opened(): Promise<BlockScorer> {
  const given = await openPlugins(plugins);
  const annotator = await annotatorIfAny(encoders);
  const { scorer } = await openBundle(ownBundle(bundle), { plugins: given, annotator });
  return new BlockScorer(scorer, encoder, { ...job, readers: pluginReaders(given) });
}

port.on('message', async ({ id, block }: ToThread) => {
  try {
    const scores = await (await blocks).score(unpacked(block));
    // Copied, because transferring the buffer would slow all typed arrays here.
    port.postMessage({ id, scores } satisfies FromThread);
  } catch (error) {
    if (!(error instanceof VouchError)) throw error;
    port.postMessage({ id, error: plainError(error) } satisfies FromThread);
  }
});
