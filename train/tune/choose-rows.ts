import { addCount, type Counts } from '../../support/counts.js';
import type { Random } from '../../support/random.js';
import type { LeftOut } from './graded.js';
import { type Example, PARTS, type TunePart, type WhyNot } from './results.js';

interface ChooseHow {
  /** The most rows of all parts together. */
  rows: number;
  /** Whether each task of each model gets as many rows of one label as of the other. */
  balance: boolean;
  random: Random;
}

type Parts = Record<TunePart, Example[]>;

/**
 * Chooses the rows of each part: without repeated rows, balanced if asked for, and at most `rows`, drawn question by
 * question in the proportion of the parts. What comes last is in random order.
 */
export function chooseRows(
  examples: readonly Example[],
  part: ReadonlyMap<string, TunePart>,
  { rows, balance, random }: ChooseHow,
): { parts: Parts; leftOut: LeftOut[] } {
  const leftOut: LeftOut[] = [];
  const leave = (why: WhyNot) => (kept: Example[], all: readonly Example[]) => {
    const has = new Set(kept);
    for (const each of all) if (!has.has(each)) leftOut.push({ id: each.id, why });
    return kept;
  };
  const once = leave('same row as another')(distinct(examples), examples);
  const balanced = (some: Example[], name: string) =>
    balance ? leave('balance')(balancedRows(some, random.fork(name)), some) : some;
  const found = PARTS.map((name) => {
    const own = once.filter(({ group }) => part.get(group) === name);
    return { name, own: balanced(own, `balance ${name}`) };
  });
  const total = found.reduce((sum, { own }) => sum + own.length, 0);
  const parts = found.map(({ name, own }) => {
    if (total <= rows) return [name, random.fork(`order ${name}`).shuffle(own)];
    const quota = Math.floor((rows * own.length) / total);
    const drawn = leave('more than rows')(wholeQuestions(own, quota, random.fork(`draw ${name}`)), own);
    return [name, random.fork(`order ${name}`).shuffle(balanced(drawn, `balance again ${name}`))];
  });
  return { parts: Object.fromEntries(parts), leftOut };
}

function distinct(examples: readonly Example[]): Example[] {
  const seen = new Set<string>();
  return examples.filter(({ prompt, target }) => {
    const key = JSON.stringify([prompt, target]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** As many rows of each label in each task of each model; a slice with one label only has no rows. */
function balancedRows(examples: readonly Example[], random: Random): Example[] {
  const slices = new Map<string, Map<string, Example[]>>();
  const labels = new Set(examples.map(({ label }) => label));
  for (const example of random.shuffle([...examples])) {
    const name = JSON.stringify([example.model, example.task]);
    if (!slices.has(name)) slices.set(name, new Map([...labels].map((label) => [label, []])));
    slices.get(name)?.get(example.label)?.push(example);
  }
  const kept = new Set<Example>();
  for (const byLabel of slices.values()) {
    const lists = [...byLabel.values()];
    const least = lists.length < 2 ? 0 : lists.reduce((n, { length }) => Math.min(n, length), Number.POSITIVE_INFINITY);
    for (const list of lists) for (const example of list.slice(0, least)) kept.add(example);
  }
  return examples.filter((example) => kept.has(example));
}

/** All rows of some questions, drawn at random, at most `quota` rows. */
function wholeQuestions(examples: readonly Example[], quota: number, random: Random): Example[] {
  const sizes: Counts = new Map();
  for (const { group } of examples) addCount(sizes, group);
  const drawn = new Set<string>();
  let rows = 0;
  for (const group of random.shuffle([...sizes.keys()])) {
    const size = sizes.get(group) as number;
    if (rows + size > quota) continue;
    rows += size;
    drawn.add(group);
  }
  return examples.filter(({ group }) => drawn.has(group));
}
