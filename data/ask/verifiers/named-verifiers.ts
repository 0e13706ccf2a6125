import { VouchError } from '../../../support/errors.js';
import type { WayOptions } from '../options.js';
import { SCORE_NAME } from './score-name.js';

/** A verifier as the options name it: behind an address, or a command. */
interface NamedVerifier {
  name: string;
  kind: 'http' | 'command';
  value: string;
}

/** Names that vouch's own scores have. */
const OURS = /^(ptrue|judges?|statedTopK|crossExamined)(\.|$)/;

/**
 * The verifiers of `--verifier [NAME=]URL` and `--verifier-command [NAME=]PROGRAM ARGUMENTS`, in this order. Without a
 * name they are called `http` and `command`. Errors: BAD_USAGE for a name twice, or one of vouch's own scores.
 */
export function namedVerifiers(way: Pick<WayOptions, 'verifiers' | 'verifierCommands'>): NamedVerifier[] {
  const all = [
    ...way.verifiers.map((text) => named(text, 'http')),
    ...way.verifierCommands.map((text) => named(text, 'command')),
  ];
  const seen = new Set<string>();
  for (const { name, kind } of all) {
    const field = kind === 'http' ? '--verifier' : '--verifier-command';
    if (seen.has(name)) {
      throw new VouchError('BAD_USAGE', 'two verifiers have the same name', { field, expected: 'NAME=…', got: name });
    }
    if (OURS.test(name) || name.endsWith('.logit')) {
      throw new VouchError('BAD_USAGE', 'vouch uses this name itself', { field, got: name });
    }
    seen.add(name);
  }
  return all;
}

function named(text: string, kind: NamedVerifier['kind']): NamedVerifier {
  const cut = text.indexOf('=');
  const name = text.slice(0, Math.max(cut, 0));
  return SCORE_NAME.test(name) ? { name, kind, value: text.slice(cut + 1) } : { name: kind, kind, value: text };
}
