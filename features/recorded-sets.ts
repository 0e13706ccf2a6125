import { eachRecorded, fixedIn, fixedNames } from './recorded.js';
import type { View } from './view.js';

/** A list of names: the one before it and one name more. */
interface List {
  before: List | null;
  name: string;
  /** By family and key of the name that follows. */
  next: Map<string, Map<string, List>>;
  /** −1 where no record holds exactly this. */
  number: number;
}

/**
 * What records hold, as numbers: equal ones for equal lists of names, from 0 in the order in which the lists are first met. A list is a
 * path in a tree, so that no text and no array is made for a record that holds the same as another.
 */
export class RecordedSets {
  readonly #all: List[] = [];
  /** By bits of the fixed names. */
  readonly #fixed: List[] = [];
  #at!: List;
  readonly #follow = (family: string, key: string): void => {
    this.#at = after(this.#at, family, key);
  };

  /** The number of what the record in the view holds. */
  numberOf(view: View): number {
    const bits = fixedIn(view);
    this.#at = this.#fixed[bits] ??= fixedList(bits);
    eachRecorded(view, this.#follow);
    const list = this.#at;
    if (list.number < 0) list.number = this.#all.push(list) - 1;
    return list.number;
  }

  /** The lists by number. */
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
