import { type Crowd, Part, TIERS, Tier } from './crowd.js';

/** Number of words of the first text that are compared. */
function sizeOfFirst(crowd: Crowd, i: number, tier: number, part: number): number {
  return crowd.size(i, tier, part === Part.HEADS || part === Part.HEAD_WHOLE);
}

/** Number of words of the second text that are compared. */
function sizeOfSecond(crowd: Crowd, j: number, tier: number, part: number): number {
  return crowd.size(j, tier, part === Part.HEADS || part === Part.WHOLE_HEAD);
}

/** The first tier at which both texts have words; −1 if one of them has none at all. */
export function commonTier(crowd: Crowd, i: number, j: number): number {
  for (let tier = 0; tier < TIERS; tier++) if (crowd.size(i, tier) > 0 && crowd.size(j, tier) > 0) return tier;
  return -1;
}

/** Share of the smaller text's words, down to a tier, that the other contains; 0 where one has none. */
export function containment(crowd: Crowd, i: number, j: number, tier: number, part: number = Part.WHOLE): number {
  const a = sizeOfFirst(crowd, i, tier, part);
  const b = sizeOfSecond(crowd, j, tier, part);
  const least = a < b ? a : b;
  return least === 0 ? 0 : crowd.shared(i, j, tier, part) / least;
}

/** Token F1 over distinct words down to a tier: 2 · shared / (a + b); 1 where neither has any word. */
export function wordF1(crowd: Crowd, i: number, j: number, tier: number, part: number = Part.WHOLE): number {
  const a = sizeOfFirst(crowd, i, tier, part);
  const b = sizeOfSecond(crowd, j, tier, part);
  if (a + b === 0) return tier === Tier.REST ? 1 : 0;
  return (2 * crowd.shared(i, j, tier, part)) / (a + b);
}
