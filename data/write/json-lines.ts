import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { asideName, makeFolder, outError } from '../../support/atomic.js';
import { renameSynced } from '../../support/sync-folder.js';
import type { LoggedRecord } from '../record.js';

/** Writes records one by one. */
interface RecordWriter {
  write(record: LoggedRecord): Promise<void>;
  /** Completes the file and renames it to its final name. */
  close(): Promise<void>;
  /** Deletes what was written. */
  abort(): Promise<void>;
}

/**
 * Writes canonical JSON Lines to a file (gzip if its name ends with .gz), or to standard output for `-`. The file is
 * written under a temporary name and renamed at the end. Errors: OUT_UNWRITABLE, DISK_FULL; for `-`, the error of the
 * system if nobody reads any longer (EPIPE).
 */
export async function writeJsonLines(path: string): Promise<RecordWriter> {
  if (path === '-') return standardOutput();
  const aside = asideName(path);
  try {
    await makeFolder(dirname(path));
    const file = createWriteStream(aside, { flags: 'wx', flush: true });
    await once(file, 'open');
    const gzip = /\.gz$/i.test(path) ? createGzip() : undefined;
    const entry: Writable = gzip ?? file;
    const ended: Promise<unknown> = gzip === undefined ? once(file, 'close') : pipeline(gzip, file);
    ended.catch(() => {});
    const coded = async (work: Promise<unknown>): Promise<void> => {
      await work.catch(async (error: unknown) => {
        await rm(aside, { force: true });
        throw outError(path, error);
      });
    };
    const finish = async (): Promise<void> => {
      entry.end();
      await ended;
      await renameSynced(aside, path);
    };
    return {
      write: (record) => coded(put(entry, record)),
      close: () => coded(finish()),
      abort: async () => {
        entry.destroy();
        file.destroy();
        await rm(aside, { force: true });
      },
    };
  } catch (error) {
    await rm(aside, { force: true }).catch(() => {});
    throw outError(path, error);
  }
}

/** Writes all rows with `writeJsonLines`: the whole file or none. Errors: those of `writeJsonLines`. */
export async function writeLines(path: string, rows: readonly object[]): Promise<void> {
  const file = await writeJsonLines(path);
  try {
    for (const row of rows) await file.write({ ...row } as LoggedRecord);
    await file.close();
  } catch (error) {
    await file.abort();
    throw error;
  }
}

/**
 * Records on standard output. After an error there, the next record fails with it, so that the command ends: EPIPE of
 * the system if nobody reads any longer, else coded.
 */
function standardOutput(): RecordWriter {
  let fault: Error | undefined;
  const onFault = (error: NodeJS.ErrnoException) => {
    fault = error.code === 'EPIPE' ? error : outError('standard output', error);
  };
  process.stdout.once('error', onFault);
  const done = async () => {
    process.stdout.removeListener('error', onFault);
  };
  return {
    write: async (record) => {
      if (fault !== undefined) throw fault;
      await put(process.stdout, record).catch((error) => {
        throw fault ?? error;
      });
    },
    close: done,
    abort: done,
  };
}

async function put(stream: Writable, record: LoggedRecord): Promise<void> {
  if (!stream.write(lineOf(record))) await once(stream, 'drain');
}

/** A record as one line. JSON has no −Infinity: it becomes −9999, which APIs write for the same. */
export function lineOf(record: LoggedRecord): string {
  return `${JSON.stringify(record, (_, value) => (value === Number.NEGATIVE_INFINITY ? -9999 : value))}\n`;
}
