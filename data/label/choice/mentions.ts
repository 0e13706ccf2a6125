import { isDenied } from '../text/answer-cues.js';
import { labelIn, labelPattern } from './options.js';

/** A label of an option in a text. */
export interface Mention {
  label: string;
  at: number;
  end: number;
  /** Whether it is written as a label: (C), C), **C**, option C. */
  marked: boolean;
  /** Whether the text denies it: "not C", "C is wrong". */
  denied: boolean;
  /** Whether it is joined to the next one: "A and C". */
  joined: boolean;
}

/** How many characters before and after a label decide what it means. */
const AROUND = 80;
const patterns = new Map<string, RegExp>();

/**
 * The labels that occur on their own in a text, in order. The words "A" and "I" are not labels, nor is the C of vitamin
 * C.
 */
export function mentionsIn(text: string, labels: string[]): Mention[] {
  const found = [...text.matchAll(patternOf(labels))].flatMap((match): Mention[] => {
    const label = labelIn(match[0], labels);
    const at = match.index;
    const end = at + match[0].length;
    const before = text.slice(Math.max(0, at - AROUND), at);
    const after = text.slice(end, end + AROUND);
    const marked = isMarked(before, after);
    if (label === null || (!marked && isWord(label, before, after))) return [];
    return [{ label, at, end, marked, denied: isDenied(before), joined: false }];
  });
  found.forEach((mention, i) => {
    const next = found[i + 1];
    const wrong = IS_WRONG.exec(text.slice(mention.end, mention.end + AROUND));
    mention.denied ||= wrong !== null && (next === undefined || next.at >= mention.end + wrong[0].length);
    mention.joined = next !== undefined && isJoined(text, mention, next);
  });
  extendDenials(found);
  return found;
}

/** Extends denials to joined labels: "not A or B", "A and B are wrong". */
function extendDenials(mentions: Mention[]): void {
  for (let i = 0; i + 1 < mentions.length; i++) {
    if (mentions[i].joined && mentions[i].denied) mentions[i + 1].denied = true;
  }
  for (let i = mentions.length - 2; i >= 0; i--) {
    if (mentions[i].joined && mentions[i + 1].denied) mentions[i].denied = true;
  }
}

const AND = new RegExp(
  [
    String.raw`^["')*\]]*,?\s*(?:and|or|&|\/|\+|und|oder|et|ou|y|o|e|и|или|和|或|与|與|と|や|와|과|또는|và|dan|أو`,
    String.raw`|و)\s*(?:option\s+)?["(*[]*$`,
  ].join(''),
  'iu',
);
const LIST = /^["')*\]]*\s*[,、]\s*["(*[]*$/;

function isJoined(text: string, { end, label }: Mention, next: Mention): boolean {
  if (next.label === label) return false;
  const between = text.slice(end, next.at);
  return (
    AND.test(between) ||
    (LIST.test(between) && /^["')*\]]*,?\s*(?:[.!;、]|$|and|or|und|et|y)/.test(text.slice(next.end)))
  );
}

function patternOf(labels: string[]): RegExp {
  const inside = labelPattern(labels);
  let pattern = patterns.get(inside);
  if (pattern === undefined) {
    const glue = glueOf(labels[0]);
    pattern = new RegExp(
      String.raw`(?<![${glue}\p{M}])(?<!\d[.,])(?:${inside})(?!(?!${ENDINGS})[${glue}\p{M}]|[.,]\d` +
        String.raw`|['’](?!${TURKISH})\p{L})`,
      'gu',
    );
    patterns.set(inside, pattern);
  }
  return pattern;
}

/** Endings that Korean and Japanese attach to a label. */
const ENDINGS = '입니다|이다|이에요|예요|번|です|だ|が';

/** "is", as Turkish attaches it to a name: C'dir. */
const TURKISH = '[dt][iıuü]r(?!\\p{L})';

/** Characters that turn an adjacent label into part of a longer word. */
function glueOf(label: string): string {
  if (/\p{Script=Latin}|\p{Script=Cyrillic}|\p{Script=Greek}/u.test(label)) {
    return String.raw`\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}&°`;
  }
  if (/\d/.test(label)) return String.raw`\p{N}\p{Script=Latin}$€£%/+×=`;
  const script = ['Katakana', 'Hiragana', 'Hangul', 'Hebrew', 'Arabic', 'Thai', 'Devanagari', 'Han'].find((name) =>
    new RegExp(String.raw`\p{Script=${name}}`, 'u').test(label),
  );
  return script === undefined ? String.raw`\p{L}` : String.raw`\p{Script=${script}}`;
}

function isMarked(before: string, after: string): boolean {
  if (/[([{「『【]\s*$/.test(before) && /^\s*[)\]}」』】.:]/.test(after)) return true;
  if (/\*\*\(?$|["“'‘]$/.test(before) && /^[).:]?(?:\*\*|["”'’])/.test(after)) return true;
  if (/(?:^|[\s*(])$/.test(before) && /^[)\]]/.test(after)) return true;
  if (/(?:^|\n)[\s>*-]*$/.test(before) && /^[.:、]/.test(after)) return true;
  return /(?:option|choice|letter|variante?|opción|opção|opzione|вариант|选项|選項|選択肢|ข้อ|विकल्प|الخيار|선택지)\s*$/iu.test(
    before,
  );
}

/** Words after A or I that show it is a label; before any other word it is an article or a pronoun. */
const AFTER_LABEL = new RegExp(
  [
    '^(?:is|because|since|as|and|or|but|not|due|given|which|ist|weil|est|car|es|porque|è|é|perché|и|или|потому',
    String.raw`|wins|fits|seems)(?!\p{L})`,
  ].join(''),
  'u',
);

/** Words before letters that are not options: vitamin C, hepatitis B. */
const KINDS =
  /(?:vitamin|hepatitis|grade|type|group|plan|point|figure|section|team|class|appendix|influenza|block|zone)\s$/i;

function isWord(label: string, before: string, after: string): boolean {
  if (KINDS.test(before)) return true;
  if (label !== 'A' && label !== 'I') return false;
  const next = /^\s+(\p{L}.*)/su.exec(after)?.[1];
  return next !== undefined && !AFTER_LABEL.test(next);
}

/** Matches a denial right after a label, after quotes and brackets: "is not", "can be ruled out", "ではなく". */
const IS_WRONG = new RegExp(
  String.raw`^[\s"'”’)*\].:]*(?:${[
    String.raw`(?:\p{L}[\p{L} ]{0,20}?\s)?(?:is|was|are|seems|would be|ist|est|es|é)\s+(?:\p{L}+ly\s+` +
      String.raw`|also\s+)?(?:not|wrong|incorrect|false|out|too|falsch|faux|fausse|falso|falsa` +
      String.raw`|incorrect\p{L}*)(?!\p{L})`,
    String.raw`(?:\p{L}[\p{L} ]{0,20}?\s)?(?:isn['’]t|wasn['’]t|(?:can|could|may) be (?:eliminated|ruled ` +
      "out|excluded)|(?:can ?not|can['’]t) be)",
    String.raw`(?:incorrect|wrong|false|falsch|faux|неверн\p{L}*)(?!\p{L})`,
    '[❌✗✘✖]',
    'ではな|じゃな|不对|不對|不正确|错误|錯誤|不是|(?:이|가|은|는) ?아니',
  ].join('|')})`,
  'iu',
);
