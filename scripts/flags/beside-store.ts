import { VouchError } from '../../support/errors.js';
import type { EncoderFlags } from './encoders.js';
import type { ReadingFlags } from './reading.js';

/** Flags about files of answers, which mean nothing for stored ones. */
const FOR_FILES = [
  ...(['on', 'groupBy', 'mergeNear', 'format', 'map'] as const),
  ...(['modelAlias', 'modelName', 'task', 'encoder', 'nli'] as const),
] as const satisfies readonly (keyof (ReadingFlags & EncoderFlags))[];

/** Refuses what cannot be combined with --store: files of answers, and flags about them. Error: BAD_USAGE. */
export function refuseBesideStore<F extends object>(
  answers: readonly string[],
  flags: F,
  more: readonly (keyof F & string)[],
): void {
  const refused = (field: string, got: unknown) => {
    throw new VouchError('BAD_USAGE', 'this cannot be combined with --store', { field, got });
  };
  if (answers.length > 0) refused('answers', answers.join(' '));
  for (const name of [...FOR_FILES, ...more]) {
    const value = (flags as Record<string, unknown>)[name];
    if (value !== undefined) refused(`--${name.replace(/[A-Z]/g, (each) => `-${each.toLowerCase()}`)}`, value);
  }
}

/** The files of answers. Error: BAD_USAGE if there are none. */
export function givenAnswers(answers: string[]): string[] {
  if (answers.length > 0) return answers;
  throw new VouchError('BAD_USAGE', 'there are no answers', { expected: 'files of answers, or --store' });
}
