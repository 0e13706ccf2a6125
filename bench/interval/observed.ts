import type { Random } from '../../support/random.js';
import type { RealAnswers, Sample } from '../cross/population.js';
import { fitRecipe } from '../cross/recipe.js';
import { type Bounds, boundsOf, cellIndexes, tenthsOf } from './bounds.js';

/** Share of the tenths whose observed share is within the mean bounds, and within them plus 1.645 standard errors. */
export interface Inside {
  plain: number;
  withChance: number;
}

/** Real labels: fit on a random half of the questions, look at the other half, tenths of the score within each cell. */
export function observedInside(
  population: RealAnswers,
  isTold: boolean,
  random: Random,
): { band: Inside; vennAbers: Inside } {
  const { questions, label } = population;
  const order = random.shuffle(questions.map((_, q) => q));
  const half = new Set(order.slice(0, Math.floor(order.length / 2)));
  const rows = questions.flatMap((list, q) => list.map((row) => ({ row, q })));
  const fit = rows.filter(({ q }) => half.has(q));
  const sample: Sample = {
    row: Int32Array.from(fit, ({ row }) => row),
    label: Float64Array.from(fit, ({ row }) => label[row]),
    weight: new Float64Array(fit.length).fill(1),
    group: Int32Array.from(fit, ({ q }) => q),
    origin: Int32Array.from(fit, ({ q }) => q),
    groups: questions.length,
  };
  const fitted = fitRecipe(population, sample, Int32Array.from(fit.keys()), random);
  const cells = cellIndexes(population, isTold);
  const bounds = boundsOf(fitted, sample, cells);
  const held = rows.filter(({ q }) => !half.has(q)).map(({ row }) => row);
  const tenths = Array.from({ length: cells.count }, (_, c) => held.filter((row) => cells.of[row] === c))
    .filter((list) => list.length >= 200)
    .flatMap((list) => tenthsOf(fitted.probability, list));
  const insideOf = ({ low, high }: Bounds): Inside => {
    const found = { plain: 0, withChance: 0 };
    for (const tenth of tenths) {
      const mean = (of: Float64Array) => tenth.reduce((sum, row) => sum + of[row], 0) / tenth.length;
      const [from, to, observed] = [mean(low), mean(high), mean(label)];
      const chance = (p: number) => 1.645 * Math.sqrt((p * (1 - p)) / tenth.length);
      if (observed >= from && observed <= to) found.plain += 1 / tenths.length;
      if (observed >= from - chance(from) && observed <= to + chance(to)) found.withChance += 1 / tenths.length;
    }
    return found;
  };
  return { band: insideOf(bounds.band), vennAbers: insideOf(bounds.vennAbers) };
}
