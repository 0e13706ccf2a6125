import { identityOf } from '../../models/bundle/identity.js';
import type { Live } from './live.js';

interface Watched {
  /** Gets the reason why a new bundle was refused; each reason only once. */
  refused(error: unknown): void;
}

/** After a refusal the time until the next check grows, up to this many times the usual time. */
const LONGEST = 16;

/**
 * Checks the folder every `seconds` and reloads if its manifest has changed: the symlink points to another folder, or
 * the file or its time is different. A refused bundle is tried again after a growing time, because a copy may be in
 * progress. Returns a function that stops the checks.
 */
export function watch(live: Live, dir: string, seconds: number, { refused }: Watched): () => void {
  let seen: string | null = null;
  let reported = '';
  let wait = 1;
  let timer: NodeJS.Timeout;
  let stopped = false;

  const look = async () => {
    const found = await identityOf(dir);
    if (found === seen || found === null) return;
    try {
      await live.reload();
      seen = found;
      reported = '';
      wait = 1;
    } catch (error) {
      wait = Math.min(LONGEST, 2 * wait);
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== reported) refused(error);
      reported = reason;
    }
  };
  const again = () => {
    if (stopped) return;
    timer = setTimeout(() => void look().finally(again), 1000 * seconds * wait);
    timer.unref();
  };
  again();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
