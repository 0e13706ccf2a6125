import { digestAt } from '../../models/bundle/read.js';
import type { Loaded } from './loaded.js';
import { openVerified, type Runs } from './open-verified.js';

/** What a look for a new bundle came to. */
export type Change = 'same' | 'swapped';

/** The bundle that answers now, and how another takes its place. */
export interface Live {
  /** The present bundle, held until it is given back: whoever began with a bundle ends with it. */
  take(): Loaded;
  give(loaded: Loaded): void;
  readonly now: Loaded;
  /** Opens what lies in the folder and puts it in place, if it is another. Errors: those of opening; the old one stays. */
  reload(): Promise<Change>;
  close(): Promise<void>;
}

export interface LiveOptions extends Runs {
  dir: string;
  /** Told of each bundle that took its place, the first one too. */
  swapped(loaded: Loaded): void;
}

/** Opens the first bundle. Errors: those of opening. */
export async function openLive({ dir, ran, naming, pinning, swapped }: LiveOptions): Promise<Live> {
  let now = await openVerified(dir, { ran, naming, pinning });
  let loading: Promise<Change> | null = null;
  swapped(now);

  const closeIfUnused = (loaded: Loaded) => {
    if (loaded.retired && loaded.users === 0) void loaded.close();
  };
  const load = async (): Promise<Change> => {
    if ((await digestAt(dir)) === now.scorer.digest) return 'same';
    const next = await openVerified(dir, { ran, naming, pinning });
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
