/** Text on one line, escaped so that Markdown shows it unchanged. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}|\p{Cs}/gu, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_[\]|~>#]/g, '\\$&')
    .trim();
}

/** One line `- name: value` per item; an empty value becomes an en dash. */
export function list(items: [string, string | null][]): string {
  return items
    .map(([name, value]) => `- ${plain(name)}: ${plain(value === null || value === '' ? '–' : value)}`)
    .join('\n');
}

/** A table. The first column is aligned left, the others right. */
export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map(plain).join(' | ')} |`;
  return [line(head), `|${head.map((_, k) => (k === 0 ? ' --- ' : ' ---: ')).join('|')}|`, ...rows.map(line)].join(
    '\n',
  );
}
