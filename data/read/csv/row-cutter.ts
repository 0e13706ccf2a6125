/** How rows and cells are told apart. */
export interface CellRules {
  delimiter: string;
  /** Whether quotes have a meaning: tables by tabs may be written without. */
  quoted: boolean;
  /** What ends a row: \n, also behind a \r; \r in files of old Macs. */
  newline: '\n' | '\r';
}

/** A row cut into cells. */
export interface CellRow {
  cells: string[];
  /** The row as it stands, without its newline. */
  text: string;
  /** The line on which it begins, from 1. */
  line: number;
  /** A quote that is never closed; text behind the quote that closes a cell. */
  fault?: 'open' | 'behind';
}

/** Cuts a text that comes in parts into rows. */
export interface RowCutter {
  /** The rows that end in this part. */
  push(part: string): CellRow[];
  /** The last row, where no newline ends it. */
  end(): CellRow[];
}

interface Cut {
  cells: string[];
  /** Where the row ends, and where the next one begins. */
  to: number;
  next: number;
  fault?: 'open' | 'behind';
}

/**
 * Cells are quoted where a quote is their first character; two quotes in such a cell are one, newlines belong to it. Any other
 * quote is just a quote. Lines without any text are passed over. Memory: one part and one row.
 */
export function rowCutter(rules: CellRules): RowCutter {
  let text = '';
  let line = 1;
  /** Nothing is tried before there is so much: a row of many parts is not begun again with each of them. */
  let least = 0;
  const cut = (last: boolean): CellRow[] => {
    const rows: CellRow[] = [];
    const cutRow = cutterOf(text, rules, last);
    let at = 0;
    while (at < text.length) {
      const found = cutRow(at);
      if (found === null) break;
      const raw = text.slice(at, found.to);
      const { cells, fault } = found;
      if (cells.length > 1 || raw.trim() !== '')
        rows.push({ cells, text: raw, line, ...(fault === undefined ? {} : { fault }) });
      line += raw.split(rules.newline).length - (found.next > found.to ? 0 : 1);
      at = found.next;
    }
    text = text.slice(at);
    least = at === 0 ? 2 * text.length : 0;
    return rows;
  };
  return {
    push(part) {
      text += part;
      return text.length < least ? [] : cut(false);
    },
    end: () => cut(true),
  };
}

/** What cuts the row that begins at a place of a text; null where the text ends before it does. */
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
        if (!last && after + 1 >= text.length) return null; // the next character tells what the quote is
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

/** Where a mark comes next, each found once. */
function finder(text: string, mark: string): (from: number) => number {
  let found = text.indexOf(mark);
  return (from) => {
    if (found >= 0 && found < from) found = text.indexOf(mark, from);
    return found;
  };
}

/** The quote that closes a cell. */
function closing(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}
