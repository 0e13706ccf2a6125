import { parseJson } from '../json/parse-json.js';
import { pythonLiteral } from './python-literal.js';

/** Whether a text may hold a list or an object. */
export function looksNested(text: string): boolean {
  return /^\s*(?:array\()?[[{(]/.test(text);
}

/** A list or an object that is written as text: JSON, or as Python writes it. Throws as JSON.parse does where it is neither. */
export function parseNested(text: string): unknown {
  try {
    const value = parseJson(text);
    return typeof value === 'string' && looksNested(value) ? parseJson(value) : value; // written as JSON twice
  } catch (error) {
    if (!looksNested(text)) throw error;
    try {
      return pythonLiteral(text);
    } catch {
      throw error;
    }
  }
}
