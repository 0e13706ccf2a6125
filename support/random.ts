/**
 * A seeded random generator (sfc32 with a hashed seed). Randomness is an argument, never a global. `fork(name)` gives
 * an independent stream, so that one more draw in one place changes nothing elsewhere. Source: PractRand's sfc32
 * (Doty-Humphrey); seeding by xmur3-style mixing. `next` has a granularity of 2^-32.
 */
export interface Random {
  /** The seed: `random(seed)` creates the same stream again, for example in another thread. */
  readonly seed: string;
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [0, n). */
  int(n: number): number;
  /** Standard normal (Box–Muller). */
  normal(): number;
  /** Shuffles in place (Fisher–Yates) and returns the same array. */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T;
  /** An independent stream named `name`. */
  fork(name: string | number): Random;
}

export function random(seed: number | string): Random {
  const mix = hash32(String(seed));
  let a = mix();
  let b = mix();
  let c = mix();
  let d = 1;
  const next = (): number => {
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) next();
  const int = (n: number): number => Math.floor(next() * n);
  return {
    seed: String(seed),
    next,
    int,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    shuffle: (items) => {
      const array = items as { length: number; [index: number]: unknown };
      for (let i = array.length - 1; i > 0; i--) {
        const j = int(i + 1);
        const kept = array[i];
        array[i] = array[j];
        array[j] = kept;
      }
      return items;
    },
    fork: (name) => random(`${seed}/${name}`),
  };
}

function hash32(text: string): () => number {
  let h = 1779033703 ^ text.length;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 3432918353);
    h = (h << 13) | (h >>> 19);
  }
  return () => {
    h = Math.imul(h ^ (h >>> 16), 2246822507);
    h = Math.imul(h ^ (h >>> 13), 3266489909);
    h ^= h >>> 16;
    return h | 0;
  };
}
