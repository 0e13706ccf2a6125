import { VouchError } from '../../support/errors.js';
import type { Context } from '../read/formats/log-format.js';
import { type JsonPlan, jsonConverter, mayBeCanonical } from '../read/json/json-plan.js';
import { jsonRow } from '../read/json/json-rows.js';
import { type ByteLine, lineOf } from '../read/lines.js';
import { type Convert, readRow } from '../read/read-row.js';
import type { RowSink } from '../read/row-sink.js';
import { scannedRecord } from './scanned-record.js';
import type { Scanner } from './scanner.js';

/**
 * Reads the lines of one file as checked records. Canonical lines go through the scanner. A line that the scanner
 * refuses, or whose other fields are invalid, is parsed and checked as a whole, so that its error is the usual one.
 */
export class LineReader {
  readonly #convert: Convert;
  readonly #scanner: Scanner | null;

  constructor(
    scanner: Scanner,
    plan: JsonPlan,
    context: Context,
    readonly file: string,
  ) {
    this.#scanner = mayBeCanonical(plan) ? scanner : null;
    this.#convert = jsonConverter(plan, context, file);
  }

  /** Passes the content of a line to the sink. */
  read(line: ByteLine, sink: RowSink): void {
    const { bytes, from, to, number } = line;
    const place = { file: this.file, line: number };
    const scanner = line.longer === undefined ? this.#scanner : null;
    const record = scanner && scannedRecord(scanner, bytes.subarray(from, to), place, sink.before);
    if (record === null) {
      readRow(jsonRow(lineOf(line), this.file), this.#convert, this.file, sink);
      return;
    }
    try {
      sink.record(record, number);
    } catch (error) {
      if (!(error instanceof VouchError)) throw error;
      sink.bad({ ...place, text: lineOf(line).text, error });
    }
  }
}
