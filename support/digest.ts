import { createHash, hash as hashOf } from 'node:crypto';

/** SHA-256 of a text or of bytes, in hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return hashOf('sha256', content);
}

/**
 * SHA-256 of plain data, in hexadecimal: equal for equal contents, also after `v8.serialize` and back. Typed arrays are
 * hashed by their bytes. The order of an object's keys matters; keys with the value `undefined` do not. Cost: one pass
 * over the data.
 */
export function digestOf(value: unknown): string {
  const text = JSON.stringify(value, (_, part: unknown) => {
    if (ArrayBuffer.isView(part)) return `${part.constructor.name} ${bytesDigest(part)}`;
    if (typeof part === 'number' && !Number.isFinite(part)) return String(part);
    return part;
  });
  return sha256(text);
}

/** Memory that threads share is copied block by block, because node:crypto does not accept it. */
const BLOCK = 1 << 20;

function bytesDigest({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  const hash = createHash('sha256');
  for (let at = 0; at < byteLength; at += BLOCK) hash.update(bytes.slice(at, at + BLOCK));
  return hash.digest('hex');
}
