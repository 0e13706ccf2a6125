import type { VouchError } from '../../../support/errors.js';
import type { Fields } from '../table/fields.js';

/**
 * What one part of a log row is: the canonical fields of an answer, still to be checked; a part that cannot be read, with
 * its value and the reason; or a part that is no answer at all (a span that is no model call), with the reason to count it under.
 */
export type Part = { record: Fields } | { failed: VouchError; value: unknown } | { passed: string };

/** Requests of a batch by their custom_id, from the batch's input file. */
export type Requests = ReadonlyMap<string, Fields>;

/** What a format may look up while it reads a row. */
export interface Context {
  requests: Requests;
  /** Name of the file, for formats that say in it what they hold; absent for what comes over HTTP. */
  file?: string;
  /** Told of each row what it was taken for, and why. */
  detected?(format: string, why: string): void;
}

/** One format that logs are stored in: a value, in one list (`list.ts`). It is detected from the content of each row. */
export interface LogFormat {
  /** As `--format` takes it: `openai-chat`. */
  name: string;
  /** As people call it: `OpenAI Chat Completions`. */
  title: string;
  /** The definition it follows: address, and version or date looked up. */
  source: string;
  /** Why a row is in this format, in few words (`choices[].message`); null where it is not. Looks at a few keys only. */
  detect(row: Fields): string | null;
  /** Whether rows that hold an `answer` may be in this format too; others are canonical records then. */
  besideAnswer?: boolean;
  /**
   * The parts of one row, in order: a row may hold none, one or many answers. Errors: BAD_RECORD without file and line (the
   * caller adds them) where the row as a whole cannot be read.
   */
  read(row: Fields, context: Context): Part[];
  /** Where an answer lies over several rows (stream chunks): the key of the answer that a row is a piece of, else null. */
  pieceOf?(row: Fields): string | null;
  /** Whether a piece is the last one of its answer. */
  isLast?(row: Fields): boolean;
  /** The pieces of one answer, in order, as one row that `read` takes. */
  join?(pieces: Fields[]): Fields;
  /** For the documentation: field of the record, and where it comes from. */
  mapping: readonly (readonly [field: string, from: string])[];
  /** For the documentation: up to five lines as they are stored. */
  example: string;
}
