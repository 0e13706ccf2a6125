import { createHash } from 'node:crypto';
import { Ints } from './ints.js';
import { KeyTable } from './key-table.js';
import { Tells, tells } from './tells.js';
import type { Turn } from './turns.js';

/**
 * All conversations as one tree of their turns. A node is a conversation up to one turn; its parent is the same
 * conversation without that turn. Turns are stored as hashes of their texts and media, about 50 bytes per node.
 */
export class ConversationTree {
  readonly #keys = new KeyTable();
  readonly #parent = new Ints();
  /** The most specific `Tells` of any user turn up to here. */
  readonly #tells = new Ints();
  /** 1 for a turn of the model. */
  readonly #isReply = new Ints();
  /** How many different turns follow a node, and how many follow those. */
  readonly #next = new Ints();
  readonly #afterNext = new Ints();
  /** The hash of the node added last. */
  #hash: Buffer | null = null;

  /** Adds a conversation and returns its node. */
  add(turns: readonly Turn[]): number {
    this.#hash = null;
    let node = -1;
    for (const turn of turns) node = this.#follow(node, turn);
    return node;
  }

  /** Adds a reply to the conversation added last and returns its node. */
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

  /** Whether any user turn up to here says what is asked. */
  asks(node: number): boolean {
    return this.#tells.at(node) === Tells.QUESTION;
  }

  /** Whether any user turn up to here at least names its subject. */
  hasSubject(node: number): boolean {
    return this.#tells.at(node) >= Tells.SUBJECT;
  }

  /**
   * In how many ways conversations continue from here. After a reply it counts the turns that follow; before a reply,
   * the turns that follow the replies.
   */
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
    const before = parent < 0 ? Tells.NOTHING : this.#tells.at(parent);
    this.#parent.push(parent);
    this.#tells.push(turn.role === 'user' && before < Tells.QUESTION ? Math.max(before, tells(turn)) : before);
    this.#isReply.push(turn.role === 'assistant' ? 1 : 0);
    this.#next.push(0);
    this.#afterNext.push(0);
    if (parent < 0) return node;
    this.#next.raise(parent);
    const grandparent = this.#parent.at(parent);
    if (grandparent >= 0) this.#afterNext.raise(grandparent);
    return node;
  }
}

/** A single user turn has the hash of its text alone, so that its group has the same name in every version of vouch. */
function hashOf(before: Buffer | null, { role, text, media }: Turn): Buffer {
  const hash = createHash('sha256');
  if (before === null && role === 'user' && media.length === 0) return hash.update(text).digest();
  if (before !== null) hash.update(before);
  hash.update(JSON.stringify([role, text.length, media]));
  return hash.update(text).digest();
}
