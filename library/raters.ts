import { cohenKappa, pairTable as pairsOf } from '../metrics/raters/cohen-kappa.js';
import { type DawidSkeneOptions, dawidSkene as fitModel } from '../metrics/raters/dawid-skene.js';
import { fleissKappa } from '../metrics/raters/fleiss-kappa.js';
import { krippendorffAlpha } from '../metrics/raters/krippendorff-alpha.js';
import { countsOf as count, type Rated } from '../metrics/raters/rated.js';
import { indexesOf, type Numbers } from './columns.js';

/** Checks ratings, which index arrays: a wrong one would count as another one. Error: BAD_USAGE. */
function checked({ item, rater, value, items, raters, classes }: Rated): Rated {
  const n = value.length;
  return {
    item: indexesOf('item', item, { n, below: items }),
    rater: indexesOf('rater', rater, { n, below: raters }),
    value: indexesOf('value', value, { n, below: classes }),
    ...{ items, raters, classes },
  };
}

function pairTable(a: Numbers, b: Numbers, classes: number): Float64Array {
  const n = a.length;
  return pairsOf(indexesOf('a', a, { n, below: classes }), indexesOf('b', b, { n, below: classes }), classes);
}

const countsOf = (rated: Rated) => count(checked(rated));
const dawidSkene = (rated: Rated, options?: DawidSkeneOptions) => fitModel(checked(rated), options);

/**
 * How far raters agree, and what the right answers probably are. `pairTable` counts the ratings of two raters for
 * `cohenKappa`; `countsOf` those of any number of raters for `fleissKappa` and `krippendorffAlpha`; `dawidSkene`
 * estimates each rater's mistakes and the class of each item from ratings alone. Error: BAD_USAGE for a rating that is
 * no class, item or rater.
 */
export const raters = { pairTable, cohenKappa, countsOf, fleissKappa, krippendorffAlpha, dawidSkene } as const;
