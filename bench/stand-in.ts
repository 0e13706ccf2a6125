import { features } from '../features/list.js';
import { writeTinyBundle } from '../test/support/tiny-bundle.js';

/** Writes an untrained bundle of the default size: all signals except those of samples, 4 members 64-64. */
export function writeStandIn(dir: string, seed = 1): Promise<void> {
  const numeric = features.map(({ name }) => name).filter((name) => !/^(samples|others)\./.test(name));
  return writeTinyBundle(dir, { seed, numeric, hidden: [64, 64], members: 4 });
}
