import type { Writable } from 'node:stream';
import { outError } from '../../../support/atomic.js';
import { badText } from './bad-row.js';
import type { Part } from './format.js';
import { PartialFile } from './partial-file.js';
import type { Sink } from './sink.js';

/**
 * Writes JSON Lines into a stream as they come; there is nothing to resume. Bad lines are written into a file if one is
 * given.
 */
export function streamSink(stream: Writable, badPath: string | undefined): Sink {
  let badFile: PartialFile | undefined;
  let listening = true;
  const write = (bytes: Part) =>
    new Promise<void>((resolve, reject) => {
      stream.write(bytes, (error) => (error == null ? resolve() : reject(error)));
    });
  stream.on('error', () => {}); // the callback of write handles it
  const finish = async () => {
    if (badPath === undefined || badFile === undefined) return;
    await badFile.sync();
    await badFile.publish(badPath);
  };
  return {
    async add(part, bad) {
      if (badPath !== undefined && bad.length > 0) {
        badFile ??= await PartialFile.create(`${badPath}.partial`);
        await badFile.append(Buffer.from(badText(bad)));
      }
      if (part.length === 0) return listening;
      await write(part).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE') throw outError('standard output', error);
        listening = false;
      });
      return listening;
    },
    mark: async () => {},
    finish,
    finishEmpty: finish,
    async abandon(error) {
      await badFile?.discard().catch(() => {});
      return (error as NodeJS.ErrnoException).syscall === undefined ? error : outError(badPath ?? '-', error);
    },
  };
}
