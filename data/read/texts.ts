/**
 * A list of texts out of one cell: a list; JSON (`["a", "b"]`) or a Python list (`['a', 'b']`) written as text; for
 * `reference`, aliases separated by |; else the one text.
 */
export function textsOf(cell: unknown, field: string): unknown {
  if (Array.isArray(cell))
    return cell.map((item) => (typeof item === 'number' || typeof item === 'bigint' ? String(item) : item));
  if (typeof cell !== 'string') return [String(cell)];
  const text = cell.trim();
  if (text.startsWith('[') && text.endsWith(']')) {
    const listed = jsonList(text) ?? pythonList(text);
    if (listed !== null) return listed;
  }
  if (field !== 'reference') return [cell];
  return text
    .split('|')
    .map((alias) => alias.trim())
    .filter((alias) => alias !== '');
}

function jsonList(text: string): string[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))) : null;
  } catch {
    return null;
  }
}

const QUOTED = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g;

/** As pandas writes a column of lists. */
function pythonList(text: string): string[] | null {
  const items = text.match(QUOTED);
  if (items === null || text.replace(QUOTED, '').replace(/[[\],\s]/g, '') !== '') return null;
  return items.map((item) => item.slice(1, -1).replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char)));
}
