import type { BadLine } from '../../../data/read/row.js';

/** A bad line as plain data: it comes from a thread and goes to a file. */
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

/** Bad lines as the file of them holds them. */
export function badText(bad: BadRow[]): string {
  return bad.map((row) => `${JSON.stringify(row)}\n`).join('');
}
