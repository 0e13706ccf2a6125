/** HTML that is safe to put into a page: only the `html` tag and `trusted` make it. */
export interface Html {
  readonly markup: string;
}

export type Part = string | number | Html | null | undefined | false | readonly Part[];

/**
 * Builds HTML from a template. Inserted text is escaped, inserted HTML is kept, lists are joined, and null, undefined
 * and false insert nothing. So model names and file names may contain any character, in text and in quoted attributes.
 */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  let markup = strings[0];
  parts.forEach((part, i) => {
    markup += rendered(part) + strings[i + 1];
  });
  return { markup };
}

/**
 * Marks a string as safe HTML without escaping it: only for what the project itself wrote (styles, SVG), never for
 * data.
 */
export function trusted(markup: string): Html {
  return { markup };
}

/** A name like `tokens.meanEntropy` that the browser may break after dots and before capitals if it does not fit. */
export function breakable(name: string): Html {
  return {
    markup: name
      .split(/(?<=[._/])|(?<=[a-z])(?=[A-Z])/)
      .map(escapeHtml)
      .join('<wbr>'),
  };
}

/** & < > " ' become entities; control characters that HTML forbids become U+FFFD. */
export function escapeHtml(text: string): string {
  return text.replace(UNSPEAKABLE, '\ufffd').replace(/[&<>"']/g, (character) => entities[character]);
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const UNSPEAKABLE = /(?![\t\n\r])\p{Cc}|\p{Cs}/gu;

function rendered(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  if ('markup' in part) return part.markup;
  return part.map(rendered).join('');
}
