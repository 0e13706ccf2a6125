/**
 * A word is identified by a 32-bit hash of its folded letters (FNV-1a). This needs no allocation and no table that
 * grows while a service runs. The chance that any two of the few hundred words of a record share a hash is about 1e-5.
 * Source: Fowler, Noll & Vo, FNV-1a, 32 bit.
 */
export const HASH_SEED = 0x811c9dc5 | 0;

export const HASH_PRIME = 0x01000193;

/** The hash after one more letter. */
export function hashStep(hash: number, code: number): number {
  return Math.imul(hash ^ code, HASH_PRIME);
}

/** The hash of letters that are already folded. */
export function hashLetters(letters: string): number {
  let hash = HASH_SEED;
  for (let i = 0; i < letters.length; i++) hash = hashStep(hash, letters.charCodeAt(i));
  return hash;
}

/**
 * The index at which the search for a hash begins in an open-addressing table of `mask + 1` entries. Source: Noll,
 * xor-folding.
 */
export function slotOf(hash: number, mask: number): number {
  return (hash ^ (hash >>> 15)) & mask;
}

/**
 * Whether the plural or third-person s at the end of a word is dropped, so that "presidents" equals "president". Words
 * of up to three letters and words that end in -ss, -us or -is keep it.
 */
export function dropsFinalS(length: number, last: number, before: number): boolean {
  return last === 115 && length > 3 && before !== 115 && before !== 117 && before !== 105;
}
