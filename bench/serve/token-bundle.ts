import { writeTinyBundle } from '../../test/support/tiny-bundle.js';

/** The signals that bench/serve/peers/token_signals.py computes, in its order. */
const names = [
  ...['count', 'pavg', 'perplexity', 'meanLogprob', 'minLogprob', 'sumLogprob', 'firstLogprob', 'lastLogprob'],
  ...['stdLogprob', 'lowShare', 'meanEntropy', 'maxEntropy', 'firstEntropy', 'stdEntropy', 'collisionEntropy'],
  ...['minEntropy', 'restMass', 'meanMargin', 'minMargin', 'firstMargin', 'outrankedShare'],
].map((name) => `tokens.${name}`);

/** An untrained bundle of token signals alone, an MLP 64-64. */
export function writeTokenBundle(dir: string): Promise<void> {
  return writeTinyBundle(dir, { numeric: names, hidden: [64, 64], members: 1 });
}
