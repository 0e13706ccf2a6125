import { sha256 } from '../../support/digest.js';

/** The hash before the first row of a chain. */
export const GENESIS = '0'.repeat(64);

/** The hash of a row: SHA-256 of the previous row's hash, the row's table and number, and its lasting columns. */
export function linkOf(previous: string, table: string, seq: number, values: readonly unknown[]): string {
  return sha256(JSON.stringify([previous, table, seq, ...values]));
}

/**
 * The hash of private columns. The salt goes first, so that the hash tells nothing about them once both are deleted:
 * without it, a short text could be found by trying.
 */
export function sealOf(salt: string, values: readonly unknown[]): string {
  const plain = values.map((value) => (isBytes(value) ? sha256(value) : value));
  return sha256(JSON.stringify([salt, ...plain]));
}

function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value);
}
