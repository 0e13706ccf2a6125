import type { KeptFits } from './kept-fits.js';

/** Gives the stored result for a key, or makes it and stores it. */
type KeptOr = <T>(key: string, make: () => Promise<T>) => Promise<T>;

export interface Keeping {
  kept: KeptFits;
  /** Whether stored results are used. */
  resume: boolean;
  /** Called once if a result cannot be stored. It is used all the same, and no further one is stored. */
  onFault: (error: unknown) => void;
}

/** Takes up finished work where a key names everything that a result depends on. */
export function keptOr({ kept, resume, onFault }: Keeping): KeptOr {
  let isKeeping = true;
  return async <T>(key: string, make: () => Promise<T>) => {
    const before = resume ? await kept.take(key) : undefined;
    if (before !== undefined) return before as T;
    const result = await make();
    if (!isKeeping) return result;
    await kept.keep(key, result).catch((error: unknown) => {
      if (isKeeping) onFault(error);
      isKeeping = false;
    });
    return result;
  };
}
