/** How a text begins that spreadsheets would run as a formula; also one that begins so behind our own mark. */
const FORMULA = /^'*[=+\-@\t\r]/;
const ESCAPED = /^'+[=+\-@\t\r]/;

/**
 * A text as a cell of CSV that no spreadsheet runs: `'` is put before what begins with = + - @, a tab or a return. `plainText` takes
 * it away again. Source: OWASP, CSV Injection (looked up 2026-11).
 */
export function formulaSafe(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The text that `formulaSafe` was given. */
export function plainText(cell: string): string {
  return ESCAPED.test(cell) ? cell.slice(1) : cell;
}
