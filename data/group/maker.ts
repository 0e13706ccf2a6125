import type { Logged } from '../token-list.js';
import { type Grouping, partition } from './partition.js';
import { Rows } from './rows.js';

/** Gathers answers one by one and says at the end which belong to one question. */
export interface GroupMaker {
  /** Takes the next answer; gives its number, from 0. */
  add(record: Logged): number;
  /** The groups of all of them. */
  finish(): Grouping;
}

/**
 * Groups answers so that groups are independent: by `--group-by FIELD`, else by the record's `group`; else answers belong together that
 * share the id of their conversation, or whose conversations are the beginning of one another, or whose turns and media are all equal
 * (context and, mostly, system text do not matter). One that tells nothing is a group of its own. Groups whose questions differ in
 * greetings, politeness, case and punctuation alone are merged; those by `--group-by` only with `mergeNear`. Memory: some 250 bytes an answer.
 */
export function groupMaker(groupBy?: string, mergeNear?: boolean): GroupMaker {
  const rows = new Rows(groupBy, mergeNear);
  return { add: (record) => rows.add(record), finish: () => partition(rows) };
}
