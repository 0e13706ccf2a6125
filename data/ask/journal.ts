import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { asideName, inError, outError } from '../../support/atomic.js';
import { VouchError } from '../../support/errors.js';
import { readLines } from './read-lines.js';

/**
 * The work in hand: OUT.partial, JSON Lines. The first line says what was asked and how, every other holds one answer,
 * `{"id", "of", "record"}`, `of` being the digest of what was asked. Lines are written whole as answers come; a torn last
 * line, as kill −9 or a full disk leaves it, is cut off when work goes on. Answers leave in the order of the questions.
 */
export interface Journal {
  readonly path: string;
  /** id → digest of what was asked, for each answer that is there. */
  readonly done: Map<string, string>;
  append(id: string, of: string, record: object): Promise<void>;
  /** Writes the answers of `order` to the output, aside and renamed; gives how many there were. */
  finish(order: AsyncIterable<{ id: string; of: string }>): Promise<number>;
  close(): Promise<void>;
}

/** Digest of a value by its JSON: 16 hex digits. */
export function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

/** Opens or continues the work for `out`; `asked` must be the same as before. `restart` throws earlier work away. */
export async function openJournal(out: string, asked: Record<string, unknown>, restart: boolean): Promise<Journal> {
  const path = `${out}.partial`;
  const done = new Map<string, string>();
  let file: FileHandle;
  try {
    await mkdir(dirname(out), { recursive: true });
    if (restart) await rm(path, { force: true });
    const had = await sizeOf(path);
    if (had === undefined && !restart && (await sizeOf(out)) !== undefined) {
      const hint = 'Name another output, or begin anew with --restart.';
      throw new VouchError('OUT_EXISTS', 'the output is there already', { file: out, hint });
    }
    if (had !== undefined && had > 0) await truncate(path, await readJournal(path, asked, done));
    file = await open(path, 'a');
    if ((await file.stat()).size === 0) await file.appendFile(`${JSON.stringify(asked)}\n`);
  } catch (error) {
    throw outError(path, error);
  }
  const append = async (id: string, of: string, record: object) => {
    try {
      await file.appendFile(`${JSON.stringify({ id, of, record })}\n`);
      done.set(id, of);
    } catch (error) {
      throw outError(path, error);
    }
  };
  return { path, done, append, finish: (order) => writeOut(out, path, order), close: () => file.close() };
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Reads earlier work into `done`; gives the byte up to which it is whole. */
async function readJournal(path: string, asked: Record<string, unknown>, done: Map<string, string>): Promise<number> {
  let good = 0;
  for await (const { text, number, end, whole } of readLines(path)) {
    const value = whole ? parse(text) : undefined;
    if (value === undefined) break;
    if (number === 1) checkSame(path, asked, value);
    else done.set(String(value.id), String(value.of));
    good = end;
  }
  return good;
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function checkSame(path: string, asked: Record<string, unknown>, before: Record<string, unknown>): void {
  for (const field of new Set([...Object.keys(asked), ...Object.keys(before)])) {
    if (JSON.stringify(asked[field]) === JSON.stringify(before[field])) continue;
    throw new VouchError('RESUME_MISMATCH', 'the work in hand was asked otherwise', {
      file: path,
      field,
      expected: JSON.stringify(before[field]) ?? 'nothing',
      got: asked[field],
      hint: 'Use the same options, name another output, or begin anew with --restart.',
    });
  }
}

async function writeOut(out: string, path: string, order: AsyncIterable<{ id: string; of: string }>): Promise<number> {
  const places = new Map<string, { start: number; end: number; of: string }>();
  for await (const { text, number, start, end } of readLines(path)) {
    const value = number === 1 ? undefined : parse(text);
    if (value !== undefined) places.set(String(value.id), { start, end, of: String(value.of) });
  }
  const aside = asideName(out);
  let written = 0;
  const source = await open(path, 'r').catch((error) => {
    throw inError(path, error);
  });
  async function* records() {
    for await (const { id, of } of order) {
      const place = places.get(id);
      if (place === undefined || place.of !== of) continue;
      const bytes = Buffer.alloc(place.end - place.start);
      await source.read(bytes, 0, bytes.length, place.start);
      written++;
      yield `${JSON.stringify((JSON.parse(bytes.toString('utf8')) as { record: unknown }).record)}\n`;
    }
  }
  try {
    const sink = createWriteStream(aside, { flags: 'wx', flush: true });
    if (/\.gz$/i.test(out)) await pipeline(records, createGzip({ level: 9 }), sink);
    else await pipeline(records, sink);
    await rename(aside, out);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => {});
    throw outError(out, error);
  } finally {
    await source.close();
  }
  return written;
}
