import { createHash } from 'node:crypto';
import { z } from 'zod';
import { VouchError } from '../../support/errors.js';

/** The file of a bundle with fingerprints of its training questions. */
export const SEEN_FILE = 'questions.json';

/** Share of new questions that match by chance. So a match proves nothing about a single question. */
const FALSE_MATCHES = 0.01;

const seenSchema = z.looseObject({
  salt: z.string(),
  /** Number of bits of a fingerprint, and number of fingerprints: sorted, packed, in base64. */
  bits: z.number().int().min(1).max(48),
  count: z.number().int().min(0),
  packed: z.string(),
});

/** Salted, truncated fingerprints of questions. */
export type SeenQuestions = z.infer<typeof seenSchema>;

/** Fingerprints of questions, given by their hashes. `data`, the fingerprint of the answers, is the salt. */
export function seenQuestions(questions: readonly (string | null)[], data: string): SeenQuestions {
  const salt = createHash('sha256').update(`questions ${data}`).digest('hex').slice(0, 16);
  const distinct = new Set(questions.filter((question) => question !== null));
  const bits = Math.max(8, Math.ceil(Math.log2(Math.max(1, distinct.size) / FALSE_MATCHES)));
  const values = [...new Set([...distinct].map((question) => fingerprint(question, salt, bits)))].sort((a, b) => a - b);
  return { salt, bits, count: values.length, packed: packed(values, bits) };
}

/**
 * Whether a question, given by its hash, was seen. Always true if it was; true by chance for about 1 in 100 if it was
 * not.
 */
export function seenTest(seen: readonly SeenQuestions[]): (question: string) => boolean {
  const sets = seen.map(({ salt, bits, count, packed }) => ({ salt, bits, values: unpacked(packed, bits, count) }));
  return (question) => sets.some(({ salt, bits, values }) => values.has(fingerprint(question, salt, bits)));
}

/** The file as name and content; no entry if nothing is to be stored. */
export function seenFile(seen: readonly SeenQuestions[]): Record<string, string> {
  return seen.length === 0 ? {} : { [SEEN_FILE]: `${JSON.stringify({ seen })}\n` };
}

/** The content of such a file; empty if there is none. Error: BUNDLE_BAD. */
export function seenIn(content: Uint8Array | undefined, file: string = SEEN_FILE): SeenQuestions[] {
  if (content === undefined) return [];
  try {
    return z.object({ seen: z.array(seenSchema) }).parse(JSON.parse(Buffer.from(content).toString('utf8'))).seen;
  } catch (error) {
    throw new VouchError('BUNDLE_BAD', 'the fingerprints of questions cannot be read', { file, cause: error });
  }
}

/** The first bits of a salted hash. */
function fingerprint(question: string, salt: string, bits: number): number {
  const whole = createHash('sha256').update(`${salt} ${question}`).digest().readUIntBE(0, 6);
  return Math.floor(whole / 2 ** (48 - bits));
}

function packed(values: readonly number[], bits: number): string {
  const bytes = new Uint8Array(Math.ceil((values.length * bits) / 8));
  values.forEach((value, i) => {
    for (let b = 0; b < bits; b++) {
      const at = i * bits + b;
      if (Math.floor(value / 2 ** (bits - 1 - b)) % 2 === 1) bytes[at >> 3] |= 128 >> (at & 7);
    }
  });
  return Buffer.from(bytes).toString('base64');
}

function unpacked(text: string, bits: number, count: number): Set<number> {
  const bytes = Buffer.from(text, 'base64');
  const values = new Set<number>();
  for (let i = 0; i < count; i++) {
    let value = 0;
    for (let at = i * bits; at < (i + 1) * bits; at++) value = 2 * value + ((bytes[at >> 3] >> (7 - (at & 7))) & 1);
    values.add(value);
  }
  return values;
}
