import { lastBoxed, withoutLatex } from '../number/latex.js';
import { type Cue, cuesIn } from '../text/answer-cues.js';
import { type Mention, mentionsIn } from './mentions.js';
import { optionNamedIn } from './option-text.js';
import { labelIn, labelPattern, type Options, plainChoice, UNLISTED } from './options.js';

/**
 * The label of the option that an answer settles on, or null. In this order:
 * 1. the last \boxed{};
 * 2. the last statement that is not a denial: "the answer is C" in many languages, "I choose C", "C is correct", a last
 *    line "C", or the text of an option in such a place;
 * 3. the conclusion of the last sentence;
 * 4. the label that the answer begins with;
 * 5. the label that it ends with;
 * 6. the only label that is marked as one;
 * 7. the only option whose text it contains;
 * 8. the only label in running text.
 *
 * "A and C" is no choice.
 */
export function finalChoice(answer: string, options: Options = UNLISTED): string | null {
  const boxed = lastBoxed(answer);
  if (boxed !== null) return soleChoice(plainChoice(withoutLatex(boxed)), options);
  const text = plainChoice(answer);
  const mentions = mentionsIn(text, options.labels);
  const stated = lastStatement(text, mentions, options);
  if (stated !== undefined) return stated;
  const open = mentions.filter(({ denied }) => !denied);
  const isNumbered = /\d/.test(options.labels[0]);
  return (
    concluded(text, open, options) ??
    firstLabel(text, mentions, options) ??
    closingLabel(text, open) ??
    onlyLabel(open.filter(({ marked }) => marked)) ??
    optionNamedIn(text, options) ??
    (isNumbered || open.some(({ label }) => label === 'A' || label === 'I') ? null : onlyLabel(open))
  );
}

/** The choice in a text that consists only of it. */
function soleChoice(text: string, options: Options): string | null {
  const bare = new RegExp(String.raw`^[\s"'(*[]*(${labelPattern(options.labels)})[\s"')*\].:]*$`, 'iu').exec(text);
  if (bare !== null) return labelIn(bare[1], options.labels);
  const open = mentionsIn(text, options.labels).filter(({ denied }) => !denied);
  return onlyLabel(open) ?? (open.length > 0 ? null : optionNamedIn(text, options));
}

function onlyLabel(mentions: Mention[]): string | null {
  const labels = new Set(mentions.map(({ label }) => label));
  return labels.size === 1 ? mentions[0].label : null;
}

/** The label that the text ends with: "…, the longest is C." */
function closingLabel(text: string, mentions: Mention[]): string | null {
  const last = mentions.at(-1);
  if (last === undefined || !/^["'”)*\].!。\s]*$/.test(text.slice(last.end))) return null;
  return /(?<!\p{L})(?:is|are|leaves|remains|ist|est|es|é|è)[\s"'(*[]*$|[是为]$/u.test(
    text.slice(Math.max(0, last.at - 60), last.at),
  )
    ? alone(mentions, last)
    : null;
}

const CONCLUDES = new RegExp(
  [
    String.raw`(?<=^[\s*#>-]*|[,;:—]\s*(?:(?:and|but)\s+)?)(?:therefore|thus|hence|so|consequently|in ` +
      'conclusion|overall',
    '|however|actually|on reflection|daher|deshalb|folglich|donc|ainsi|entonces|por lo tanto|por tanto|portanto',
    String.raw`|quindi|dunque|поэтому|следовательно|значит|итак|따라서|그러므로)(?!\p{L})|因此|所以|综上|綜上|したがって|従って` +
      '|よって|ゆえに|ดังนั้น',
  ].join(''),
  'giu',
);
/** Matches what follows a label in a superlative: "C is the longest". */
const MOST = /^["'”)*\].:]*\s+(?:is|has)\s+(?:by far\s+)?the\s+(?:\p{L}+est|most|least|greatest|only)(?!\p{L})/iu;

/**
 * The one option that the last sentence concludes: "Therefore, the Nile is the longest", "however, C is the longest".
 */
function concluded(text: string, mentions: Mention[], options: Options): string | null {
  const sentence =
    text
      .trimEnd()
      .split(/(?<=[.!?])\s+|(?<=[。！？।])|\n/u)
      .at(-1) ?? '';
  const last = [...sentence.matchAll(CONCLUDES)].at(-1);
  if (last === undefined) return null;
  const tail = sentence.slice(last.index);
  const from = text.trimEnd().length - tail.length;
  const named = mentions.filter(({ at }) => at >= from);
  if (named.length > 0) return named.length === 1 && MOST.test(text.slice(named[0].end)) ? named[0].label : null;
  return optionNamedIn(tail, options);
}

/** A place where something is stated, and its label; null if it names several. */
interface Statement {
  at: number;
  label: string | null;
}

function lastStatement(text: string, mentions: Mention[], options: Options): string | null | undefined {
  const statements: Statement[] = cuesIn(text).flatMap((cue) => ofCue(text, cue, mentions, options) ?? []);
  mentions.forEach((mention, i) => {
    if (!mention.denied && isStated(text, mention, mentions[i + 1])) {
      statements.push({ at: mention.at, label: alone(mentions, mention) });
    }
  });
  for (const match of text.matchAll(SMALL_STATEMENT)) {
    const label = labelIn(match.groups?.word ?? match.groups?.mark ?? '', options.labels);
    if (label !== null) statements.push({ at: match.index, label });
  }
  const last = lastLine(text, options);
  if (last !== null) statements.push(last);
  statements.sort((a, b) => a.at - b.at);
  return statements.at(-1)?.label;
}

/** What may come between "the answer is" and a label. */
const ASIDE = new RegExp(
  [
    String.raw`^(?:[\s"'“‘(*[:：,_「『]|(?:the|option|choice|letter|answer|clearly|therefore|thus|indeed|probably|likely`,
    '|most|definitely|actually|still|only|not|but|rather|nicht|sondern|also|pas|mais|donc|no|sino|entonces|не|а',
    String.raw`|вариант|не|而是|不是|option|选项|選項|ข้อ)(?!\p{L})|(?<!\p{L})\p{L}(?!\p{L}))*$`,
  ].join(''),
  'iu',
);

function ofCue(text: string, cue: Cue, mentions: Mention[], options: Options): Statement | null {
  const { from, to, word, before } = cue;
  const within = (start: number) => mentions.filter(({ at, denied }) => at >= start && at < to && !denied);
  if (before) {
    const named = within(from).at(-1);
    if (named !== undefined) return { at: named.at, label: alone(mentions, named) };
  } else {
    const small = smallLabel(text.slice(from, to), options);
    if (small !== null) return { at: from, label: small };
    const named = within(word).find(({ at, marked }) => marked || isClose(text, cue, at));
    if (named !== undefined) return { at: named.at, label: alone(mentions, named) };
  }
  const sentence = text.slice(from, to);
  const clauses = sentence.split(/[,;(，；、]/);
  const nearest = optionNamedIn(clauses[before ? clauses.length - 1 : 0], options);
  const label = nearest ?? optionNamedIn(sentence, options);
  return label === null ? null : { at: from, label };
}

function isClose(text: string, { from, word }: Cue, at: number): boolean {
  const gap = text.slice(at < from ? word : from, at);
  return ASIDE.test(gap) || (!/[a-z]/i.test(gap) && gap.length <= 15);
}

/** The label in "Answer: c", if nothing follows. */
function smallLabel(sentence: string, { labels }: Options): string | null {
  const match = /^["'(*[]*(\p{Ll})["')*\]]*[\s.,;:!]*$|^["'(*[]*(\p{Ll})\)/u.exec(sentence);
  return match === null ? null : labelIn(match[1] ?? match[2], labels);
}

/** The label of a mention; null if "and", "or" or a comma joins it to another one. */
function alone(mentions: Mention[], mention: Mention): string | null {
  const i = mentions.indexOf(mention);
  const [before, next] = [mentions[i - 1], mentions[i + 1]];
  const isOne = (other: Mention | undefined) => other === undefined || other.denied;
  return (mention.joined && !isOne(next)) || (before?.joined && !isOne(before)) ? null : mention.label;
}

const PICKED = new RegExp(
  [
    '(?:choos(?:e|ing)|chose|pick(?:ed|ing)?|select(?:ed|ing)?|go(?:ing)? (?:with|for)|opt(?:ing)? for',
    '|settle on|wähle|choisis|elijo|escolho|scelgo|выбираю|选择|選擇|选|選' +
      String.raw`|选项为)\s*(?:the\s+)?(?:option|choice|answer`,
    String.raw`|letter|вариант)?[\s:："'“(*[]*$`,
  ].join(''),
  'iu',
);
const LIKELY = new RegExp(
  [
    "(?:(?:correct|right|best) (?:option|choice|letter|one)(?: is|:)|(?:option|choice) is|it['’]s|it is|it was",
    "|that['’]s|must be|should be|would be|has to be|actually|so|thus|therefore|hence|conclusion:?|(?:i",
    "|we)(?:['’]d| would)? say|guess(?: is|:)?|final(?: choice)?:|on (?:reflection|second thoughts?)|(?:^",
    String.raw`|[\n*#])\s*(?:final )?answer|also|donc|entonces|luego|quindi|portanto|значит|所以|因此|故)[\s,:，：]*(?:option`,
    String.raw`|choice|letter|is)?[\s"'“(*[]*$`,
  ].join(''),
  'iu',
);
const ENDS = /^["'”)*\]]*\s*(?:[.!,;。，]|\n|$)/;
const IS_RIGHT = new RegExp(
  [
    String.raw`^["'”)*\].:]*(?:[^.!?\n。]{0,60}?\s)?(?:is|was|are|must be|should be|ist|est|es|é|è)\s+(?:\p{L}+ly\s+`,
    String.raw`|therefore\s+|thus\s+|indeed\s+|the\s+|my\s+|our\s+|die\s+|der\s+|das\s+|la\s+|le\s+|el\s+`,
    String.raw`|a\s+)*(?:only\s+|best\s+)?(?:correct|right|true|answer|best|richtig|korrekt|bonne|vrai|juste|corret`,
    String.raw`|corrett)\p{L}*`,
  ].join(''),
  'iu',
);
const IS_RIGHT_GLUED = new RegExp(
  [
    String.raw`^["'”)*\].:]*\s*(?:correct(?!\p{L})|right[.!]|[^.!?\n。❌✗✘✖]{0,60}?[✅✔☑]` +
      String.raw`|[^.!?\n。]{0,10}?(?:正确|正確|が正解|が正しい`,
    '|이 정답|가 정답|верн|правильн))',
  ].join(''),
  'iu',
);

function isStated(text: string, { at, end }: Mention, next: Mention | undefined): boolean {
  const before = text.slice(Math.max(0, at - 60), at);
  const after = text.slice(end, Math.min(text.length, end + 120));
  if (/(?:不|没|沒|not|never|['’]t)\s*(?:\p{L}+\s*)?$/iu.test(before.replace(PICKED, ''))) return false;
  if (PICKED.test(before) && OTHERS.test(before)) return false;
  if (PICKED.test(before) || (LIKELY.test(before) && ENDS.test(after))) return true;
  const right = IS_RIGHT.exec(after) ?? IS_RIGHT_GLUED.exec(after);
  return right !== null && !(next !== undefined && next.at < end + right[0].length);
}

/** Matches what other people choose: "a common mistake is to choose D", "it is tempting to pick D". */
const OTHERS =
  /(?<!\p{L})(?:mistake|error|trap|tempt\p{L}*|wrongly|some(?:one)?|many|others|students|people)(?!\p{L})[^.!?\n]*$/iu;

/** Matches "The correct option is (c)", "so c)". */
const SMALL_STATEMENT = new RegExp(
  [
    String.raw`(?<!\p{L})(?:(?:option|choice|letter|answer)\s*(?:is` +
      String.raw`|:)?\s*["'(*[]*(?<word>\p{Ll})(?=["')*\].,;!]|\s*$|\n)`,
    String.raw`|(?:so|thus|hence|therefore|choose|pick|select|go with),?\s+\(?(?<mark>\p{Ll})\)(?=[\s.,;!*]*(?:$|\n)))`,
  ].join(''),
  'giu',
);

/** A last line that consists of a label. */
function lastLine(text: string, { labels }: Options): Statement | null {
  const match = new RegExp(String.raw`(?:^|\n)[ \t"'(*[]*(${labelPattern(labels)})[\s"')*\].]*$`, 'iu').exec(text);
  const label = match === null ? null : labelIn(match[1], labels);
  return match === null || label === null ? null : { at: match.index, label };
}

/** The label that an answer begins with, unless the answer discusses the options one by one. */
function firstLabel(text: string, mentions: Mention[], { labels }: Options): string | null {
  const inside = labelPattern(labels);
  const match = new RegExp(
    String.raw`^[\s"'(*[]*(?:option\s+|choice\s+)?(?:(${inside})["'*]*\s*(?:[)\].:、,;–—-]|\n|$)` +
      String.raw`|(${inside.toLowerCase()})[)\].:])`,
    'u',
  ).exec(text);
  if (match === null) return null;
  const label = labelIn(match[1] ?? match[2], labels);
  const lines = mentions.filter(({ at, marked }) => marked && /(?:^|\n)[\s(*>[-]*$/.test(text.slice(0, at)));
  if (label === labels[0] && new Set(lines.map((mention) => mention.label)).size > 1) return null;
  const first = mentions.find((mention) => mention.label === label);
  return first?.denied ? null : label;
}
