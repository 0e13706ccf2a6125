import type { PoolFeature } from './in-pool.js';
import type { Pool } from './pool.js';

const shared = { towards: 'right', range: [0, 1] } as const;

export const agreeExact: PoolFeature = {
  ...shared,
  name: 'agreeExact',
  plain: 'Share of the samples that equal the answer',
  shown: 'share',
  says: 'Share of the samples that equal the answer, ignoring case, accents, punctuation, articles and plural endings.',
  of: ({ gists, n }) => {
    let count = 0;
    for (let j = 1; j <= n; j++) if (gists[j].exact === gists[0].exact) count++;
    return count / n;
  },
};

export const agreeNumber: PoolFeature = {
  ...shared,
  name: 'agreeNumber',
  plain: 'Share of the samples with a number that have the same last number',
  shown: 'share',
  says: "Among the samples that contain a number: the share whose last number is also the answer's.",
  unless: 'the answer has no number, or no sample has one',
  of: (pool) => sameShare(pool, (i) => pool.gists[i].number, 0),
};

export const agreeOption: PoolFeature = {
  ...shared,
  name: 'agreeOption',
  plain: 'Share of the samples with an option that name the same option',
  shown: 'share',
  says: "Among the samples that name an option: the share that name the answer's option.",
  unless: 'the answer names no option, or no sample does',
  of: (pool) => sameShare(pool, (i) => pool.gists[i].option, -1),
};

export const agreePolarity: PoolFeature = {
  ...shared,
  name: 'agreePolarity',
  plain: 'Share of the samples with a yes or no that say the same',
  shown: 'share',
  says: 'Among the samples that say yes or no: the share that say the same as the answer.',
  unless: 'the answer says neither yes nor no, or no sample does',
  of: (pool) => sameShare(pool, (i) => pool.gists[i].polarity, -1),
};

export const refusalShare: PoolFeature = {
  towards: 'wrong',
  range: [0, 1],
  name: 'refusals',
  shown: 'share',
  says: 'Share of the samples that refuse. Where other attempts give up, the question is hard.',
  of: ({ gists, n }) => {
    let count = 0;
    for (let j = 1; j <= n; j++) if (gists[j].refuses) count++;
    return count / n;
  },
};

function sameShare({ n }: Pool, of: (i: number) => number, none: number): number {
  const own = of(0);
  if (own === none) return NaN;
  let having = 0;
  let equal = 0;
  for (let j = 1; j <= n; j++) {
    const other = of(j);
    if (other === none) continue;
    having++;
    if (other === own) equal++;
  }
  return having === 0 ? NaN : equal / having;
}
