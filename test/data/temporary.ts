import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll } from 'vitest';
import { type BadLine, type Batch, type ReadOptions, readAnswers, readLogged } from '../../data/read/answers.js';
import type { AnswerRecord, LoggedRecord } from '../../data/record.js';
import { VouchError } from '../../support/errors.js';

/** Path of a shipped fixture. */
export function fixture(name: string): string {
  return resolve(import.meta.dirname, '../fixtures/data', name);
}

/** A folder that goes when the test file is done, and a way to put files into it. */
export function temporary(): { folder: string; put: (name: string, content: string | Uint8Array) => string } {
  const folder = mkdtempSync(join(tmpdir(), 'vouch-data-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const put = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  };
  return { folder, put };
}

export interface ReadAll<R = AnswerRecord> {
  records: R[];
  lines: number[];
  bad: BadLine[];
  batches: number;
  bytes: number;
}

/** Everything `readAnswers` gives, in one. */
export function readAll(files: string | string[], options: ReadOptions = {}): Promise<ReadAll> {
  return together(readAnswers([files].flat(), options));
}

/** Everything `readLogged` gives, with what the models did not answer. */
export function readAllLogged(files: string | string[], options: ReadOptions = {}): Promise<ReadAll<LoggedRecord>> {
  return together(readLogged([files].flat(), options));
}

async function together<R>(batches: AsyncIterable<Batch<R>>): Promise<ReadAll<R>> {
  const all: ReadAll<R> = { records: [], lines: [], bad: [], batches: 0, bytes: 0 };
  for await (const batch of batches) {
    all.records.push(...batch.records);
    all.lines.push(...batch.lines);
    all.bad.push(...batch.bad);
    all.batches++;
    all.bytes = batch.bytes;
  }
  return all;
}

/** Code, file, line and field of the VouchError that a piece of work ends with; fails the test where it ends otherwise. */
export async function errorOf(work: Promise<unknown>): Promise<Record<string, unknown>> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof VouchError)) throw new Error(`no VouchError but ${String(error)}`);
  const { file, line, field, expected, got, hint } = error.detail;
  return { code: error.code, file, line, field, expected, got, hint, message: error.message };
}
