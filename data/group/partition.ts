import { Buckets } from './buckets.js';
import { joinNear } from './near.js';
import { groupNotes } from './notes.js';
import type { Rows } from './rows.js';
import { splitBySystem, systemOf } from './systems.js';
import { Union } from './union.js';

/** What made a group; the first that applies counts. `near`: groups that ask nearly the same were merged. */
const groupRules = ['field', 'group', 'conversation', 'beginning', 'turns', 'row', 'near'] as const;
export type GroupRule = (typeof groupRules)[number];

/** The group of every answer, in the order of the answers. */
export interface Grouping {
  groups: string[];
  /** What made the group of each answer. */
  rules: GroupRule[];
  /** The field of `--group-by`. */
  field: string | null;
  /** How many groups each rule made. */
  made: Record<GroupRule, number>;
  /** What is uncertain, as sentences. */
  notes: string[];
  /**
   * A hash of what an answer's question asks, ignoring politeness, case and punctuation, with context and instructions;
   * null if unknown.
   */
  question(row: number): string | null;
}

/**
 * If conversations continue from a beginning in more ways than this, it is a template (a greeting, an example), not one
 * conversation.
 */
const WAYS = 20;

/** Decides which answers belong to one question. The order of the answers affects only the names. */
export function partition(rows: Rows): Grouping {
  const links = new Links(rows);
  links.named();
  links.conversations();
  links.turns();
  links.beginnings();
  const { union, began, templates, splits } = links;
  const near = joinNear(rows, union, (row) => links.nearKey(row));
  const names = new Map<number, string>();
  const rules = new Map<number, GroupRule>();
  const groups: string[] = [];
  for (let row = 0; row < rows.n; row++) {
    const first = union.first(row);
    if (first === row) {
      names.set(row, nameOf(rows, row, splits));
      rules.set(row, ruleOf(rows, row));
    }
    if (began[row] === 1 && rules.get(first) === 'turns') rules.set(first, 'beginning');
    if (rows.conversation.at(row) >= 0 && rules.get(first) !== 'conversation') rules.set(first, 'conversation');
    if (near.merged.has(first)) rules.set(first, 'near');
    groups.push(names.get(first) as string);
  }
  const ofRows = groups.map((_, row) => rules.get(union.first(row)) as GroupRule);
  const notes = groupNotes({ rows, union, splits, templates, nearKept: near.kept });
  const question = (row: number) => rows.questionOf(row);
  return { groups, rules: ofRows, field: rows.groupBy ?? null, made: madeBy(groups, ofRows), notes, question };
}

/** How many groups each rule made, from the group and rule of each answer. */
export function madeBy(groups: readonly string[], rules: readonly GroupRule[]): Grouping['made'] {
  const made = Object.fromEntries(groupRules.map((rule) => [rule, 0])) as Grouping['made'];
  const seen = new Set<string>();
  groups.forEach((group, i) => {
    if (seen.has(group)) return;
    seen.add(group);
    made[rules[i]]++;
  });
  return made;
}

function nameOf(rows: Rows, row: number, splits: Uint8Array): string {
  const { named, conversation, node, tree } = rows;
  if (named.at(row) >= 0) return named.text(row);
  if (conversation.at(row) >= 0) return `conversation:${conversation.text(row)}`;
  const at = node.at(row);
  if (at < 0) return `row:${rows.ids.get(row)}`;
  const system = splits[at] === 1 ? systemOf(rows, row) : -1;
  return `prompt:${tree.hex(at)}${system < 0 ? '' : `.${rows.hex(system)}`}`;
}

function ruleOf({ named, byField, conversation, node }: Rows, row: number): GroupRule {
  if (named.at(row) >= 0) return byField.at(row) === 1 ? 'field' : 'group';
  if (conversation.at(row) >= 0) return 'conversation';
  return node.at(row) < 0 ? 'row' : 'turns';
}

/** Joins rows, rule by rule. */
class Links {
  readonly union: Union;
  /** 1 for rows joined because one conversation is the beginning of the other. */
  readonly began: Uint8Array;
  readonly splits: Uint8Array;
  /** Beginnings that were too common to join rows. */
  readonly templates = new Set<number>();
  /** Per conversation: whether its answers have more than one beginning. */
  readonly #grows: Uint8Array;

  constructor(readonly rows: Rows) {
    this.union = new Union(rows.n);
    this.began = new Uint8Array(rows.n);
    this.splits = splitBySystem(rows);
    this.#grows = growing(rows);
  }

  named(): void {
    joinEqual(this.union, this.rows.n, this.rows.named);
  }

  conversations(): void {
    joinEqual(this.union, this.rows.n, this.rows.conversation);
  }

  /**
   * Joins equal turns. A turn that only greets or refers to something else does not join conversations that have ids.
   */
  turns(): void {
    const { rows, union } = this;
    const { n, node, tree, conversation } = rows;
    const buckets = new Buckets(n);
    for (let row = 0; row < n; row++) {
      if (!this.#isFree(row) || (conversation.at(row) >= 0 && !tree.asks(node.at(row)))) continue;
      buckets.add(row, node.at(row), this.#system(row));
    }
    for (let row = 0; row < n; row++) {
      if (this.#isFree(row)) buckets.joined(union, node.at(row), this.#system(row));
    }
  }

  /**
   * Joins a conversation with one that continues it, up to a reply or with the answer as that reply. The beginning must
   * say what is asked (or name its subject, if the reply equals the answer), and it must not continue in too many ways.
   * Within a session neither is required.
   */
  beginnings(): void {
    const { rows } = this;
    const { n, node, replied, session, tree } = rows;
    const asked = new Buckets(n);
    const answered = new Buckets(n);
    const askedIn = new Buckets(n);
    const answeredIn = new Buckets(n);
    for (let row = 0; row < n; row++) {
      const at = node.at(row);
      if (at < 0) continue;
      if (this.#isFree(row)) asked.add(row, at, this.#system(row));
      if (replied.at(row) >= 0) answered.add(row, replied.at(row), this.#system(row));
      if (session.at(row) < 0) continue;
      askedIn.add(row, at, session.at(row));
      if (replied.at(row) >= 0) answeredIn.add(row, replied.at(row), session.at(row));
    }
    for (let row = 0; row < n; row++) {
      if (node.at(row) < 0) continue;
      let next = node.at(row);
      for (let at = tree.parent(next); at >= 0; next = at, at = tree.parent(at)) {
        const isReply = tree.isReply(at);
        if (!isReply && !tree.isReply(next)) continue;
        if (session.at(row) >= 0) this.#begin(row, isReply ? answeredIn : askedIn, at, session.at(row));
        if (!isReply && !this.#isFree(row)) continue;
        const question = isReply ? tree.parent(at) : at;
        if (question < 0 || !(isReply ? tree.hasSubject(question) : tree.asks(question))) continue;
        const system = this.splits[question] === 1 ? this.#systemText(row) : ANY;
        if (tree.continuations(at) <= WAYS) this.#begin(row, isReply ? answered : asked, at, system);
        else if ((isReply ? answered : asked).has(at, system)) this.templates.add(question);
      }
    }
  }

  #begin(row: number, buckets: Buckets, at: number, key: number): void {
    const first = buckets.joined(this.union, at, key);
    if (first < 0 || first === row) return;
    this.union.join(first, row);
    this.began[first] = this.began[row] = 1;
  }

  /** Whether only its turns decide where a row belongs: it has no id of a conversation that grows. */
  #isFree(row: number): boolean {
    const { node, conversation } = this.rows;
    return node.at(row) >= 0 && (conversation.at(row) < 0 || this.#grows[conversation.at(row)] === 0);
  }

  /** Two numbers that are equal for rows that ask nearly the same; null if a row must not be merged with others. */
  nearKey(row: number): readonly [number, number] | null {
    const { rows } = this;
    if (rows.near.at(row) < 0 || (rows.named.at(row) < 0 && !this.#isFree(row))) return null;
    return [rows.near.at(row), rows.named.at(row) < 0 ? this.#system(row) : ANY];
  }

  /** The system text of a row if it distinguishes its question from others, else ANY. */
  #system(row: number): number {
    return this.splits[this.rows.node.at(row)] === 1 ? this.#systemText(row) : ANY;
  }

  #systemText(row: number): number {
    return systemOf(this.rows, row);
  }
}

/** Stands for any system text. */
const ANY = -2;

function joinEqual(union: Union, n: number, names: Rows['named']): void {
  const first = new Int32Array(names.count).fill(-1);
  for (let row = 0; row < n; row++) {
    const name = names.at(row);
    if (name < 0) continue;
    if (first[name] < 0) first[name] = row;
    else union.join(first[name], row);
  }
}

function growing({ n, conversation, node }: Rows): Uint8Array {
  const grows = new Uint8Array(conversation.count);
  const only = new Int32Array(conversation.count).fill(-2);
  for (let row = 0; row < n; row++) {
    const name = conversation.at(row);
    if (name < 0) continue;
    if (only[name] === -2) only[name] = node.at(row);
    else if (only[name] !== node.at(row)) grows[name] = 1;
  }
  return grows;
}
