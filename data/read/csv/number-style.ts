import { VouchError } from '../../../support/errors.js';

/**
 * What the numbers of a column show about commas and points. `text`: the column also contains other texts. `comma`: the
 * comma is decimal. `dots`: the comma is decimal, and points separate thousands. `point`: the point is decimal.
 * `mixed`: both occur as decimal marks. `open`: the numbers do not show it.
 */
export type NumberStyle = 'text' | 'comma' | 'dots' | 'point' | 'mixed' | 'open';

const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** 1,234 and 1.234: either a decimal fraction or thousands. */
const EITHER_COMMA = /^[+-]?[1-9]\d{0,2},\d{3}$/;
const EITHER_POINT = /^[+-]?[1-9]\d{0,2}\.\d{3}$/;
const DECIMAL_COMMA = /^[+-]?\d*,\d+(?:e[+-]?\d+)?$/i;
/** 1.234,5 and 1.234.567; 1,234.5 and 1,234,567. */
const DOTTED = /^[+-]?[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})$/;
const COMMAED = /^[+-]?[1-9]\d{0,2}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})$/;
/** 1'234.50 (Swiss) and 1 234,5 (French), with the apostrophes and spaces that spreadsheets write. */
const GROUPED = /^[+-]?[1-9]\d{0,2}(?:(?:['’]\d{3})+|(?:[ \u00a0\u2009\u202f]\d{3})+)(?:[.,]\d+)?$/;
/** Cells that say nothing about how numbers are written. */
const OTHER = /^(?:|true|false|nan|null|none|na|[+-]?inf(?:inity)?)$/i;

/** The number style of a column, from its first cells. */
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

/** Gives columns that show nothing themselves the style of the other columns of the file, if these agree. */
export function settled(styles: ReadonlyMap<string, NumberStyle>): Map<string, NumberStyle> {
  const known = [...styles.values()].filter((style) => style !== 'open' && style !== 'text');
  const commas = known.every((style) => style === 'comma' || style === 'dots');
  const points = known.every((style) => style === 'point');
  const common: NumberStyle = known.length === 0 || commas === points ? 'open' : commas ? 'comma' : 'point';
  return new Map([...styles].map(([column, style]) => [column, style === 'open' ? common : style]));
}

/**
 * The number in a cell; undefined if it is not a number. Error: BAD_RECORD if the cell has two readings (such as 1,234)
 * and its column does not show which is meant.
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

/** The cell without separators of thousands, if they can be nothing else. */
function ungrouped(cell: string): string {
  const word = cell.trim();
  return GROUPED.test(word) ? word.replace(/['’\s]/g, '') : word;
}

/** The text of a share or percentage with a decimal point: in such a cell a comma can only be decimal. */
export function withPoint(cell: string): string {
  const word = cell.trim();
  return /^[+-]?\d*,\d+\s*%?$/.test(word) ? word.replace(',', '.') : cell;
}

function unclear(got: string): VouchError {
  return new VouchError(
    'BAD_RECORD',
    'this number has two readings, with decimals or with thousands, and the column does not show which',
    {
      expected: 'a number such as 1234 or 1.234',
      got,
      hint: 'Write numbers with a decimal point and without separators of thousands.',
    },
  );
}
