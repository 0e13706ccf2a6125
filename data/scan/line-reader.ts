import type { VouchError } from '../../support/errors.js';
import { checkedRow } from '../read/checked-row.js';
import { isCanonical, type JsonPlan, jsonConverter } from '../read/json-plan.js';
import { jsonRow } from '../read/json-rows.js';
import { type ByteLine, lineOf } from '../read/lines.js';
import type { Requests } from '../read/openai.js';
import type { BadLine, Before } from '../read/row.js';
import type { Answer } from '../token-list.js';
import { scannedAnswer } from './scanned-answer.js';
import type { Scanner } from './scanner.js';

/**
 * Reads lines of one file into checked answers. Canonical lines go through the scanner; any that it will not take, or whose rest
 * is wrong, is parsed and checked whole, so that what is wrong is said as ever.
 */
export class LineReader {
  readonly #convert: (row: ReturnType<typeof jsonRow>) => unknown;
  readonly #scanner: Scanner | null;

  constructor(
    scanner: Scanner,
    plan: JsonPlan,
    requests: Requests,
    readonly file: string,
    readonly before?: Before,
  ) {
    this.#scanner = isCanonical(plan) ? scanner : null;
    this.#convert = jsonConverter(plan, requests, file);
  }

  /** The answer on a line. Errors: those of the format and of `checkRecord`. */
  read(line: ByteLine): Answer {
    return this.#scanned(line) ?? this.#plain(line);
  }

  /** A line that could not be read, with its text. */
  bad(line: ByteLine, error: VouchError): BadLine {
    return { file: this.file, line: line.number, text: lineOf(line).text, error };
  }

  #scanned({ bytes, from, to, number }: ByteLine): Answer | null {
    return this.#scanner && scannedAnswer(this.#scanner, bytes, from, to, this.file, number, this.before);
  }

  #plain(line: ByteLine): Answer {
    return checkedRow(jsonRow(lineOf(line), this.file), this.#convert, this.file, this.before);
  }
}
