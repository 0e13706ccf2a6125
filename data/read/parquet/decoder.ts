import type { Fields } from '../table/fields.js';
import { DecoderThread } from './decoder-thread.js';

/** One column of a row group, as described in the footer of the file. */
interface ColumnChunk {
  /** The name of the column, and of the fields inside it. */
  path: string[];
  values: number;
  /** Bytes after decompression. */
  bytes: number;
}

export interface RowGroup {
  rows: number;
  chunks: ColumnChunk[];
}

/** The contents of a Parquet file's footer. */
interface Footer {
  columns: string[];
  groups: RowGroup[];
  rows: number;
  /** Length of the file. */
  bytes: number;
}

/**
 * Seconds allowed for any step, plus seconds for each value and each byte that is decoded. About ten times what
 * decoding usually takes.
 */
const LEAST = 3;
const A_VALUE = 30e-6;
const A_BYTE = 2.5e-7;
const MOST = 300;

/** A thread that has finished its file and waits for the next one. It does not keep the process alive. */
let spare: DecoderThread | null = null;

/**
 * Decodes a Parquet file in a separate thread, one row group at a time. A damaged file can make the decoder loop
 * forever or fill its heap, so each step has a deadline that ends the thread. Errors: plain errors with the reason.
 */
export class ParquetDecoder {
  private constructor(
    readonly footer: Footer,
    private readonly thread: DecoderThread,
  ) {}

  static async open(file: string): Promise<ParquetDecoder> {
    const thread = spare ?? new DecoderThread();
    spare = null;
    try {
      return new ParquetDecoder(await thread.ask<Footer>({ what: 'open', file }, LEAST), thread);
    } catch (error) {
      await handBack(thread);
      throw error;
    }
  }

  /** Decodes columns of a row group. */
  decode(group: number, columns: string[]): Promise<void> {
    return this.thread.ask({ what: 'decode', group, columns }, this.#secondsFor(group, columns));
  }

  /** Decodes more columns of the row group that was decoded last. */
  add(group: number, columns: string[]): Promise<void> {
    return this.thread.ask({ what: 'add', group, columns }, this.#secondsFor(group, columns));
  }

  /** Rows of the row group that was decoded last. */
  take(from: number, to: number): Promise<Fields[]> {
    return this.thread.ask({ what: 'take', from, to }, MOST);
  }

  close(): Promise<void> {
    return handBack(this.thread);
  }

  #secondsFor(group: number, columns: string[]): number {
    const chunks = this.footer.groups[group].chunks.filter(({ path }) => columns.includes(path[0]));
    const work = chunks.reduce((sum, { values, bytes }) => sum + A_VALUE * values + A_BYTE * bytes, 0);
    return Math.min(MOST, LEAST + Math.max(0, work));
  }
}

/** Keeps one thread for the next file and ends all others. */
async function handBack(thread: DecoderThread): Promise<void> {
  if (thread.isBusy || thread.ended !== null) return thread.end(new Error('it was closed'));
  await thread.ask({ what: 'close' }, LEAST).catch(() => {}); // a thread that fails here has ended
  if (spare === null && thread.ended === null) spare = thread;
  else await thread.end(new Error('it was closed'));
}
