import type { BadLine } from '../../../data/read/row.js';

/** A bad line as plain data, because a thread sends it and it is written to a file. */
export interface BadRow {
  file: string;
  line: number;
  text: string;
  /** With its prefix: VOUCH_BAD_JSON. */
  code: string;
  message: string;
}

export function badRow({ file, line, text, error }: BadLine): BadRow {
  return { file, line, code: `VOUCH_${error.code}`, message: error.message, text };
}

/** Bad lines as text, as the file of bad lines holds them. */
export function badText(bad: BadRow[]): string {
  return bad.map((row) => `${JSON.stringify(row)}\n`).join('');
}
