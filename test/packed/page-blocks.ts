/** A block of a page that a comment above it marks: `<!-- file: NAME -->`, `<!-- run -->`, `<!-- prints -->` … */
export interface PageBlock {
  /** What the comment says, such as `file: make-log.mjs` or `run`. */
  mark: string;
  language: string;
  code: string;
}

/** The marked blocks of a Markdown page, in order, without the indentation of the list that they stand in. */
export function markedBlocks(page: string): PageBlock[] {
  const found = page.matchAll(/^([ ]*)<!-- (\w[^>]*?) -->\n\1```(\w+)\n([\s\S]*?)^\1```$/gm);
  return [...found].map(([, indent, mark, language, code]) => ({
    mark,
    language,
    code: code.replace(new RegExp(`^${indent}`, 'gm'), ''),
  }));
}

/**
 * The shown lines that an output lacks, in order. `…` stands for any text; with `anyNumber`, a number stands for any
 * other one.
 */
export function linesMissing(shown: string, printed: string, anyNumber: boolean): string[] {
  const number = String.raw`-?\d+(?:\.\d+)?(?:e-?\d+)?`;
  const pattern = (line: string) => {
    const exact = line.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('…', '.*');
    return new RegExp(`^\\s*${anyNumber ? exact.replace(/\d+(?:\\\.\d+)?/g, () => number) : exact}\\s*$`);
  };
  const lines = printed.split('\n');
  let from = 0;
  return shown
    .split('\n')
    .filter((line) => line.trim() !== '')
    .filter((line) => {
      const at = lines.findIndex((candidate, i) => i >= from && pattern(line.trim()).test(candidate));
      if (at >= 0) from = at + 1;
      return at < 0;
    });
}
