import { createHash } from 'node:crypto';
import { fieldAt } from '../path.js';
import { textKey } from '../text-key.js';
import type { Logged } from '../token-list.js';
import { ConversationTree } from './conversation-tree.js';
import { Ints } from './ints.js';
import { KeyTable } from './key-table.js';
import { Names } from './names.js';
import { nearKey } from './near-key.js';
import { Tells, tells } from './tells.js';
import { type Conversation, conversationOf, type Turn } from './turns.js';

/** How many system texts are kept. */
const SYSTEMS = 100;
/** How many texts are kept as examples for notes, and how many characters of each. */
const SAID = 100;
const SAID_LENGTH = 60;

/** What grouping needs to know about every answer, as numbers: hashes of texts instead of texts. −1 means missing. */
export class Rows {
  n = 0;
  readonly tree = new ConversationTree();
  /** The name from `--group-by` or `group`. If there is one, nothing else is used. */
  readonly named = new Names();
  readonly conversation = new Names();
  readonly session = new Names();
  /** 1 if the name came from `--group-by`. */
  readonly byField = new Ints();
  /** The conversation before the answer, and including it, as nodes of the tree. */
  readonly node = new Ints();
  readonly replied = new Ints();
  /**
   * The system text; the same without its numbers (dates, ids); and the context, if the turns do not say what is asked.
   */
  readonly system = new Ints();
  readonly template = new Ints();
  readonly context = new Ints();
  /**
   * What is asked, ignoring politeness, case and punctuation, if the turns say it; `question` includes the other texts
   * of the record.
   */
  readonly near = new Ints();
  readonly question = new Ints();
  /** Ids of answers that nothing can be grouped by. */
  readonly ids = new Map<number, string>();
  /** The last turn of some nodes that do not say what is asked. */
  readonly said = new Map<number, string>();
  readonly #texts = new KeyTable();
  /** The first system texts, hashed once; most logs have only a few. */
  readonly #systems = new Map<string, { exact: number; template: number }>();

  constructor(
    readonly groupBy?: string,
    /** Whether groups by `--group-by` are merged too if they ask nearly the same. */
    readonly mergeNear = false,
  ) {}

  add(record: Logged): number {
    const row = this.n++;
    const field = this.groupBy === undefined ? null : textOf(fieldAt(record, this.groupBy));
    const name = field ?? textOf(record.group);
    this.byField.push(field === null ? 0 : 1);
    this.named.push(name);
    const { conversation, session } = record;
    this.conversation.push(name === null ? textOf(conversation) : null);
    this.session.push(name === null ? textOf(session) : null);
    const said = conversationOf(record);
    if (name === null) this.#addTurns(row, record, said);
    else for (const column of [this.node, this.replied, this.system, this.template, this.context]) column.push(-1);
    this.#addQuestion(said, besides(record, said.system), name !== null);
    return row;
  }

  /** The first digits of a text's hash. */
  hex(text: number): string {
    return this.#texts.hex(text).slice(0, 8);
  }

  /** A hash of what a row asks, including the other texts of the record: 64 bits in hex; null if unknown. */
  questionOf(row: number): string | null {
    const question = this.question.at(row);
    return question < 0 ? null : this.#texts.hex(question);
  }

  /** How many different texts there are. */
  get texts(): number {
    return this.#texts.size;
  }

  #addTurns(row: number, record: Logged, { turns, system }: Conversation): void {
    const { tree } = this;
    const node = tree.add(turns);
    const asks = node >= 0 && tree.asks(node);
    this.node.push(node);
    this.replied.push(node < 0 || record.answer == null ? -1 : tree.addReply(node, record.answer));
    const { exact, template } = this.#systemText(system);
    this.system.push(exact);
    this.template.push(template);
    this.context.push(node < 0 || asks ? -1 : this.#text(record.context?.join('\n') ?? ''));
    if (node < 0 && this.conversation.at(row) < 0) this.ids.set(row, record.id);
    if (node >= 0 && !asks && this.said.size < SAID && !this.said.has(node))
      this.said.set(node, (turns.at(-1)?.text ?? '').slice(0, SAID_LENGTH));
  }

  #systemText(text: string): { exact: number; template: number } {
    let known = this.#systems.get(text);
    if (known === undefined) {
      known = { exact: this.#text(text), template: this.#text(templateOf(text)) };
      if (this.#systems.size < SYSTEMS) this.#systems.set(text, known);
    }
    return known;
  }

  /**
   * Answers that the user named a group for have the same question only if the other texts of the record are equal too.
   */
  #addQuestion(said: Conversation, beside: string, isNamed: boolean): void {
    const asked = questionKey(said);
    const question = asked === null ? -1 : this.#key(beside === '' ? asked : `${asked}\u0000${beside}`);
    this.near.push(isNamed || asked === null || beside === '' ? question : this.#key(asked));
    this.question.push(question);
  }

  /** The number of a text from which no group name is made. */
  #key(text: string): number {
    const key = textKey(text);
    return this.#texts.add(key[0], key[1], key[2], key[3]);
  }

  /** The number of a text from which a group name may be made; −1 if it is empty. */
  #text(text: string): number {
    if (text === '') return -1;
    const hash = createHash('sha256').update(text).digest();
    return this.#texts.add(hash.readInt32BE(0), hash.readInt32BE(4), hash.readInt32BE(8), hash.readInt32BE(12));
  }
}

/**
 * What a conversation asks, as a text that is equal for questions that differ only in greetings, politeness, case and
 * punctuation; null if its turns do not say what is asked.
 */
function questionKey({ turns }: Conversation): string | null {
  if (!turns.some((turn) => turn.role === 'user' && isQuestion(turn))) return null;
  const [{ role, text, media }] = turns;
  // most conversations have one turn: its key needs no JSON
  if (turns.length === 1 && role === 'user' && media.length === 0) return `:${nearKey(text)}`;
  return JSON.stringify(turns.map(({ role, text, media }) => [role, nearKey(text), media]));
}

/** A turn with a subject and this many words is so specific that only a copy repeats it. */
const WORDS = 8;

function isQuestion(turn: Turn): boolean {
  const told = tells(turn);
  return told === Tells.QUESTION || (told === Tells.SUBJECT && turn.text.trim().split(/\s+/).length >= WORDS);
}

/** The record's texts other than the turns, as one text; '' if there are none. */
function besides({ context, facts }: Logged, system: string): string {
  if (system === '' && context == null && facts == null) return '';
  const texts = [templateOf(system), ...(context ?? []), '', ...(facts ?? [])];
  return texts.some((text) => text !== '') ? texts.join('\u0000') : '';
}

/** A text without its numbers (dates, ids). */
function templateOf(text: string): string {
  return text.replaceAll(/\p{N}+/gu, '0');
}

/** A value as a name; null if there is none. */
function textOf(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
