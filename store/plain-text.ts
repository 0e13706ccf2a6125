import { sha256 } from '../support/digest.js';

/** The longest id that is kept as it is: PostgreSQL cannot index texts of more than 2.7 kB. */
const LONGEST = 512;

/** A text as every database returns it: without NUL (PostgreSQL refuses it) and without halves of surrogate pairs. */
export function plainText(text: string): string {
  if (!/[\0\p{Surrogate}]/u.test(text)) return text;
  return Buffer.from(text.replaceAll('\0', '\uFFFD')).toString();
}

/** An id that can be indexed; long ones are replaced by their SHA-256. */
export function plainId(id: string): string {
  const plain = plainText(id);
  return plain.length <= LONGEST ? plain : `sha256:${sha256(plain)}`;
}
