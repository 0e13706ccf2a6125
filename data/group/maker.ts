import type { Logged } from '../token-list.js';
import { type Grouping, partition } from './partition.js';
import { Rows } from './rows.js';

/** Collects answers one by one, then says which belong to one question. */
interface GroupMaker {
  /** Adds the next answer and returns its number, from 0. */
  add(record: Logged): number;
  /** The groups of all answers. */
  finish(): Grouping;
}

/**
 * Groups answers so that groups are independent. `--group-by FIELD` decides, else the record's `group`. Else answers
 * belong together if they share the id of their conversation, if one conversation is the beginning of the other, or if
 * all their turns and media are equal (context and, mostly, system text do not matter). An answer without any of these
 * is a group of its own. Groups whose questions differ only in greetings, politeness, case and punctuation are merged;
 * those by `--group-by` only with `mergeNear`. Memory: about 250 bytes per answer.
 */
export function groupMaker(groupBy?: string, mergeNear?: boolean): GroupMaker {
  const rows = new Rows(groupBy, mergeNear);
  return { add: (record) => rows.add(record), finish: () => partition(rows) };
}
