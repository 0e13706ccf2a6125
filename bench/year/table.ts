import type { Replay } from './replay.js';
import type { WatchedYear } from './watched-year.js';

/** One finished piece of work, as the cache keeps it. */
export type Line = { key: string; first: number; k: number } & (
  | { of: 'replay'; replay: Replay }
  | { of: 'quiet'; isCertified: boolean; year: WatchedYear }
  | { of: 'shift'; size: number; year: WatchedYear }
);

export function tablesOf(lines: readonly Line[]): string[] {
  return [String(lines.length)];
}
