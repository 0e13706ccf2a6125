import { type CellRules, rowCutter } from './row-cutter.js';

/** How a CSV file is written. */
export interface Dialect extends CellRules {
  /** Bytes before the header: a byte order mark, and the line `sep=;` that Excel reads. */
  skip: number;
  /** Lines among them. */
  skippedLines: number;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Rows that are looked at. */
const ROWS = 100;
/** Bytes that are looked at. */
const MOST = 2 ** 17;

/**
 * Tells how a table is written from its first bytes (`whole`: there are no others): by `sep=` in its first line, else by which
 * separator cuts the first rows into as many cells as the header has (the more rows the better, then the more cells), never by
 * how often it stands in a text.
 */
export function dialectOf(head: Buffer, whole: boolean, name: string): Dialect {
  const start = head.toString('utf8', 0, 64);
  const bom = start.startsWith('\uFEFF') ? 3 : 0;
  const [line, mark] = /^\uFEFF?"?sep=(.)"?[,;\t]*(?:\r\n|\n|\r)/i.exec(start) ?? ['', null];
  const skip = mark === null ? bom : Buffer.byteLength(line);
  const text = head.toString('utf8', skip, MOST);
  const known = { newline: newlineOf(text), skip, skippedLines: mark === null ? 0 : 1 };
  if (mark !== null) return { ...known, delimiter: mark, quoted: true };
  const tabs = /\.tsv(\.|$)/i.test(name);
  const all = whole && head.length <= MOST;
  const fits = (tabs ? ['\t'] : DELIMITERS)
    .map((delimiter) => fitOf(text, delimiter, known.newline, all))
    .filter(({ cells }) => cells > 1);
  const best = fits.reduce<Fit | null>((a, b) => (a === null || isBetter(b, a) ? b : a), null);
  return { ...known, delimiter: best?.delimiter ?? (tabs ? '\t' : ','), quoted: best?.quoted ?? true };
}

/** \r only where there is no \n outside of quotes. */
function newlineOf(text: string): '\n' | '\r' {
  const bare = text.replace(/"[^"]*"/g, '');
  return bare.includes('\r') && !bare.includes('\n') ? '\r' : '\n';
}

interface Fit {
  delimiter: string;
  quoted: boolean;
  /** SignalRows of the header. */
  cells: number;
  /** Share of the rows that have as many. */
  share: number;
}

function isBetter(a: Fit, b: Fit): boolean {
  return a.share === b.share ? a.cells > b.cells : a.share > b.share;
}

/** How well a separator cuts the rows. By tabs, quotes have no meaning where the rows fit only so. */
function fitOf(text: string, delimiter: string, newline: '\n' | '\r', whole: boolean): Fit {
  const withQuotes = fitBy(text, { delimiter, newline, quoted: true }, whole);
  if (delimiter !== '\t' || withQuotes.share === 1) return withQuotes;
  const without = fitBy(text, { delimiter, newline, quoted: false }, whole);
  return without.share === 1 ? without : withQuotes;
}

function fitBy(text: string, rules: CellRules, whole: boolean): Fit {
  const cutter = rowCutter(rules);
  const rows = [...cutter.push(text), ...(whole ? cutter.end() : [])]
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .slice(0, ROWS);
  const cells = rows[0]?.cells.length ?? 0;
  const like = rows.filter((row) => row.cells.length === cells && row.fault === undefined);
  return { ...rules, cells, share: rows.length === 0 ? 0 : like.length / rows.length };
}
