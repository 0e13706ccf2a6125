import { type Fields, isObject } from '../../check-value.js';
import { looksNested, parseNested } from './nested.js';

/**
 * A list of texts from one value: from a list; from a JSON list (`["a", "b"]`) or Python list (`['a', 'b']`) written as
 * text; for `reference`, from aliases separated by |; else the value as the only text. A null in a list is missing.
 */
export function textsOf(cell: unknown, field: string): unknown {
  if (Array.isArray(cell)) return listed(cell);
  if (typeof cell !== 'string') return [String(cell)];
  const found = looksNested(cell) ? listIn(cell) : null;
  if (found !== null) return listed(found).map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
  return field === 'reference' ? aliasesIn(cell) : [cell];
}

function listed(items: readonly unknown[]): unknown[] {
  return items
    .filter((item) => item != null)
    .map((item) => {
      if (isObject(item)) return passageIn(item) ?? item;
      return ['number', 'bigint', 'boolean'].includes(typeof item) ? String(item) : item;
    });
}

/** The text of a passage that was stored as an object with its source or score. */
function passageIn(item: Fields): string | undefined {
  const texts = ['text', 'content', 'page_content', 'passage'].map((key) => item[key]).filter((text) => text != null);
  return texts.length === 1 && typeof texts[0] === 'string' ? texts[0] : undefined;
}

function listIn(text: string): unknown[] | null {
  try {
    const value = parseNested(text.trim());
    return Array.isArray(value) && /^\s*(?:array\()?\[/.test(text) ? value : null;
  } catch {
    return null;
  }
}

/** Splits aliases at |, unless a part is not complete by itself: |x| = 2 and P(A|B) stay whole. */
function aliasesIn(text: string): string[] {
  const parts = text.split('|').map((part) => part.trim());
  return parts.every(isWhole) ? parts : [text];
}

function isWhole(part: string): boolean {
  const count = (mark: string) => part.split(mark).length;
  const pairs = ['()', '[]', '{}'];
  return part !== '' && count('$') % 2 === 1 && pairs.every(([open, close]) => count(open) === count(close));
}
