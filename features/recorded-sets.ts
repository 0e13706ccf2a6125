import { eachRecorded, fixedIn, fixedNames } from './recorded.js';
import type { View } from './view.js';

/** A list of names: an earlier list and one more name. */
interface List {
  before: List | null;
  name: string;
  /** The lists that continue this one, by family and key of the next name. */
  next: Map<string, Map<string, List>>;
  /** −1 until a record has exactly these names. */
  number: number;
}

/**
 * Numbers the different sets of fields and signals that records have, from 0 in order of first appearance. Each set is
 * a path in a tree, so a record that has the same names as an earlier one allocates nothing.
 */
export class RecordedSets {
  readonly #all: List[] = [];
  /** The lists of fixed names, by their bits. */
  readonly #fixed: List[] = [];
  #at!: List;
  readonly #follow = (family: string, key: string): void => {
    this.#at = after(this.#at, family, key);
  };

  /** The number of the set that the record in the view has. */
  numberOf(view: View): number {
    const bits = fixedIn(view);
    this.#at = this.#fixed[bits] ??= fixedList(bits);
    eachRecorded(view, this.#follow);
    const list = this.#at;
    if (list.number < 0) list.number = this.#all.push(list) - 1;
    return list.number;
  }

  /** The names of each set, by its number. */
  lists(): string[][] {
    return this.#all.map(namesOf);
  }
}

function fixedList(bits: number): List {
  let list = newList(null, '');
  fixedNames.forEach((name, i) => {
    if ((bits & (1 << i)) !== 0) list = newList(list, name);
  });
  return list;
}

function after(list: List, family: string, key: string): List {
  let byKey = list.next.get(family);
  if (byKey === undefined) list.next.set(family, (byKey = new Map()));
  let longer = byKey.get(key);
  if (longer === undefined) byKey.set(key, (longer = newList(list, `${family}.${key}`)));
  return longer;
}

function newList(before: List | null, name: string): List {
  return { before, name, next: new Map(), number: -1 };
}

function namesOf(list: List): string[] {
  const names: string[] = [];
  for (let at = list; at.before !== null; at = at.before) names.push(at.name);
  return names.reverse();
}
