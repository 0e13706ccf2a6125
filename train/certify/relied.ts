import { features } from '../../features/list.js';
import { groupOfSignal, groupsIn } from '../../features/pattern.js';
import { fields, isField } from '../../features/recorded.js';
import { plainName } from '../../features/row.js';
import { embeddingInput } from '../../features/vectors/embeddings.js';
import type { Threshold } from '../../models/bundle/manifest.js';
import { isOf } from '../../scorer/needed.js';
import { placesBy } from '../prepare/places.js';
import type { TrainingData } from '../prepare/training-data.js';

/** A field or signal that at least this share of the answers have counts as always recorded. */
const NEARLY_ALWAYS = 0.95;

/** Fields that nearly all of these rows have. */
export function steadyFields(data: TrainingData, rows: ArrayLike<number>): string[] {
  return steady(data, rows, fields);
}

/**
 * The signals that a predictor trained on these rows relies on: signals that it reads, from the groups of this pattern,
 * that nearly all of the rows have. A claim certified on such rows does not cover a row without one of them.
 */
export function reliedSignals(data: TrainingData, rows: ArrayLike<number>, pattern: string): string[] {
  const groups = groupsIn(pattern);
  const read = readNames(data);
  const all = new Set(data.signals.recordedSets.flat());
  const names = [...all].filter((name) => !isField(name) && read.has(name) && groups.includes(groupOfSignal(name)));
  return steady(data, rows, names);
}

/** The fewest answers of a task or model from which its always recorded signals are determined. */
const FEWEST = 20;

/** Signals that answers of a task, of a model, or of a model on a task have. */
export type ReliedOf = NonNullable<Threshold['signalsOf']>[number];

/**
 * Further signals that nearly all rows of a task, of a model, or of a model on a task have, in addition to those of
 * nearly all rows of the pattern (`always`). Examples: options in multiple-choice tasks, passages in tasks that answer
 * from passages.
 */
export function reliedByKind(data: TrainingData, rows: Int32Array, pattern: string, always: string[]): ReliedOf[] {
  const found: ReliedOf[] = [];
  const kinds: ((row: number) => Omit<ReliedOf, 'signals'>)[] = [
    (row) => ({ task: data.task[row] }),
    (row) => ({ model: data.model[row] }),
    (row) => ({ task: data.task[row], model: data.model[row] }),
  ];
  for (const kindOf of kinds) {
    const known = found.slice();
    for (const [name, places] of placesBy(rows, (row) => JSON.stringify(kindOf(row)))) {
      const kind = JSON.parse(name) as Omit<ReliedOf, 'signals'>;
      if (places.length < FEWEST || Object.values(kind).includes('')) continue;
      const broader = known.filter((each) => isOf(each, kind)).flatMap(({ signals }) => signals);
      const own = places.map((i) => rows[i]);
      const signals = reliedSignals(data, own, pattern).filter((each) => ![...always, ...broader].includes(each));
      if (signals.length > 0) found.push({ ...kind, signals });
    }
  }
  return found;
}

/** Whether a row has a field or signal. */
export function holds({ signals }: TrainingData, row: number, name: string): boolean {
  return namesIn(signals.recordedSets[signals.recorded[row]]).has(name);
}

/** Whether a row has all of some fields or signals. It is computed once for all rows with the same recorded set. */
export function holdsAll({ signals }: TrainingData, names: readonly string[]): (row: number) => boolean {
  const complete = signals.recordedSets.map((set) => names.every((name) => namesIn(set).has(name)));
  return (row) => complete[signals.recorded[row]];
}

const known = new WeakMap<readonly string[], Set<string>>();

/** A list of names as a set. It is built once per list, because lists are long and every row needs a look-up. */
function namesIn(set: readonly string[]): Set<string> {
  let names = known.get(set);
  if (names === undefined) known.set(set, (names = new Set(set)));
  return names;
}

function steady(data: TrainingData, rows: ArrayLike<number>, names: readonly string[]): string[] {
  const { recorded, recordedSets } = data.signals;
  const counts = new Float64Array(recordedSets.length);
  for (let i = 0; i < rows.length; i++) counts[recorded[rows[i]]]++;
  const had = (name: string) =>
    recordedSets.reduce((sum, set, k) => (namesIn(set).has(name) ? sum + counts[k] : sum), 0);
  return rows.length === 0 ? [] : names.filter((name) => had(name) >= NEARLY_ALWAYS * rows.length).sort();
}

/** What the signals of the data are computed from, by the names of features/recorded.ts. */
function readNames({ signals }: TrainingData): Set<string> {
  const plain = new Set(signals.names.map(plainName));
  const needs = features.filter(({ name }) => plain.has(name)).map(({ needs: need }) => need);
  for (const name of signals.names) {
    const need = signals.pluginNeeds?.[name];
    if (need !== undefined) needs.push(need);
  }
  const own = needs.map((need) => (need === 'otherModels' ? 'others' : need));
  // The chosen option is read from the model's probabilities of the options, if these are recorded.
  const options = signals.categories.has('option') ? ['choices'] : [];
  const vectors = (signals.vectors?.shapes ?? []).map(({ name }) => embeddingInput(name));
  // `similarities.NAME.KEY` is read from `similarities.NAME`
  const related = [...plain].filter((name) => /^(similarities|entailments)\./.test(name));
  const entries = related.map((name) => name.slice(0, name.lastIndexOf('.')));
  return new Set([...plain, ...signals.categories.keys(), ...own, ...options, ...entries, ...vectors]);
}
