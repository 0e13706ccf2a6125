import type { Pinning } from '../models/bundle/pinning.js';
import { type Bundle, readBundle } from '../models/bundle/read.js';
import { openBundle } from './open.js';

/** Reads a bundle as opening does, golden rows and all, for who works on its files. Errors: those of opening a bundle. */
export async function verifiedBundle(dir: string, pinning: Pinning = {}): Promise<Bundle> {
  const bundle = await readBundle(dir, pinning);
  const { scorer } = await openBundle(bundle);
  await scorer.close();
  return bundle;
}
