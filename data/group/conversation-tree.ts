import { createHash } from 'node:crypto';
import { Ints } from './ints.js';
import { KeyTable } from './key-table.js';
import { Tells, tells } from './tells.js';
import type { Turn } from './turns.js';

/**
 * All conversations as one tree of their turns: a node is a conversation up to a turn, its parent the same without that turn. Turns are
 * kept as hashes of their texts and media, some 50 bytes a node.
 */
export class ConversationTree {
  readonly #keys = new KeyTable();
  readonly #parent = new Ints();
  /** The most that a turn of the user tells up to here. */
  readonly #tells = new Ints();
  /** 1 for what the model said. */
  readonly #isReply = new Ints();
  /** Different turns that follow a node, and turns that follow those. */
  readonly #next = new Ints();
  readonly #afterNext = new Ints();
  /** The hash at which the last node stands. */
  #hash: Buffer | null = null;

  /** The node of a conversation. */
  add(turns: readonly Turn[]): number {
    this.#hash = null;
    let node = -1;
    for (const turn of turns) node = this.#follow(node, turn);
    return node;
  }

  /** The node of the conversation added last with a reply. */
  addReply(node: number, reply: string): number {
    return this.#follow(node, { role: 'assistant', text: reply.trim(), media: [] });
  }

  get size(): number {
    return this.#keys.size;
  }

  parent(node: number): number {
    return this.#parent.at(node);
  }

  isReply(node: number): boolean {
    return this.#isReply.at(node) === 1;
  }

  /** Whether any of the user's turns up to here tells what is asked. */
  asks(node: number): boolean {
    return this.#tells.at(node) === Tells.QUESTION;
  }

  /** Whether any names its subject at least. */
  hasSubject(node: number): boolean {
    return this.#tells.at(node) >= Tells.SUBJECT;
  }

  /** In how many ways conversations go on from here: after a reply the turns that follow, before it those behind the replies. */
  continuations(node: number): number {
    return (this.isReply(node) ? this.#next : this.#afterNext).at(node);
  }

  hex(node: number): string {
    return this.#keys.hex(node);
  }

  #follow(parent: number, turn: Turn): number {
    this.#hash = hashOf(this.#hash, turn);
    const keys = this.#keys;
    const hash = this.#hash;
    const known = keys.size;
    const node = keys.add(hash.readInt32BE(0), hash.readInt32BE(4), hash.readInt32BE(8), hash.readInt32BE(12));
    if (node < known) return node;
    const told = parent < 0 ? Tells.NOTHING : this.#tells.at(parent);
    this.#parent.push(parent);
    this.#tells.push(turn.role === 'user' && told < Tells.QUESTION ? Math.max(told, tells(turn)) : told);
    this.#isReply.push(turn.role === 'assistant' ? 1 : 0);
    this.#next.push(0);
    this.#afterNext.push(0);
    if (parent < 0) return node;
    this.#next.raise(parent);
    const before = this.#parent.at(parent);
    if (before >= 0) this.#afterNext.raise(before);
    return node;
  }
}

/** A single turn of the user has the hash of its text alone: the name of its group is the same in every version. */
function hashOf(before: Buffer | null, { role, text, media }: Turn): Buffer {
  const hash = createHash('sha256');
  if (before === null && role === 'user' && media.length === 0) return hash.update(text).digest();
  if (before !== null) hash.update(before);
  hash.update(JSON.stringify([role, text.length, media]));
  return hash.update(text).digest();
}
