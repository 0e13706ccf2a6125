import { isDenied } from '../text/answer-cues.js';
import { labelIn, labelPattern } from './options.js';

/** A label of an option in a text. */
export interface Mention {
  label: string;
  at: number;
  end: number;
  /** Written as a label: (C), C), **C**, option C. */
  marked: boolean;
  /** "not C", "C is wrong". */
  denied: boolean;
}

const patterns = new Map<string, RegExp>();

/** The labels that stand by themselves in a text, in order; the words "A" and "I" are none. */
export function mentionsIn(text: string, labels: string[]): Mention[] {
  const found = [...text.matchAll(patternOf(labels))].flatMap((match): Mention[] => {
    const label = labelIn(match[0], labels);
    const at = match.index;
    const end = at + match[0].length;
    const before = text.slice(0, at);
    const after = text.slice(end);
    const marked = isMarked(before, after);
    if (label === null || (!marked && isWord(label, after))) return [];
    return [{ label, at, end, marked, denied: isDenied(before) || IS_WRONG.test(after) }];
  });
  return found;
}

function patternOf(labels: string[]): RegExp {
  const inside = labelPattern(labels);
  let pattern = patterns.get(inside);
  if (pattern === undefined) {
    const glue = glueOf(labels[0]);
    pattern = new RegExp(
      String.raw`(?<![${glue}\p{M}])(?<!\d[.,])(?:${inside})(?![${glue}\p{M}]|[.,]\d|['’]\p{L})`,
      'gu',
    );
    patterns.set(inside, pattern);
  }
  return pattern;
}

/** What makes a longer word of a label beside it. */
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

/** What may follow A or I where it is a label; before any other word it is an article or a pronoun. */
const AFTER_LABEL =
  /^(?:is|because|since|as|and|or|but|not|due|given|which|ist|weil|est|car|es|porque|è|é|perché|и|или|потому|wins|fits|seems)(?!\p{L})/u;

function isWord(label: string, after: string): boolean {
  if (label !== 'A' && label !== 'I') return false;
  const next = /^\s+(\p{L}.*)/su.exec(after)?.[1];
  return next !== undefined && !AFTER_LABEL.test(next);
}

const IS_WRONG =
  /^[\s"'”’)*\].:]*(?:\p{L}[\p{L} ]{0,20}?\s)?(?:(?:is|was|are|seems|would be|ist|est|es|é)\s+(?:\p{L}+ly\s+|also\s+)?(?:not|wrong|incorrect|false|out|too|n['’]t|falsch|faux|fausse|falso|falsa|incorrect\p{L}*|невер\p{L}*)(?!\p{L})|isn['’]t|(?:can|could|may) be (?:eliminated|ruled out|excluded)|(?:can ?not|can['’]t) be)|^[\s"'”’)*\].:]*(?:(?:is\s+)?(?:incorrect|wrong|false|falsch)(?!\p{L})|ではな|じゃな|不对|不對|不正确|错误|錯誤|不是|(?:이|가|은|는) ?아니)/iu;
