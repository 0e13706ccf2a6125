import type { Pinning } from '../models/bundle/pinning.js';
import { type Bundle, readBundle } from '../models/bundle/read.js';
import type { Plugins } from '../support/plugins/plugin.js';
import { openBundle } from './open.js';

/**
 * Reads and checks a bundle as opening it does, golden rows included, for code that works on its files. Errors: those
 * of opening a bundle.
 */
export async function verifiedBundle(dir: string, pinning: Pinning = {}, plugins: Plugins = []): Promise<Bundle> {
  const bundle = await readBundle(dir, pinning);
  const { scorer } = await openBundle(bundle, { plugins });
  await scorer.close();
  return bundle;
}
