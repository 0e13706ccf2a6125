import type { Command } from 'commander';
import type { Pinning } from '../../models/bundle/pinning.js';
import { readTrustedKeys } from '../../models/bundle/signature.js';
import { VouchError } from '../../support/errors.js';
import { groups, OTHER } from './groups.js';

/** The flags of every command that opens a bundle. */
export interface PinningFlags {
  digest?: string;
  trustedKeys?: string;
}

/** Adds these flags to a command. */
export function addPinning(command: Command): Command {
  return command
    .optionsGroup(groups.pinning)
    .option('--digest <sha256>', 'SHA-256 of manifest.json; any other bundle is refused', digestOf)
    .option('--trusted-keys <file>', 'public keys (Ed25519, PEM); the bundle is refused unless one of them signed it')
    .optionsGroup(OTHER);
}

/** Which bundle to accept: its digest, and the keys that may have signed it. Errors: those of reading keys. */
export async function pinningOf({ digest, trustedKeys }: PinningFlags): Promise<Pinning> {
  return {
    ...(digest === undefined ? {} : { digest }),
    ...(trustedKeys === undefined ? {} : { trusted: await readTrustedKeys(trustedKeys) }),
  };
}

function digestOf(text: string): string {
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  throw new VouchError('BAD_USAGE', 'not a SHA-256', { field: '--digest', expected: '64 hex digits', got: text });
}
