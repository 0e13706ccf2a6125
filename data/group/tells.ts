import type { Turn } from './turns.js';

/**
 * Words that do not show what is asked: function words, greetings, assent, instructions, and names of the material they
 * refer to.
 */
const general = new Set(
  `a an the and or but if then so as at by for from in into of off on out over to up with about than too very also
  again more less
  i me my mine we us our you your yours he him his she her they them their it its this that these those there here
  is are was were be been being am do does did done doing have has had having will would can could shall should may
  might must
  who whom whose what which when where why how not no nor yes yeah yep ok okay sure right fine
  hi hello hey hiya howdy greetings good morning afternoon evening day dear bye goodbye thanks thank cheers welcome
  please kindly help need want like let lets get give go going come take make made making show tell say write list
  answer answers reply respond response question questions task query request problem following above below given
  provided
  text document documents doc article passage paragraph paragraphs page file files content context material input
  output system prompt
  message messages email mail post story code snippet data table image images picture photo pic audio video
  transcript conversation chat
  summarise summarize summary translate translation explain explanation describe description continue proceed next
  rewrite rephrase
  paraphrase improve fix correct shorten expand elaborate clarify classify extract analyse analyze review check read
  solve calculate
  compute complete finish generate create find identify determine decide choose select pick compare evaluate convert
  format
  one two three word words sentence sentences line lines point points key main topic idea ideas short shorter long
  longer brief briefly
  concise simple simpler simply better best clear clearer clearly detail details detailed step steps example examples
  only just
  s t d m ll re ve don doesn isn aren didn can won
  mean means meaning work works happen happens say says said
  well now today all any some each every other another same new first last
  hola gracias sí vale por favor bonjour salut merci oui non hallo guten tag danke bitte ja nein weiter ciao grazie
  sì olá obrigado sim
  привет спасибо да нет продолжай merhaba teşekkürler evet 你好 您好 谢谢 继续 请继续 总结 好的 こんにちは ありがとう はい 続けて 안녕하세요 네 계속`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Words that refer to something that is not in the turn. */
const POINTING = /\b(this|that|these|those|it|its|them|above|below|following)\b/i;
const ASKS = /[?？؟]|^\s*(who|whom|whose|what|which|when|where|why|how)\b/i;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** Scripts that are written without spaces. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
/** Characters per word in those scripts, roughly. */
const SIGNS = 3;
/** How many characters are searched; a longer turn is specific long before. */
const LOOKED_AT = 2000;

/** How much a turn says about what is asked. */
export const Tells = { NOTHING: 0, SUBJECT: 1, QUESTION: 2 } as const;
export type Tells = (typeof Tells)[keyof typeof Tells];

/**
 * How many content words a turn needs to say what is asked: if it refers to something else, if it asks a question, and
 * otherwise.
 */
const NEEDED = { POINTING: 4, ASKS: 1, ELSE: 2 };

/**
 * Whether a turn by itself says what is asked, so that two equal turns are the same question. "What is the capital of
 * Australia?" does; "Find me a hotel" only names its subject; "Hi" and "Answer the question." say nothing. Two content
 * words are enough, one in a question, four if the turn refers to something else. A turn with an image or sound always
 * does.
 */
export function tells({ text, media }: Turn): Tells {
  if (media.length > 0) return Tells.QUESTION;
  const head = text.slice(0, LOOKED_AT);
  const count = contentWords(head, NEEDED.POINTING);
  if (count === 0) return Tells.NOTHING;
  if (count >= NEEDED.POINTING) return Tells.QUESTION;
  const needed = POINTING.test(head) ? NEEDED.POINTING : ASKS.test(head) ? NEEDED.ASKS : NEEDED.ELSE;
  return count >= needed ? Tells.QUESTION : Tells.SUBJECT;
}

/** Counts different content words, and stops at `enough`: the start of a long turn is sufficient. */
function contentWords(text: string, enough: number): number {
  const seen = new Set<string>();
  let count = 0;
  for (const [match] of text.matchAll(WORD)) {
    const word = match.toLowerCase();
    if (general.has(word) || seen.has(word)) continue;
    seen.add(word);
    count += UNSPACED.test(word) ? Math.floor(word.length / SIGNS) : 1;
    if (count >= enough) break;
  }
  return count;
}
