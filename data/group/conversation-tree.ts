import { createHash } from 'node:crypto';
import { Ints } from './ints.js';
import { isQuestion } from './is-question.js';
import { KeyTable } from './key-table.js';
import type { Turn } from './turns.js';

/**
 * All conversations as one tree of their turns: a node is a conversation up to a turn, its parent the same without that turn. Turns are
 * kept as hashes of their texts and media, some 50 bytes a node.
 */
export class ConversationTree {
  readonly #keys = new KeyTable();
  readonly #parent = new Ints();
  /** Bits, see below. */
  readonly #kind = new Ints();
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
    return (this.#kind.at(node) & REPLY) !== 0;
  }

  /** Whether any of the user's turns up to here tells what is asked. */
  asks(node: number): boolean {
    return (this.#kind.at(node) & ASKS) !== 0;
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
    const asked = parent < 0 ? 0 : this.#kind.at(parent) & ASKS;
    const asks = asked > 0 || (turn.role === 'user' && isQuestion(turn));
    this.#parent.push(parent);
    this.#kind.push((turn.role === 'assistant' ? REPLY : 0) | (asks ? ASKS : 0));
    this.#next.push(0);
    this.#afterNext.push(0);
    if (parent < 0) return node;
    this.#next.raise(parent);
    const before = this.#parent.at(parent);
    if (before >= 0) this.#afterNext.raise(before);
    return node;
  }
}

const REPLY = 1;
const ASKS = 2;

/** A single turn of the user has the hash of its text alone: the name of its group is the same in every version. */
function hashOf(before: Buffer | null, { role, text, media }: Turn): Buffer {
  const hash = createHash('sha256');
  if (before === null && role === 'user' && media.length === 0) return hash.update(text).digest();
  if (before !== null) hash.update(before);
  hash.update(JSON.stringify([role, text.length, media]));
  return hash.update(text).digest();
}
