import { normalise } from '../normalise.js';
import { isDenied } from '../text/answer-cues.js';
import { spansOf } from '../text/whole-words.js';
import type { Options } from './options.js';

/** Matches a denial before the normalised text of an option: "it isn't the Rhine". */
const DENIED = /(?:^|\s)(?:(?:is|was|are|ca|wo|do|does|did)nt|cannot)(?: be)? $/;

/**
 * The label of the one option whose text occurs in a text. An option that is denied, or only occurs inside another
 * option's text, does not count.
 */
export function optionNamedIn(text: string, { texts }: Options): string | null {
  if (texts.size === 0) return null;
  const haystack = { text: normalise(text) };
  const named = [...texts].map(([label, option]) => ({ label, spans: [...spansOf(haystack, normalise(option))] }));
  const all = named.flatMap(({ spans }) => spans);
  const open = named.filter(({ spans }) =>
    spans.some(
      ({ from, to }) =>
        !isDeniedAt(haystack.text, from) &&
        !all.some((by) => by.from <= from && by.to >= to && by.to - by.from > to - from),
    ),
  );
  return open.length === 1 ? open[0].label : null;
}

function isDeniedAt(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 40), at);
  return DENIED.test(before) || isDenied(before);
}
