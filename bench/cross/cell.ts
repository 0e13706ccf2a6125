import { random } from '../../support/random.js';
import { crossWay } from './cross-way.js';
import { fitsOf } from './fits.js';
import { type Outcome, outcome, possible } from './judged.js';
import { type Drawable, drawSample } from './population.js';
import { prequentialWay } from './prequential-way.js';
import { splitThreshold } from './split-way.js';
import { tTest } from './t-test.js';

/**
 * One method in one cell: certified draws, broken promises, mean true coverage, and mean coverage relative to what was
 * possible.
 */
export interface Tally {
  certified: number;
  broken: number;
  coverage: number;
  share: number;
}

export interface Cell {
  alpha: number;
  possible: number;
  ways: Record<string, Tally>;
}

export interface CellPlan {
  size: number;
  alphas: readonly number[];
  delta: number;
  draws: number;
  /**
   * In addition to split, folds and refit: `uncapped` (the split without a cap below the heaviest question), `t`,
   * `prequential`.
   */
  extra: readonly string[];
  /** Other seeds than the usual ones, for trying out repairs. */
  seed?: string;
}

/** Draws samples of a population, certifies by each method, and compares what was certified with the exact truth. */
export function cellsOf(population: Drawable, { size, alphas, delta, draws, extra, seed = '' }: CellPlan): Cell[] {
  const cells: Cell[] = alphas.map((alpha) => ({ alpha, possible: 0, ways: {} }));
  for (let k = 0; k < draws; k++) {
    const draw = random(`${seed}${population.name} ${size} ${k}`);
    const prequential = extra.includes('prequential');
    const fits = fitsOf(population, drawSample(population, size, draw), draw, { prequential });
    for (const cell of cells) {
      const best = possible(fits.whole.judged, cell.alpha);
      cell.possible += best / draws;
      const level = { alpha: cell.alpha, delta };
      const luck = draw.fork(`bets ${cell.alpha}`);
      const split = (tried: typeof fits.split): Outcome => {
        const threshold = splitThreshold(tried, level, luck.fork('split'));
        return threshold === null ? null : outcome([{ judged: tried.judged, threshold }]);
      };
      const crossed = crossWay(fits, level, luck.fork('cross'));
      const found: Record<string, Outcome> = { split: split(fits.split), ...crossed };
      if (extra.includes('uncapped')) found.uncapped = split(fits.uncapped);
      if (extra.includes('t')) found.t = crossWay(fits, { ...level, test: tTest }, luck.fork('cross')).folds;
      if (prequential) found.prequential = prequentialWay(fits, level);
      for (const [way, outcome] of Object.entries(found)) {
        const tally = (cell.ways[way] ??= { certified: 0, broken: 0, coverage: 0, share: 0 });
        if (outcome === null) continue;
        tally.certified++;
        tally.coverage += outcome.coverage / draws;
        tally.share += best > 0 ? outcome.coverage / best / draws : 0;
        if (outcome.risk > cell.alpha) tally.broken++;
      }
    }
  }
  return cells;
}
