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

/** System texts kept. */
const SYSTEMS = 100;
/** Texts kept to name in a note, and how much of each. */
const SAID = 100;
const SAID_LENGTH = 60;

/** What grouping must know of every answer, as numbers: hashes of texts, not the texts. −1: not there. */
export class Rows {
  n = 0;
  readonly tree = new ConversationTree();
  /** What `--group-by` or `group` says; nothing else is looked at where they say something. */
  readonly named = new Names();
  readonly conversation = new Names();
  readonly session = new Names();
  /** 1 where the name came from `--group-by`. */
  readonly byField = new Ints();
  /** The conversation before the answer and with it, as nodes of the tree. */
  readonly node = new Ints();
  readonly replied = new Ints();
  /** The system text, and the same with its numbers (dates, ids) left out; the context, where the turns do not tell what is asked. */
  readonly system = new Ints();
  readonly template = new Ints();
  readonly context = new Ints();
  /** What is asked but for politeness, case and punctuation, where the turns tell it; `question` with the texts beside it. */
  readonly near = new Ints();
  readonly question = new Ints();
  /** Ids of answers that tell nothing. */
  readonly ids = new Map<number, string>();
  /** The last turn of some nodes that do not tell what is asked. */
  readonly said = new Map<number, string>();
  readonly #texts = new KeyTable();
  /** The first system texts, of which most logs have few: hashed once. */
  readonly #systems = new Map<string, { exact: number; template: number }>();

  constructor(
    readonly groupBy?: string,
    /** Whether groups by `--group-by` are merged too where they ask nearly the same. */
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

  /** The first letters of a hash of a text. */
  hex(text: number): string {
    return this.#texts.hex(text).slice(0, 8);
  }

  /** A hash of what a row asks, with the texts beside it: 64 bits in hex; null where that is not known. */
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

  /** Answers that have a name by the user are to one question only where the texts beside it are the same too. */
  #addQuestion(said: Conversation, beside: string, isNamed: boolean): void {
    const asked = questionKey(said);
    const question = asked === null ? -1 : this.#key(beside === '' ? asked : `${asked}\u0000${beside}`);
    this.near.push(isNamed || asked === null || beside === '' ? question : this.#key(asked));
    this.question.push(question);
  }

  /** The number of a text that no name is made of. */
  #key(text: string): number {
    const key = textKey(text);
    return this.#texts.add(key[0], key[1], key[2], key[3]);
  }

  /** The number of a text of which a name may be made; −1 where it is empty. */
  #text(text: string): number {
    if (text === '') return -1;
    const hash = createHash('sha256').update(text).digest();
    return this.#texts.add(hash.readInt32BE(0), hash.readInt32BE(4), hash.readInt32BE(8), hash.readInt32BE(12));
  }
}

/**
 * What a conversation asks, as a text that is equal for questions which differ in greetings, politeness, case and punctuation alone; null
 * where its turns do not tell what is asked.
 */
function questionKey({ turns }: Conversation): string | null {
  if (!turns.some((turn) => turn.role === 'user' && isQuestion(turn))) return null;
  const [{ role, text, media }] = turns;
  // most have one turn: its key needs no quotes
  if (turns.length === 1 && role === 'user' && media.length === 0) return `:${nearKey(text)}`;
  return JSON.stringify(turns.map(({ role, text, media }) => [role, nearKey(text), media]));
}

/** A turn that names its subject in so many words is long enough to be met again only where it is copied. */
const WORDS = 8;

function isQuestion(turn: Turn): boolean {
  const told = tells(turn);
  return told === Tells.QUESTION || (told === Tells.SUBJECT && turn.text.trim().split(/\s+/).length >= WORDS);
}

/** What stands beside the turns, as one text: '' where nothing does. */
function besides({ context, facts }: Logged, system: string): string {
  if (system === '' && context == null && facts == null) return '';
  const texts = [templateOf(system), ...(context ?? []), '', ...(facts ?? [])];
  return texts.some((text) => text !== '') ? texts.join('\u0000') : '';
}

/** A text with its numbers (dates, ids) left out. */
function templateOf(text: string): string {
  return text.replaceAll(/\p{N}+/gu, '0');
}

/** A value as a name; null where there is none. */
function textOf(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
