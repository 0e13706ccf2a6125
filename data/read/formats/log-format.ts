import type { VouchError } from '../../../support/errors.js';
import type { Fields } from '../table/fields.js';

/**
 * One part of a log row. It is either the canonical fields of an answer, still to be checked; or a part that cannot be
 * read, with its value and the reason; or a part that is not an answer (for example a span that is not a model call),
 * with the reason under which it is counted.
 */
export type Part = { record: Fields } | { failed: VouchError; value: unknown } | { passed: string };

/** Requests of a batch by their custom_id, from the batch's input file. */
export type Requests = ReadonlyMap<string, Fields>;

/** What a format may look up while it reads a row. */
export interface Context {
  requests: Requests;
  /** Name of the file, for formats that state there what the file contains. Absent for requests over HTTP. */
  file?: string;
  /** The readers of plug-ins. */
  readers?: readonly LogFormat[];
  /** Called for each row with its detected format, and why. */
  detected?(format: string, why: string): void;
}

/**
 * A format in which logs are stored: one plain object per format, all in one list (`list.ts`). It is detected from the
 * content of each row.
 */
export interface LogFormat {
  /** The name for `--format`: `openai-chat`. */
  name: string;
  /** The name that people use: `OpenAI Chat Completions`. */
  title: string;
  /** The definition that it follows: address, and version or date of access. */
  source: string;
  /** Why a row is in this format, in a few words (`choices[].message`); null if it is not. Reads only a few keys. */
  detect(row: Fields): string | null;
  /** Whether a row that has an `answer` can be in this format. If not, such rows are canonical records. */
  besideAnswer?: boolean;
  /**
   * The parts of one row, in order. A row may contain none, one or many answers. Errors: BAD_RECORD without file and
   * line (the caller adds them) if the row as a whole cannot be read.
   */
  read(row: Fields, context: Context): Part[];
  /**
   * For answers that are stored over several rows (stream chunks): the key of the answer to which a row belongs, else
   * null.
   */
  pieceOf?(row: Fields): string | null;
  /** Whether a piece is the last one of its answer. */
  isLast?(row: Fields): boolean;
  /** Joins the pieces of one answer, in order, into one row that `read` accepts. */
  join?(pieces: Fields[]): Fields;
  /** For the documentation: each field of the record, and where it comes from. */
  mapping: readonly (readonly [field: string, from: string])[];
  /** For the documentation: up to five lines as they are stored. */
  example: string;
}
