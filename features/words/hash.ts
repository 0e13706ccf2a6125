/**
 * Words are known by a 32-bit hash of their folded letters (FNV-1a): no table that grows with what a service has seen, no
 * allocation. Two of the few hundred words of one record share a hash with a chance of some 1e-5.
 * Source: Fowler, Noll & Vo, FNV-1a, 32 bit.
 */
export const HASH_SEED = 0x811c9dc5 | 0;

export const HASH_PRIME = 0x01000193;

/** One letter further. */
export function hashStep(hash: number, code: number): number {
  return Math.imul(hash ^ code, HASH_PRIME);
}

/** The hash of letters that are folded already. */
export function hashLetters(letters: string): number {
  let hash = HASH_SEED;
  for (let i = 0; i < letters.length; i++) hash = hashStep(hash, letters.charCodeAt(i));
  return hash;
}

/** Where a hash starts to look in an open table of `mask + 1` places: its own bits are spread well enough. Source: Noll, xor-folding. */
export function slotOf(hash: number, mask: number): number {
  return (hash ^ (hash >>> 15)) & mask;
}

/**
 * Whether the plural or third-person s at the end of a word goes: "presidents" and "president" are one word. Words of up
 * to three letters and those in -ss, -us, -is keep it.
 */
export function dropsFinalS(length: number, last: number, before: number): boolean {
  return last === 115 && length > 3 && before !== 115 && before !== 117 && before !== 105;
}
