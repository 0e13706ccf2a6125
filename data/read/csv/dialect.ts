import { type CellRules, rowCutter } from './row-cutter.js';

/** How a CSV file is written: separator, quotes and newlines. */
interface Dialect extends CellRules {
  /** Bytes before the header: a byte order mark, and the line `sep=;` that Excel understands. */
  skip: number;
  /** Number of lines in the skipped bytes. */
  skippedLines: number;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** How many rows are examined. */
const ROWS = 100;
/** How many bytes are examined. */
const MOST = 2 ** 17;

/**
 * Detects how a table is written from its first bytes (`whole`: these are all bytes). A first line `sep=` decides.
 * Otherwise each separator is tried: the best one cuts the most rows into as many cells as the header has; if two are
 * equal, the one with more cells wins. How often a separator occurs in the text does not matter.
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

/**
 * \r only if no
 * occurs outside of quotes.
 */
function newlineOf(text: string): '\n' | '\r' {
  const bare = text.replace(/"[^"]*"/g, '');
  return bare.includes('\r') && !bare.includes('\n') ? '\r' : '\n';
}

interface Fit {
  delimiter: string;
  quoted: boolean;
  /** Number of cells in the header. */
  cells: number;
  /** Share of the rows that have this number of cells. */
  share: number;
}

function isBetter(a: Fit, b: Fit): boolean {
  return a.share === b.share ? a.cells > b.cells : a.share > b.share;
}

/**
 * How well a separator cuts the rows. In tables with tabs, quotes are taken literally if the rows fit only that way.
 */
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
