/** The rules by which text is cut into rows and cells. */
export interface CellRules {
  delimiter: string;
  /** Whether quotes have a meaning. Tables with tabs may be written without. */
  quoted: boolean;
  /**
   * What ends a row:
   * (also after a \r), or \r in files from old Macs.
   */
  newline: '\n' | '\r';
}

/** A row cut into cells. */
export interface CellRow {
  cells: string[];
  /** The row as written, without its newline. */
  text: string;
  /** The line where the row begins, from 1. */
  line: number;
  /**
   * `open`: a quote that is never closed. `behind`: text after the quote that closes a cell. `long`: the row is too
   * long, and `text` is its beginning.
   */
  fault?: 'open' | 'behind' | 'long';
  /** Number of characters of a row that is too long. */
  length?: number;
}

/** Cuts text that arrives in parts into rows. */
interface RowCutter {
  /** The rows that end in this part. */
  push(part: string): CellRow[];
  /** The last row, if no newline ends it. */
  end(): CellRow[];
}

/** How many characters are kept of a row that is too long. */
const BEGINNING = 256;

/**
 * A row that is too long, while it is skipped. Every quote opens or closes; a doubled quote does both, so it changes
 * nothing.
 */
class LongRow {
  length = 0;
  #isQuoted = false;

  constructor(
    readonly beginning: string,
    /** The line where the row begins. */
    readonly first: number,
  ) {}

  /** Where the row ends in the next part of the text; −1 if it does not end there. */
  endIn(part: string, { quoted, newline }: CellRules): number {
    let end = part.indexOf(newline);
    for (let at = 0; ; ) {
      const quote = quoted ? part.indexOf('"', at) : -1;
      if (end >= 0 && end < at) end = part.indexOf(newline, at);
      if (!this.#isQuoted && end >= 0 && (quote < 0 || end < quote)) return end;
      if (quote < 0) return -1;
      this.#isQuoted = !this.#isQuoted;
      at = quote + 1;
    }
  }
}

interface Cut {
  cells: string[];
  /** Where the row ends, and where the next row begins. */
  to: number;
  next: number;
  fault?: 'open' | 'behind';
}

/**
 * A cell is quoted if its first character is a quote. Two quotes inside a quoted cell are one quote, and newlines
 * belong to the cell. Any other quote is an ordinary character. Empty lines are skipped. Of a row with more than `most`
 * characters only the beginning is kept; the row ends at the first newline outside of quotes. Memory: one part and one
 * row.
 */
export function rowCutter(rules: CellRules, most: number = Number.POSITIVE_INFINITY): RowCutter {
  let text = '';
  let line = 1;
  /**
   * No row is tried before this many characters have arrived. Otherwise a row of many parts would be scanned again with
   * each of them.
   */
  let least = 0;
  /** The long row that is being skipped. */
  let long: LongRow | null = null;
  /** Skips the rest of a row that is too long; returns the row once it has ended. */
  const drop = (row: LongRow, last: boolean): CellRow[] => {
    const end = row.endIn(text, rules);
    const to = end < 0 ? text.length : end;
    const part = text.slice(0, to);
    row.length += part.length;
    line += part.split(rules.newline).length - 1;
    text = end < 0 ? '' : text.slice(end + 1);
    if (end < 0 && !last) return [];
    if (end >= 0) line++;
    long = null;
    least = 0;
    const { beginning, length, first } = row;
    return [{ cells: [beginning], text: beginning, line: first, fault: 'long', length }, ...cut(last)];
  };
  const cut = (last: boolean): CellRow[] => {
    const rows: CellRow[] = [];
    const cutRow = cutterOf(text, rules, last);
    let at = 0;
    while (at < text.length) {
      const found = cutRow(at);
      if (found === null) break;
      const raw = text.slice(at, found.to);
      const { cells, fault } = found;
      if (raw.length > most) {
        const beginning = raw.slice(0, BEGINNING);
        rows.push({ cells: [beginning], text: beginning, line, fault: 'long', length: raw.length });
      } else if (cells.length > 1 || raw.trim() !== '')
        rows.push({ cells, text: raw, line, ...(fault === undefined ? {} : { fault }) });
      line += raw.split(rules.newline).length - (found.next > found.to ? 0 : 1);
      at = found.next;
    }
    text = text.slice(at);
    least = at === 0 ? 2 * text.length : 0;
    if (text.length <= most) return rows;
    long = new LongRow(text.slice(0, BEGINNING), line);
    return [...rows, ...drop(long, last)];
  };
  return {
    push(part) {
      text += part;
      if (long !== null) return drop(long, false);
      return text.length < least && text.length <= most ? [] : cut(false);
    },
    end: () => (long === null ? cut(true) : drop(long, true)),
  };
}

/** A function that cuts the row beginning at a place of the text; null if the text ends before the row does. */
function cutterOf(text: string, { delimiter, quoted, newline }: CellRules, last: boolean): (at: number) => Cut | null {
  const nextDelimiter = finder(text, delimiter);
  const nextNewline = finder(text, newline);
  const isEnd = (at: number): boolean =>
    text[at] === newline ||
    (newline === '\n' && text[at] === '\r' && (text[at + 1] === '\n' || at + 1 === text.length));
  return (at) => {
    const cells: string[] = [];
    let fault: 'behind' | undefined;
    for (let from = at; ; ) {
      let search = from;
      if (quoted && text[from] === '"') {
        const close = closing(text, from + 1);
        if (close < 0)
          return last
            ? { cells: [...cells, text.slice(from)], to: text.length, next: text.length, fault: 'open' }
            : null;
        const after = close + 1;
        if (!last && after + 1 >= text.length) return null; // the next character decides what the quote means
        const cell = text.slice(from + 1, close).replaceAll('""', '"');
        if (text[after] === delimiter) {
          cells.push(cell);
          from = after + 1;
          continue;
        }
        if (after >= text.length || isEnd(after)) {
          cells.push(cell);
          const to = after;
          const next = Math.min(text.length, text[after] === '\r' && newline === '\n' ? after + 2 : after + 1);
          return { cells, to, next, fault };
        }
        fault = 'behind';
        search = after;
      }
      const mark = nextDelimiter(search);
      const end = nextNewline(search);
      if (mark >= 0 && (end < 0 || mark < end)) {
        cells.push(text.slice(from, mark));
        from = mark + 1;
        continue;
      }
      if (end < 0 && !last) return null;
      const stop = end < 0 ? text.length : end;
      const to = newline === '\n' && stop > from && text[stop - 1] === '\r' ? stop - 1 : stop;
      cells.push(text.slice(from, to));
      return { cells, to, next: Math.min(text.length, stop + 1), fault };
    }
  };
}

/** Finds the next place of a mark; remembers it, so that each place is searched only once. */
function finder(text: string, mark: string): (from: number) => number {
  let found = text.indexOf(mark);
  return (from) => {
    if (found >= 0 && found < from) found = text.indexOf(mark, from);
    return found;
  };
}

/** The place of the quote that closes a cell. */
function closing(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}
