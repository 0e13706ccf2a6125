/** Number of code units after the end that may be read. They are 0, which is not part of a word. */
const BEYOND = 4;
let codes = new Uint16Array(0);
let bytes: Buffer | null = null;

/**
 * The UTF-16 code units of a text, followed by zeros, in an array that the next call reuses. One copy is faster than
 * many calls of charCodeAt, which must check each time how the engine stores the string. Cost: a quarter of a
 * nanosecond per code unit.
 */
export function codesOf(text: string): Uint16Array {
  const { length } = text;
  if (codes.length < length + BEYOND) {
    codes = new Uint16Array(Math.max(1024, 2 * length + BEYOND));
    bytes = typeof Buffer === 'undefined' ? null : Buffer.from(codes.buffer);
  }
  if (bytes !== null) bytes.write(text, 0, 'utf16le');
  else for (let i = 0; i < length; i++) codes[i] = text.charCodeAt(i);
  for (let i = length; i < length + BEYOND; i++) codes[i] = 0;
  return codes;
}
