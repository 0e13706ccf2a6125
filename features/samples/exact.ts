import type { PoolFeature } from './in-pool.js';
import type { Pool } from './pool.js';

const shared = { towards: 'right', range: [0, 1] } as const;

/** Share of samples equal to the answer but for case, accents, signs, articles and plural. */
export const agreeExact: PoolFeature = {
  ...shared,
  name: 'agreeExact',
  of: ({ gists, n }) => {
    let count = 0;
    for (let j = 1; j <= n; j++) if (gists[j].exact === gists[0].exact) count++;
    return count / n;
  },
};

/** Share of the samples that end on a number whose number is the answer's. */
export const agreeNumber: PoolFeature = {
  ...shared,
  name: 'agreeNumber',
  unless: 'the answer or every sample has no number',
  of: (pool) => sameShare(pool, (i) => pool.gists[i].number, 0),
};

/** Share of the samples that name an option whose option is the answer's. */
export const agreeOption: PoolFeature = {
  ...shared,
  name: 'agreeOption',
  unless: 'the answer or every sample names no option',
  of: (pool) => sameShare(pool, (i) => pool.gists[i].option, -1),
};

/** Share of the samples that say yes or no that say what the answer says. */
export const agreePolarity: PoolFeature = {
  ...shared,
  name: 'agreePolarity',
  unless: 'the answer or every sample says neither yes nor no',
  of: (pool) => sameShare(pool, (i) => pool.gists[i].polarity, -1),
};

/** Share of samples that refuse. Where others give up the question is hard. */
export const refusalShare: PoolFeature = {
  towards: 'wrong',
  range: [0, 1],
  name: 'refusals',
  of: ({ gists, n }) => {
    let count = 0;
    for (let j = 1; j <= n; j++) if (gists[j].refuses) count++;
    return count / n;
  },
};

function sameShare({ n }: Pool, of: (i: number) => number, none: number): number {
  const own = of(0);
  if (own === none) return NaN;
  let with_ = 0;
  let equal = 0;
  for (let j = 1; j <= n; j++) {
    const other = of(j);
    if (other === none) continue;
    with_++;
    if (other === own) equal++;
  }
  return with_ === 0 ? NaN : equal / with_;
}
