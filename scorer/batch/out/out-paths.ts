import { realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { makeFolder } from '../../../support/atomic.js';
import { VouchError } from '../../../support/errors.js';
import { refuseSame } from '../../../support/folder/same-place.js';
import type { Input } from '../resume/input.js';
import { traceFileOf } from './trace-file.js';

/** All paths: the output and the file of bad lines under their final names, and their partial files. */
export interface Paths {
  out: string;
  bad: string;
  partial: string;
  journal: string;
  badPartial: string;
}

/**
 * The paths for an output. Links are followed, so that a link stays a link. Errors: OUT_UNWRITABLE if the output is not
 * a regular file, BAD_USAGE if it would replace an input.
 */
export async function pathsOf(out: string, bad: string | undefined, inputs: Input[]): Promise<Paths> {
  const there = await stat(out).catch(() => undefined);
  if (there !== undefined && !there.isFile()) {
    throw new VouchError('OUT_UNWRITABLE', 'the output is not a regular file', {
      file: out,
      hint: 'Use --out - and redirect standard output.',
    });
  }
  const target = there === undefined ? out : await realpath(out);
  await makeFolder(dirname(target));
  const badTarget = bad ?? badFileOf(target);
  await refuseOne(target, badTarget);
  const names = inputs.map(({ name }) => name);
  await refuseSame(target, { inputs: names });
  await refuseSame(badTarget, { inputs: names }, '--bad');
  return {
    out: target,
    bad: badTarget,
    partial: `${target}.partial`,
    journal: `${target}.partial.jsonl`,
    badPartial: `${badTarget}.partial`,
  };
}

/** The scores and the bad lines need different files, even if one file has several names. */
async function refuseOne(out: string, bad: string): Promise<void> {
  const [one, other] = await Promise.all([out, bad].map((path) => stat(path).catch(() => undefined)));
  const isOne = one !== undefined && one.ino === other?.ino && one.dev === other.dev;
  const taken = [out, `${out}.partial`, `${out}.partial.jsonl`, traceFileOf(out)].map((path) => resolve(path));
  if (!isOne && !taken.includes(resolve(bad)) && !taken.includes(resolve(`${bad}.partial`))) return;
  throw new VouchError('BAD_USAGE', 'the scores and the bad lines cannot go into one file', {
    field: 'badFile',
    expected: 'a file other than the scores and their partial files',
    got: bad,
  });
}

/** Where bad lines are written if no file is given. */
export function badFileOf(out: string): string {
  return `${out}.bad.jsonl`;
}
