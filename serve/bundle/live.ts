import { digestAt } from '../../models/bundle/read.js';
import type { Loaded } from './loaded.js';
import { openVerified, type Runs } from './open-verified.js';

/** The result of a check for a new bundle. */
type Change = 'same' | 'swapped';

/** The bundle in use, and how another one replaces it. */
export interface Live {
  /** The bundle in use. It stays open until it is given back, so a request ends with the bundle with which it began. */
  take(): Loaded;
  give(loaded: Loaded): void;
  readonly now: Loaded;
  /**
   * Opens the bundle in the folder and uses it from now on, if it is a different one. Errors: those of opening; then
   * the old bundle stays.
   */
  reload(): Promise<Change>;
  close(): Promise<void>;
}

export interface LiveOptions extends Runs {
  dir: string;
  /** Gets each bundle when it comes into use, including the first one. */
  swapped(loaded: Loaded): void;
}

/** Opens the first bundle. Errors: those of opening. */
export async function openLive({ dir, swapped, ...runs }: LiveOptions): Promise<Live> {
  let now = await openVerified(dir, runs);
  let loading: Promise<Change> | null = null;
  swapped(now);

  const closeIfUnused = (loaded: Loaded) => {
    if (loaded.retired && loaded.users === 0) void loaded.close();
  };
  const load = async (): Promise<Change> => {
    if ((await digestAt(dir)) === now.scorer.digest) return 'same';
    const next = await openVerified(dir, runs);
    const old = now;
    now = next;
    old.retired = true;
    closeIfUnused(old);
    swapped(next);
    return 'swapped';
  };
  return {
    take: () => {
      now.users++;
      return now;
    },
    give: (loaded) => {
      loaded.users--;
      closeIfUnused(loaded);
    },
    get now() {
      return now;
    },
    reload: () => {
      loading ??= load().finally(() => (loading = null));
      return loading;
    },
    close: async () => {
      await loading?.catch(() => {});
      now.retired = true;
      closeIfUnused(now);
    },
  };
}
