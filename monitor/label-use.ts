import type { Books } from './ledgers.js';
import type { MonitorResult } from './results.js';

/** The labels of the drawn answers that are open, by id; null: it has not arrived. */
export function openDraws({ ledgers }: Pick<Books, 'ledgers'>): ReadonlyMap<string, number | null> {
  const draws = [...ledgers.values()].flatMap(({ open }) => open.flatMap((unit) => unit.draws));
  return new Map(draws.map(({ id, label }) => [id, label]));
}

interface Given {
  /** The labels of the file, by id. */
  labels: ReadonlyMap<string, number>;
  /** Open draws before this run, and with those whose labels came with the answers of this run. */
  before: ReadonlyMap<string, number | null>;
  open: ReadonlyMap<string, number | null>;
  /** What users said of the accepted answers of this run; null: nothing, or the answer was drawn. */
  reports: readonly { id: string; label: number | null }[];
}

/** Counts each label of this run once: as drawn, as feedback, or as not used. */
export function labelUse({ labels, before, open, reports }: Given): MonitorResult['labels'] {
  const drawn = new Set<string>();
  for (const [id, label] of open) {
    const isNew = (before.get(id) ?? null) === null;
    if (isNew && (label !== null || labels.has(id))) drawn.add(id);
  }
  const feedback = new Set(reports.filter(({ label }) => label !== null).map(({ id }) => id));
  const unused = [...labels.keys()].filter((id) => !drawn.has(id) && !feedback.has(id));
  return { drawn: drawn.size, feedback: feedback.size, unused: unused.length };
}
