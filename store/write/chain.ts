import { randomBytes } from 'node:crypto';
import { compiledOnce } from '../compiled.js';
import type { Open } from '../schema.js';

/** The end of the chain inside a transaction. Until the transaction ends, nobody else can add a row. */
export interface Chain {
  seq: number;
  hash: string;
  /** The last row that is counted; see `rollup/`. */
  rolled: number;
  /** The last row of which the purchases of policies are counted. */
  bought: number;
}

/** Locks the end of the chain. This must be the first statement of a transaction. */
export async function lockChain(db: Open): Promise<Chain> {
  const [chain] = await locked(db, {});
  return chain;
}

const locked = compiledOnce((db) =>
  db
    .updateTable('vouch_head')
    .set((eb) => ({ seq: eb.ref('seq') }))
    .where('one', '=', 1)
    .returning(['seq', 'hash', 'rolled', 'bought']),
);

/** Writes where the chain now ends. */
export async function saveChain(db: Open, { seq, hash, rolled, bought }: Chain): Promise<void> {
  await saved(db, { seq, hash, rolled, bought });
}

const saved = compiledOnce((db, { seq, hash, rolled, bought }: Pick<Chain, 'seq' | 'hash' | 'rolled' | 'bought'>) =>
  db.updateTable('vouch_head').set({ seq, hash, rolled, bought }).where('one', '=', 1),
);

/** Bytes of a salt; random bytes are asked for in blocks of many, because each call costs more than the bytes. */
const SALT = 16;
const BLOCK = 256 * SALT;
let block = Buffer.alloc(0);

/** Random bytes for the private columns of one row. */
export function newSalt(): string {
  if (block.length === 0) block = randomBytes(BLOCK);
  const salt = block.toString('hex', 0, SALT);
  block = block.subarray(SALT);
  return salt;
}
