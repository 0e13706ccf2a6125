/** HTML that is safe to put into a page: only the `html` tag and `trusted` make it. */
export interface Html {
  readonly markup: string;
}

export type Part = string | number | Html | null | undefined | false | readonly Part[];

/**
 * Builds HTML from a template. Every text put in is escaped, HTML put in is kept, lists are joined, null, undefined and
 * false are nothing. Model names and file names may thus hold any character, in text as in quoted attributes.
 */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  let markup = strings[0];
  parts.forEach((part, i) => {
    markup += rendered(part) + strings[i + 1];
  });
  return { markup };
}

/** Takes markup at its word: for what the project itself wrote (styles, drawn SVG), never for text from the data. */
export function trusted(markup: string): Html {
  return { markup };
}

/** A name like `tokens.meanEntropy` that may break after dots and before capitals, should it not fit. */
export function breakable(name: string): Html {
  return {
    markup: name
      .split(/(?<=[._/])|(?<=[a-z])(?=[A-Z])/)
      .map(escapeHtml)
      .join('<wbr>'),
  };
}

/** & < > " ' as entities; control characters that no HTML may hold as U+FFFD. */
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
