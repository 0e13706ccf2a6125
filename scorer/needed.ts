import type { Threshold } from '../models/bundle/manifest.js';

type Needs = Pick<Threshold, 'signals' | 'signalsOf'>;

/** The task and model of a row. */
interface Kind {
  task?: string | null;
  model?: string | null;
}

/** Whether what is true for the answers of `broad` is also true for those of the second, narrower kind. */
export function isOf(broad: Kind, { task, model }: Kind): boolean {
  return (broad.task == null || broad.task === task) && (broad.model == null || broad.model === model);
}

/** All signals that a claim needs of at least some rows. */
export function signalsIn({ signals, signalsOf = [] }: Needs): string[] {
  return [...new Set([...signals, ...signalsOf.flatMap((each) => each.signals)])].sort();
}

/**
 * The signals that a claim needs of a row: those of its pattern, and those of its task and model. The look-up is made
 * once per claim; a row costs at most two look-ups.
 */
export function neededBy({ signals, signalsOf = [] }: Needs): (row: Kind) => readonly string[] {
  if (signalsOf.length === 0) return () => signals;
  const names = (of: (kind: Kind) => string | null | undefined) => [null, ...new Set(signalsOf.map(of))];
  const byTask = new Map<string | null, Map<string | null, string[]>>();
  for (const task of names((kind) => kind.task)) {
    const byModel = new Map<string | null, string[]>();
    for (const model of names((kind) => kind.model)) {
      const own = signalsOf.filter((each) => isOf(each, { task, model }));
      byModel.set(model ?? null, signalsIn({ signals, signalsOf: own }));
    }
    byTask.set(task ?? null, byModel);
  }
  const other = byTask.get(null)!;
  return ({ task, model }) => {
    const byModel = byTask.get(task ?? null) ?? other;
    return byModel.get(model ?? null) ?? byModel.get(null)!;
  };
}
