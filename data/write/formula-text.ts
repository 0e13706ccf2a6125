/** Texts that spreadsheets would run as a formula, including those that already start with our `'`. */
const FORMULA = /^'*[=+\-@\t\r]/;
const ESCAPED = /^'+[=+\-@\t\r]/;

/**
 * Makes a text safe as a CSV cell, so that no spreadsheet runs it: a `'` is put before text that starts with = + - @, a
 * tab or a carriage return. `plainText` removes it again. Source: OWASP, CSV Injection (looked up 2026-11).
 */
export function formulaSafe(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The original of a text that `formulaSafe` changed. */
export function plainText(cell: string): string {
  return ESCAPED.test(cell) ? cell.slice(1) : cell;
}
