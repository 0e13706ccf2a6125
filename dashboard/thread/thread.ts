import { parentPort, workerData } from 'node:worker_threads';
import { coded } from '../../store/coded.js';
import { openExisting } from '../../store/ready.js';
import { VouchError } from '../../support/errors.js';
import type { Setting } from '../asked.js';
import { type Draw, drawer } from '../draw.js';
import type { FromDrawer, ToDrawer } from './messages.js';

/** The code of the thread that draws pages: it reads the store, and never writes it. */
const setting = workerData as Setting;
const port = parentPort!;
const say = (message: FromDrawer) => port.postMessage(message);
let opening: Promise<Draw> | null = null;

async function opened(): Promise<Draw> {
  const store = await openExisting(setting.place);
  return drawer(store, setting);
}

port.on('message', async ({ ticket, asked }: ToDrawer) => {
  try {
    opening ??= opened();
    const draw = await opening.catch((error: unknown) => {
      opening = null; // the next page tries again
      throw error;
    });
    say({ ticket, drawn: await draw(asked) });
  } catch (error) {
    const known = error instanceof VouchError ? error : isOfStore(error) ? coded(error, 'the store') : null;
    // a fault: its message may quote a row
    say({ ticket, failed: known === null ? null : { code: known.code, what: known.what, file: known.detail.file } });
  }
});

/** Errors of databases have a code; programming errors have none. */
function isOfStore(error: unknown): boolean {
  return error instanceof Error && typeof (error as { code?: unknown }).code === 'string';
}
