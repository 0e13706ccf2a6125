import { VouchError } from '../../../support/errors.js';

/**
 * What a column's numbers tell of commas and points: `text` the column holds other texts too; `comma` is decimal; `dots`
 * besides, points part thousands; `point` is decimal; `mixed` both are; `open` nothing.
 */
export type NumberStyle = 'text' | 'comma' | 'dots' | 'point' | 'mixed' | 'open';

const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** 1,234 and 1.234: a number with decimals or one with thousands. */
const EITHER_COMMA = /^[+-]?[1-9]\d{0,2},\d{3}$/;
const EITHER_POINT = /^[+-]?[1-9]\d{0,2}\.\d{3}$/;
const DECIMAL_COMMA = /^[+-]?\d*,\d+(?:e[+-]?\d+)?$/i;
/** 1.234,5 and 1.234.567; 1,234.5 and 1,234,567. */
const DOTTED = /^[+-]?[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})$/;
const COMMAED = /^[+-]?[1-9]\d{0,2}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})$/;
/** 1'234.50 (Swiss) and 1 234,5 (French), with the apostrophes and the blanks that spreadsheets write. */
const GROUPED = /^[+-]?[1-9]\d{0,2}(?:(?:['’]\d{3})+|(?:[ \u00a0\u2009\u202f]\d{3})+)(?:[.,]\d+)?$/;
/** SignalRows that say nothing of how numbers are written. */
const OTHER = /^(?:|true|false|nan|null|none|na|[+-]?inf(?:inity)?)$/i;

/** The style of a column, from its first cells. */
export function styleOf(cells: readonly unknown[]): NumberStyle {
  let comma = false;
  let dots = false;
  let point = false;
  for (const cell of cells) {
    if (typeof cell !== 'string') continue;
    const word = ungrouped(cell);
    if (DOTTED.test(word)) dots = true;
    else if (COMMAED.test(word)) point = true;
    else if (DECIMAL_COMMA.test(word)) comma ||= !EITHER_COMMA.test(word);
    else if (PLAIN.test(word)) point ||= word.includes('.') && !EITHER_POINT.test(word);
    else if (!OTHER.test(word)) return 'text';
  }
  if (point) return comma || dots ? 'mixed' : 'point';
  return dots ? 'dots' : comma ? 'comma' : 'open';
}

/** Columns that tell nothing by themselves go by the others of their file, where these agree. */
export function settled(styles: ReadonlyMap<string, NumberStyle>): Map<string, NumberStyle> {
  const told = [...styles.values()].filter((style) => style !== 'open' && style !== 'text');
  const commas = told.every((style) => style === 'comma' || style === 'dots');
  const points = told.every((style) => style === 'point');
  const common: NumberStyle = told.length === 0 || commas === points ? 'open' : commas ? 'comma' : 'point';
  return new Map([...styles].map(([column, style]) => [column, style === 'open' ? common : style]));
}

/**
 * The number that a cell is; undefined where it is none. Error: BAD_RECORD where it may be one of two, 1,234 say, and its
 * column does not tell which.
 */
export function numberIn(cell: string, style: NumberStyle): number | undefined {
  const word = style === 'text' ? cell.trim() : ungrouped(cell);
  if (style === 'text') return PLAIN.test(word) ? Number(word) : undefined;
  if (EITHER_COMMA.test(word)) {
    if (style === 'mixed' || style === 'open') throw unclear(word);
    return style === 'point' ? Number(word.replace(',', '')) : Number(word.replace(',', '.'));
  }
  if (EITHER_POINT.test(word) && style !== 'point' && style !== 'open') {
    if (style !== 'dots') throw unclear(word);
    return Number(word.replace('.', ''));
  }
  if (PLAIN.test(word)) return Number(word);
  if (DECIMAL_COMMA.test(word)) return Number(word.replace(',', '.'));
  if (DOTTED.test(word)) return Number(word.replaceAll('.', '').replace(',', '.'));
  return COMMAED.test(word) ? Number(word.replaceAll(',', '')) : undefined;
}

/** A cell without separators of thousands that can be nothing else. */
function ungrouped(cell: string): string {
  const word = cell.trim();
  return GROUPED.test(word) ? word.replace(/['’\s]/g, '') : word;
}

/** A number in 0..1, or a percentage: there a comma is decimal. */
export function withPoint(cell: string): string {
  const word = cell.trim();
  return /^[+-]?\d*,\d+\s*%?$/.test(word) ? word.replace(',', '.') : cell;
}

function unclear(got: string): VouchError {
  return new VouchError('BAD_RECORD', 'decimals or thousands? The column does not tell', {
    expected: 'a number such as 1234 or 1.234',
    got,
    hint: 'Write the numbers with a decimal point and without separators of thousands.',
  });
}
