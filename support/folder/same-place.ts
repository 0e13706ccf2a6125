import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { VouchError } from '../errors.js';

/**
 * Refuses an output that would replace an input: the same file or folder, also under another name (a link, a relative
 * path), or a place inside an input folder of `folders`. `-` is no place. Error: BAD_USAGE.
 */
export async function refuseSame(
  out: string,
  { inputs = [], folders = [] }: { inputs?: readonly string[]; folders?: readonly string[] },
  field = '--out',
): Promise<void> {
  if (out === '-') return;
  const target = await placeOf(out);
  for (const input of [...inputs, ...folders]) {
    if (input === '-') continue;
    if (sameFile(target, await placeOf(input)))
      throw refusal(out, field, `this output would replace an input: ${input}`);
  }
  for (const folder of folders) {
    const { real } = await placeOf(folder);
    if (target.real.startsWith(`${real}${sep}`)) throw refusal(out, field, `this output is inside an input: ${folder}`);
  }
}

/** A file or folder that a command writes, and the option that names it; undefined: it is not written. */
export type Output = readonly [field: string, path: string | undefined];

/**
 * Refuses outputs of one command that would replace an input, as `refuseSame` does, or each other. Error: BAD_USAGE with
 * the name of the later option.
 */
export async function refuseOutputs(
  outputs: readonly Output[],
  inputs: { inputs?: readonly string[]; folders?: readonly string[] },
): Promise<void> {
  const before: { path: string; place: Place }[] = [];
  for (const [field, path] of outputs) {
    if (path === undefined || path === '-') continue;
    await refuseSame(path, inputs, field);
    const place = await placeOf(path);
    const other = before.find((each) => sameFile(place, each.place));
    if (other !== undefined) throw refusal(path, field, `another output is written to this file: ${other.path}`);
    before.push({ path, place });
  }
}

/** Where a path leads: the path with links followed as far as it exists, and the file's identity if it exists. */
interface Place {
  real: string;
  file: { ino: number; dev: number } | null;
}

async function placeOf(path: string): Promise<Place> {
  const file = await stat(path).catch(() => null);
  return { real: await realOf(resolve(path)), file };
}

/** The path with the links of its longest existing part followed. */
async function realOf(path: string): Promise<string> {
  const found = await realpath(path).catch(() => null);
  if (found !== null) return found;
  return dirname(path) === path ? path : join(await realOf(dirname(path)), basename(path));
}

function sameFile(one: Place, other: Place): boolean {
  if (one.real === other.real) return true;
  return one.file !== null && one.file.ino === other.file?.ino && one.file.dev === other.file.dev;
}

function refusal(file: string, field: string, what: string): VouchError {
  return new VouchError('BAD_USAGE', what, { file, field, hint: 'Choose another output. Nothing was changed.' });
}
