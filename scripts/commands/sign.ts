import { join } from 'node:path';
import type { Command } from 'commander';
import { SIGNATURE_FILE } from '../../models/bundle/kind.js';
import { signBundle } from '../../models/bundle/sign.js';
import { readSigningKey } from '../../models/bundle/signature.js';
import { verifiedBundle } from '../../scorer/verified-bundle.js';
import { openPlugins } from '../../support/plugins/open-plugins.js';
import { addPinning, type PinningFlags, pinningOf } from '../flags/pinning.js';
import { addPlugins, type PluginFlags } from '../flags/plugins.js';

interface Flags extends PinningFlags, PluginFlags {
  key: string;
  json?: boolean;
}

const example = `
Example:
  $ openssl genpkey -algorithm ed25519 -out vouch.key
  $ openssl pkey -in vouch.key -pubout -out vouch.pub
  $ vouch sign runs/mine --key vouch.key
  $ vouch serve --model runs/mine --trusted-keys vouch.pub`;

/** `vouch sign`: signs a bundle, for `--trusted-keys` of the commands that open it. */
export function register(program: Command): void {
  const command = program
    .command('sign')
    .description('Sign a bundle with an Ed25519 key. With the public key, others can verify that it is yours.')
    .argument('<bundle>', 'the bundle; it is verified first')
    .requiredOption('--key <file>', 'the private key: a PEM file from openssl, without a passphrase')
    .option('--json', 'print the summary as JSON');
  addPlugins(addPinning(command)).addHelpText('after', example).action(run);
}

async function run(dir: string, flags: Flags): Promise<void> {
  const key = await readSigningKey(flags.key);
  const bundle = await verifiedBundle(dir, await pinningOf(flags), await openPlugins(flags.plugin));
  const { signatures } = await signBundle(bundle, key);
  const keys = signatures.map((each) => each.key);
  const summary = { signature: join(dir, SIGNATURE_FILE), digest: bundle.digest, key: key.name, keys };
  if (flags.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  else process.stdout.write(`${summary.signature}: key ${key.name} signs the manifest with SHA-256 ${bundle.digest}\n`);
}
