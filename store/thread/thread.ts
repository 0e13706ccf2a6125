import { parentPort, workerData } from 'node:worker_threads';
import { giveWay } from '../../support/threads/give-way.js';
import { coded } from '../coded.js';
import { openStore } from '../ready.js';
import { write } from '../write/write.js';
import type { Batch, FromStore, StoreThreadData } from './messages.js';

/** The code of the thread that owns the store of a service: it writes one batch at a time. `null` ends it. */
const { place } = workerData as StoreThreadData;
giveWay(5); // where processors are few, scoring goes first, and writing catches up
const port = parentPort!;
const say = (message: FromStore) => port.postMessage(message);
const fail = (error: unknown) => {
  const { code, what, detail } = coded(error, 'the store');
  say({ failed: { code, what, file: detail.file, hint: detail.hint } });
};

try {
  const store = await openStore(place);
  port.on('message', async (batch: Batch | null) => {
    if (batch === null) {
      await store.close().catch(() => {});
      port.close();
      return;
    }
    await write(store, batch.scored.map(received), batch.sent).then((written) => say({ written }), fail);
  });
  say({ ready: { shown: store.shown } });
} catch (error) {
  fail(error);
  port.close();
}

/** Bytes arrive as plain arrays of bytes, but pg only knows buffers. */
function received(row: Batch['scored'][number]): Batch['scored'][number] {
  const { signals } = row;
  if (signals !== null) row.signals = Buffer.from(signals.buffer, signals.byteOffset, signals.byteLength);
  return row;
}
