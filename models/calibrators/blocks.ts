/**
 * Neighbouring answers of an isotonic fit pooled into one block: weight, weighted sum of their logits, weight of the
 * right ones.
 */
export interface Block {
  weight: number;
  sumZ: number;
  right: number;
}

/**
 * Blocks whose mean logits are closer than this are pooled: closer knots would need slopes that float32 cannot
 * represent.
 */
export const NEAREST = 1e-3;

/** Largest number of stored knots: more would only follow the noise, and each costs a comparison in the graph. */
export const MOST_KNOTS = 200;

export function pool(a: Block, b: Block): Block {
  return { weight: a.weight + b.weight, sumZ: a.sumZ + b.sumZ, right: a.right + b.right };
}

/** Whether the share of right answers in `below` is less than in `above`. */
export function isBelow(below: Block, above: Block): boolean {
  return below.right / below.weight < above.right / above.weight;
}

/**
 * Reduces the number of blocks. First neighbours closer than NEAREST are pooled, then those whose pooling costs the
 * least squared error (Ward 1963), a quarter at a time, until MOST_KNOTS remain. Pooling neighbours keeps ascending
 * shares ascending.
 */
export function fewer(blocks: Block[]): Block[] {
  let kept: Block[] = [];
  for (const next of blocks) {
    let block = next;
    for (let below = kept.at(-1); below !== undefined && isNear(below, block); below = kept.at(-1)) {
      block = pool(below, block);
      kept.pop();
    }
    kept.push(block);
  }
  while (kept.length > MOST_KNOTS) kept = withCheapestPooled(kept);
  return kept;
}

/**
 * Pools the cheapest quarter of the pairs of neighbours. No block is pooled twice, and no more are pooled than
 * necessary.
 */
function withCheapestPooled(blocks: Block[]): Block[] {
  const costs = blocks.slice(1).map((block, i) => cost(blocks[i], block));
  let left = Math.min(blocks.length - MOST_KNOTS, Math.ceil(blocks.length / 4));
  const bar = [...costs].sort((a, b) => a - b)[left - 1];
  const pooled: Block[] = [];
  for (let i = 0; i < blocks.length; i++) {
    if (i + 1 < blocks.length && left > 0 && costs[i] <= bar) {
      pooled.push(pool(blocks[i], blocks[i + 1]));
      left--;
      i++;
    } else {
      pooled.push(blocks[i]);
    }
  }
  return pooled;
}

function isNear(below: Block, above: Block): boolean {
  return Math.fround(above.sumZ / above.weight) - Math.fround(below.sumZ / below.weight) < NEAREST;
}

/** How much pooling adds to the weighted squared error of the shares. */
function cost(a: Block, b: Block): number {
  return ((a.weight * b.weight) / (a.weight + b.weight)) * (b.right / b.weight - a.right / a.weight) ** 2;
}
