import { VouchError } from '../../support/errors.js';
import type { NamedEncoders } from './encoders-read.js';
import type { Manifest } from './manifest.js';

interface Given {
  name: string;
  sha256: string;
}

/**
 * Checks that each encoder that the caller gave is the one of the same name that the bundle was trained with. One that
 * is not given is no error: the bundle then scores through its other patterns. Error: BUNDLE_ENCODER.
 */
export function checkEncoders(
  { encoders = [] }: Pick<Manifest, 'encoders'>,
  given: readonly Given[],
  dir: string,
): void {
  for (const { name, sha256 } of encoders) {
    const found = given.find((each) => each.name === name);
    if (found === undefined || found.sha256 === sha256) continue;
    throw new VouchError('BUNDLE_ENCODER', 'the encoder differs from the one that the bundle was trained with', {
      file: dir,
      field: 'encoders',
      expected: `encoder ${name} (SHA-256 ${sha256})`,
      got: found.sha256,
      hint: 'Give the same model.onnx, tokenizer.json and encoder.json.',
    });
  }
}

/**
 * What a user is told if encoders that a bundle reads were not given, or encoders were given that it does not read;
 * undefined if all fit.
 */
export function encoderNote(
  { encoders = [], read = encoders, grounds = false }: NamedEncoders,
  given: readonly (Given & { pooling?: string })[],
): string | undefined {
  const lacks = (list: readonly Given[], name: string) => !list.some((each) => each.name === name);
  const missing = read.filter(({ name }) => lacks(given, name)).map(flagOf);
  const unread = given.filter(({ name }) => lacks(read, name));
  const idle = unread.filter(({ pooling }) => !grounds || pooling !== 'nli');
  const unknown = idle.filter(({ name }) => lacks(encoders, name)).map(flagOf);
  const known = idle.filter(({ name }) => !lacks(encoders, name)).map(flagOf);
  const judging = unread.filter((each) => !idle.includes(each) && !lacks(encoders, each.name)).map(flagOf);
  const said: string[] = [];
  if (missing.length > 0) {
    said.push(
      `The bundle was trained with ${missing.join(', ')}, which was not given: answers that do not hold what it ` +
        'computes are scored without it.',
    );
  }
  if (unknown.length > 0) said.push(`The bundle was not trained with ${unknown.join(', ')}, which is not used.`);
  if (known.length > 0) said.push(`The bundle reads nothing of ${known.join(', ')}, which does not run.`);
  if (judging.length > 0) {
    said.push(`The bundle reads nothing of ${judging.join(', ')}, which only says what passages support.`);
  }
  return said.length === 0 ? undefined : said.join(' ');
}

/** An encoder as a user names it: `--encoder NAME`, or `--nli NAME` for an entailment model. */
function flagOf({ name, pooling }: { name: string; pooling?: string }): string {
  return `${pooling === 'nli' ? '--nli' : '--encoder'} ${name}`;
}
