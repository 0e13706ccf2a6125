import type { Loaded } from '../bundle/loaded.js';

/** Headers that say which bundle a response comes from, and when it was computed (ISO 8601, UTC). */
export function traceHeaders({ version, scorer }: Pick<Loaded, 'version' | 'scorer'>, time: string) {
  return { 'x-vouch-bundle': version, 'x-vouch-digest': scorer.digest, 'x-vouch-time': time };
}
