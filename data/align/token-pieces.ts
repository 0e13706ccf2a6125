/** A token of a log. */
export interface LoggedToken {
  token: string;
  /** Its UTF-8 bytes; null or an empty list if the server sent none. */
  bytes?: unknown;
}

/**
 * One way to read what a token stands for. Pieces are strings with one character per byte, so that a character that is
 * split over several tokens can be put together.
 */
export interface Reading {
  /** Whether any of the tokens suggests this reading. */
  fits(tokens: readonly LoggedToken[]): boolean;
  piece(token: LoggedToken): string;
  /** The text of a token or an alternative, if it differs from the logged text. */
  text?(token: string): string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is meant
const ASCII = /^[\x00-\x7f]*$/;

/** The UTF-8 bytes of a text, one character per byte. */
export function bytesOf(text: string): string {
  return ASCII.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** The text of bytes; U+FFFD where they are not whole characters. */
export function textOf(bytes: string): string {
  return ASCII.test(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Whether a token was logged with its bytes. */
export function hasBytes({ bytes }: LoggedToken): boolean {
  return Array.isArray(bytes) && bytes.length > 0;
}

function listed({ bytes }: LoggedToken): string {
  let piece = '';
  for (const byte of bytes as unknown[]) piece += String.fromCharCode(Number(byte) & 255);
  return piece;
}

/** `bytes` where a token has them, else its text. */
const byBytes: Reading = {
  fits: (tokens) => tokens.some(hasBytes),
  piece: (token) => (hasBytes(token) ? listed(token) : bytesOf(token.token)),
};

/** `bytes` alone. If other tokens have bytes, a token without any is a special token. */
const byBytesAlone: Reading = {
  fits: (tokens) => tokens.some(hasBytes) && !tokens.every(hasBytes),
  piece: (token) => (hasBytes(token) ? listed(token) : ''),
};

/** The token's text as it is. */
export const byText: Reading = { fits: () => true, piece: ({ token }) => bytesOf(token) };

const ESCAPE = /\\x([0-9a-f]{2})|<0x([0-9a-f]{2})>/gi;

/**
 * Decodes bytes that are written out because they are not whole characters: `\xe2\x80` and `bytes:\xe2` (OpenAI),
 * `<0xE2>` (SentencePiece).
 */
function unescaped(text: string): string {
  const bare = text.startsWith('bytes:') ? text.slice(6) : text;
  return bytesOf(bare).replace(ESCAPE, (_, a?: string, b?: string) =>
    String.fromCharCode(Number.parseInt(a ?? b ?? '', 16)),
  );
}

const byEscapes: Reading = {
  fits: (tokens) => tokens.some(({ token }) => token.includes('\\x') || token.includes('<0x')),
  piece: ({ token }) => unescaped(token),
};

/** SentencePiece's own spelling: ▁ means a space. */
const bySentencePiece: Reading = {
  fits: (tokens) => tokens.some(({ token }) => token.includes('▁')),
  piece: ({ token }) => unescaped(token.replaceAll('▁', ' ')),
  text: (token) => token.replaceAll('▁', ' '),
};

/**
 * Byte-level BPE writes each byte as a printable character; bytes that are not printable become characters from U+0100
 * on. Source: bytes_to_unicode of GPT-2.
 */
const BYTE_OF = new Map<string, string>();
for (let byte = 0, next = 256; byte < 256; byte++) {
  const printable = (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
  BYTE_OF.set(String.fromCharCode(printable ? byte : next++), String.fromCharCode(byte));
}

function unlevelled(text: string): string {
  let bytes = '';
  for (const character of text) bytes += BYTE_OF.get(character) ?? bytesOf(character);
  return bytes;
}

const byByteLevel: Reading = {
  fits: (tokens) => tokens.some(({ token }) => /[\u00a1-\u0143]/.test(token)),
  piece: ({ token }) => unlevelled(token),
  text: (token) => textOf(unlevelled(token)),
};

/** All readings in the order in which they are tried: special spellings before the plain text. */
export const readings: readonly Reading[] = [byBytes, bySentencePiece, byByteLevel, byText, byBytesAlone, byEscapes];
