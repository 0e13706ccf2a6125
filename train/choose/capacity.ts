import { type TrainOptions, trainOptionsSchema } from '../options.js';

/** Up to this many rows, the options hold as they are. */
const FROM = 5_000;
/** Learners have the most capacity at this many rows. */
const TO = 80_000;
/** The most rows that a tree is grown on: their share (0.8) of those. */
const MOST_ROWS = 64_000;

const standard = trainOptionsSchema.parse({});
const ofTrees = ['rate', 'most', 'patience', 'mostRows'] as const;

/**
 * The options for a predictor that trains on `rows` rows: with more rows, learners get more capacity. Options that the
 * user has set are kept. Source of the numbers: bench/growth.
 */
export function capacityFor(options: TrainOptions, rows: number): TrainOptions {
  if (rows <= FROM) return options;
  const growth = growthAt(rows);
  return { ...options, trees: treesFor(options, growth), mlp: loopFor(options, growth) };
}

/**
 * How many times the rows of a small set there are, up to 80,000 rows. Beyond, it falls back to 1 (at 320,000 rows), so
 * that the number of trees times the number of rows, and with it the time, stays the same.
 */
function growthAt(rows: number): number {
  return rows <= TO ? rows / FROM : Math.max(1, (TO / FROM) * (TO / rows) ** 2);
}

/**
 * More rows can fill more trees, and questions that are chosen on more rows are better ones. At 80,000 rows, the most
 * trees are four times as many (they grow with the square root), the learning rate is 0.7 times as high (it falls with
 * the eighth root), and patience grows as it falls. A tree is grown on up to 64,000 rows instead of 20,000. If one of
 * these four is not the default, all are kept.
 */
function treesFor({ trees }: TrainOptions, growth: number): TrainOptions['trees'] {
  if (ofTrees.some((name) => trees[name] !== standard.trees[name])) return trees;
  const slower = growth ** (1 / 8);
  return {
    ...trees,
    rate: trees.rate / slower,
    most: Math.round(trees.most * Math.sqrt(growth)),
    patience: Math.round(trees.patience * slower),
    mostRows: MOST_ROWS,
  };
}

/**
 * Networks read more rows in all epochs together: from 40,000 rows on 15 times the rows, so twice as many at 80,000. With
 * fewer rows, the default leaves them as many epochs as they need.
 */
function loopFor({ mlp }: TrainOptions, growth: number): TrainOptions['mlp'] {
  if (mlp.passes === undefined || mlp.passes !== standard.mlp.passes) return mlp;
  return { ...mlp, passes: Math.round(mlp.passes * Math.max(1, growth / 8)) };
}
