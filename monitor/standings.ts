import type { Books, Claims } from './ledgers.js';
import { type Standing, standingOf } from './promise/standing.js';
import { REST } from './queue/draw.js';

/** The chance that future labels are assumed to be drawn with if none was drawn yet. */
const USUAL_CHANCE = 0.25;

/**
 * What the labels so far say about each promise. `expected`: the share of errors that the probabilities let expect; null
 * if it is unknown. `drawn`: the chance of the labels that come with the answers; null if the queue draws
 * them. `floor`: the smallest chance of a draw.
 */
export function standings(
  { ledgers }: Books,
  claims: Claims,
  { expected, drawn, floor }: { expected: number | null; drawn: number | null; floor: number },
): Standing[] {
  const certified = [...claims].filter(([claim]) => claim !== REST);
  return certified.map(([claim, terms]) => {
    const ledger = ledgers.get(claim)!;
    const chances = ledger.open.flatMap(({ draws }) => draws.map(({ chance }) => chance));
    const usual =
      chances.length === 0
        ? Math.max(floor, USUAL_CHANCE)
        : chances.reduce((sum, each) => sum + each, 0) / chances.length;
    const outlook = { error: expected, chance: drawn ?? usual };
    return standingOf({ claim, ledger, terms, claims: certified.length }, outlook);
  });
}
