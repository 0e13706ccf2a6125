import { parentPort } from 'node:worker_threads';
import { scannedTable } from './read-lines.js';

/** One of several threads that make tables of lines. The lines arrive first, then the message to begin. */
let lines: Buffer = Buffer.alloc(0);
parentPort!.on('message', ({ bytes, topK }: { bytes?: Uint8Array; topK: number }) => {
  if (bytes !== undefined) lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  parentPort!.postMessage(scannedTable(lines, topK));
});
