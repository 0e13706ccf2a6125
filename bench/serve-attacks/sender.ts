/**
 * Sends attacks and harmless loads for bench/serve-attacks.ts, in its own process, because creating them must not slow
 * down what is measured.
 */
import { attacks, type Phase } from './attacks.js';

export interface Order extends Phase {
  index: number;
  kind: 'attack' | 'harmless';
}

process.on('message', async ({ index, kind, url, ms }: Order) => {
  process.send?.({ statuses: await attacks[index][kind]({ url, ms }) });
});
process.send?.({ ready: true });
