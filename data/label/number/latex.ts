/**
 * The content of the last \boxed{…}, \fbox{…} or \boxed 5, with nested braces. If it is cut off, up to the end of its
 * line. null without one.
 */
export function lastBoxed(text: string): string | null {
  const match = [...text.matchAll(/\\(?:boxed|fbox|framebox)\s*(?=[{\w$\\-])/g)].at(-1);
  if (match === undefined) return null;
  const from = match.index + match[0].length;
  if (text[from] !== '{') return /^\S+/.exec(text.slice(from))?.[0] ?? null;
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at - 1] === '\\') continue;
    if (text[at] === '{') depth++;
    if (text[at] === '}' && --depth === 0) return text.slice(from + 1, at);
  }
  return text.slice(from + 1).split('\n')[0];
}

const SIGNS: Record<string, string> = {
  times: '×',
  cdot: '×',
  ast: '×',
  div: '÷',
  pm: '±',
  approx: '≈',
  simeq: '≈',
  pi: 'π',
  sqrt: '√',
  infty: '∞',
  circ: '°',
  degree: '°',
  ne: '≠',
  neq: '≠',
};
const PART = String.raw`(?:\{\s*([-−]?[\d.,]+)\s*\}|\s*(\d))`;
const FRACTION = new RegExp(String.raw`(?:(\d)\s*)?\\[dtc]?frac${PART}${PART}`, 'g');

/**
 * LaTeX as plain text, as far as numbers need it: \frac{3}{4} as 3/4, 1{,}234 as 1,234, \text{ km} as km, \times as ×.
 */
export function withoutLatex(text: string): string {
  if (!text.includes('\\') && !text.includes('{')) return text;
  return text
    .replace(/\\!/g, '')
    .replace(/\\[,;: ]/g, '\u202f')
    .replace(/\{([.,])\}|\\text\{([.,])\}/g, '$1$2')
    .replace(/\\([$%#&])/g, '$1')
    .replace(/\\(?:left|right|displaystyle|textstyle|bigl?|Bigl?|bigr|Bigr)(?![a-zA-Z])/g, '')
    .replace(FRACTION, (...match) => plainFraction(match))
    .replace(/\\(?:text|textbf|textit|mathrm|mathbf|mathit|mathsf|mbox|boldsymbol|bm|operatorname)\{([^{}]*)\}/g, '$1 ')
    .replace(/\\([a-zA-Z]+)/g, (_, name: string) => SIGNS[name] ?? ' ')
    .replace(/\^\{?\s*°\s*\}?/g, '°')
    .replace(/\^\{([^{}]*)\}/g, '^$1')
    .replace(/(?<=[\p{L}\p{N})])_(?:\{[^{}]*\}|\d+)/gu, '')
    .replace(/\\\\/g, '\n')
    .replace(/\\[()[\]]|[{}]/g, ' ');
}

/** A match of FRACTION as plain text; numerator and denominator are each in braces or a bare digit. */
function plainFraction([, whole, inBraces, bare, belowInBraces, belowBare]: (string | undefined)[]): string {
  return `${whole === undefined ? '' : `${whole} `}${inBraces ?? bare}/${belowInBraces ?? belowBare}`;
}
