import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { inError } from '../../support/atomic.js';
import { VouchError } from '../../support/errors.js';

/** The files of a text model: the graph, the tokenizer, and what the user says about them. */
export interface ModelFiles<S> {
  dir: string;
  graph: Uint8Array;
  /** The content of tokenizer.json. */
  tokenizer: object;
  settings: S;
  /** SHA-256 of the three files, in hex: it identifies the model. */
  sha256: string;
}

/**
 * Reads `DIR/model.onnx`, `DIR/tokenizer.json` and `DIR/SETTINGS`, which `schema` checks. Errors: FILE_MISSING,
 * FILE_UNREADABLE; ENCODER_BAD for a file that is not JSON, or for a setting that is missing, unknown or wrong.
 */
export async function readModelFiles<S>(
  dir: string,
  { settings: name, schema }: { settings: string; schema: z.ZodType<S> },
): Promise<ModelFiles<S>> {
  const [graph, tokenizer, settings] = await Promise.all(
    ['model.onnx', 'tokenizer.json', name].map((file) =>
      readFile(join(dir, file)).catch((error: unknown) => {
        throw inError(join(dir, file), error);
      }),
    ),
  );
  return {
    dir,
    graph,
    tokenizer: jsonObject(tokenizer, join(dir, 'tokenizer.json')),
    settings: checked(jsonObject(settings, join(dir, name)), schema, join(dir, name)),
    sha256: hashOf([graph, tokenizer, settings]),
  };
}

/** SHA-256 over the hashes of the files, in order. */
function hashOf(files: readonly Uint8Array[]): string {
  const all = createHash('sha256');
  for (const file of files) all.update(createHash('sha256').update(file).digest());
  return all.digest('hex');
}

function jsonObject(bytes: Buffer, file: string): object {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new VouchError('ENCODER_BAD', 'this file is not JSON', { file, cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new VouchError('ENCODER_BAD', 'this file does not hold an object', { file, got: value });
}

function checked<S>(value: object, schema: z.ZodType<S>, file: string): S {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0];
  const got = path.reduce<unknown>((part, key) => (part as Record<PropertyKey, unknown> | undefined)?.[key], value);
  const field = path.map(String).join('.');
  throw new VouchError('ENCODER_BAD', 'a setting is missing or wrong', { file, field, expected: message, got });
}
