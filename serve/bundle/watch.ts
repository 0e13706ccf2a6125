import { identityOf } from '../../models/bundle/identity.js';
import type { Live } from './live.js';

interface Watched {
  /** Told why a new bundle was not taken, once a reason. */
  refused(error: unknown): void;
}

/** After a refusal the next look comes later and later, up to this many times the usual wait. */
const LONGEST = 16;

/**
 * Looks at the folder every `seconds` and reloads when its manifest is another: another folder behind the symlink, another
 * file, another time. What is refused is tried again (a copy may be under way), later each time. Gives the way to stop it.
 */
export function watch(live: Live, dir: string, seconds: number, { refused }: Watched): () => void {
  let seen: string | null = null;
  let told = '';
  let wait = 1;
  let timer: NodeJS.Timeout;
  let stopped = false;

  const look = async () => {
    const found = await identityOf(dir);
    if (found === seen || found === null) return;
    try {
      await live.reload();
      seen = found;
      told = '';
      wait = 1;
    } catch (error) {
      wait = Math.min(LONGEST, 2 * wait);
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== told) refused(error);
      told = reason;
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
