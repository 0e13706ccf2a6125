import { parseJson } from '../json/parse-json.js';
import { pythonLiteral } from './python-literal.js';

/** Whether a text may be a list or an object. */
export function looksNested(text: string): boolean {
  return /^\s*(?:array\()?[[{(]/.test(text);
}

/**
 * Parses a list or an object that is written as text: as JSON, or as Python prints it. If it is neither, throws the
 * error of JSON.parse.
 */
export function parseNested(text: string): unknown {
  try {
    const value = parseJson(text);
    return typeof value === 'string' && looksNested(value) ? parseJson(value) : value; // JSON inside a JSON string
  } catch (error) {
    if (!looksNested(text)) throw error;
    try {
      return pythonLiteral(text);
    } catch {
      throw error;
    }
  }
}
