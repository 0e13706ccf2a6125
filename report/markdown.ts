/** Text that Markdown shows as it is, on one line. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}|\p{Cs}/gu, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_[\]|~>#]/g, '\\$&')
    .trim();
}

/** `- name: value` by line; nothing is an en dash. */
export function list(items: [string, string | null][]): string {
  return items
    .map(([name, value]) => `- ${plain(name)}: ${plain(value === null || value === '' ? '–' : value)}`)
    .join('\n');
}

/** A table whose first column stands left, the others right. */
export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map(plain).join(' | ')} |`;
  return [line(head), `|${head.map((_, k) => (k === 0 ? ' --- ' : ' ---: ')).join('|')}|`, ...rows.map(line)].join(
    '\n',
  );
}
