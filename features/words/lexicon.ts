import { Flag } from './flags.js';
import { foldedHash } from './fold.js';
import { slotOf } from './hash.js';
import { phraseStarts } from './phrase-book.js';
import { auxiliaryWords, interrogativeWords, numberNouns } from './question-words.js';

/**
 * The few hundred English words that the signals know: function words, yes and no, negations, number words. All words
 * of other languages count as content words. Number words and Roman numerals have the hash of their digits, so that
 * "World War Two" and "World War II" equal "World War 2".
 */
const articles = 'a an the';
const functionWords = `of in on at to for from by with as and or but if then than that this these those there
  here is are was were be been being am do does did done has have had having will would
  can could shall should may might must it its he she they them his her hers him their
  theirs we us our you your i me my mine who whom whose which what when where why how so
  such very just about into over under between after before during through up down out
  off again once only own same too more most other some any each both few all one also
  known called named while because since until although though within without upon per
  via thats its im ive ill id hes shes theyre youre weve theyve whats lets let us`;
const frameWords = 'answer option choice question statement claim following final correct solution';
const yes = 'yes true yeah yep correct';
const no = 'no false nope incorrect untrue';
const negations = `no not never none neither nor cannot without dont doesnt didnt isnt arent wasnt werent
  wont cant couldnt wouldnt shouldnt hasnt havent hadnt aint nothing nobody nowhere`;
const ranks = `first last most least best worst largest biggest greatest smallest highest lowest
  tallest longest shortest oldest youngest earliest latest fastest deepest second third
  final only main`;
const numberWords =
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
  seventeen eighteen nineteen twenty`.split(/\s+/);
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const roman = ['ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii', 'xiii', 'xiv', 'xv', 'xvi'];

const PLACES = 2048;
const keys = new Int32Array(PLACES);
const flags = new Int32Array(PLACES);
const aliases = new Int32Array(PLACES);
const used = new Uint8Array(PLACES);

function place(hash: number): number {
  let at = slotOf(hash, PLACES - 1);
  while (used[at] && keys[at] !== hash) at = (at + 1) & (PLACES - 1);
  return at;
}

function enter(hash: number, bits: number, alias = hash): void {
  const at = place(hash);
  if (!used[at] || alias !== hash) aliases[at] = alias;
  used[at] = 1;
  keys[at] = hash;
  flags[at] |= bits;
}

function enterAll(words: string, bits: number): void {
  for (const word of words.split(/\s+/)) enter(foldedHash(word), bits);
}

enterAll(articles, Flag.ARTICLE | Flag.STOP);
enterAll(functionWords, Flag.STOP);
enterAll(frameWords, Flag.STOP | Flag.FRAME);
enterAll(yes, Flag.YES);
enterAll(no, Flag.NO);
enterAll(negations, Flag.NEGATION | Flag.STOP);
enterAll(ranks, Flag.RANK);
enterAll([...Object.values(interrogativeWords), auxiliaryWords, numberNouns, 'or'].join(' '), Flag.ASK);
for (const [value, word] of numberWords.entries()) {
  enter(foldedHash(word), word === 'one' ? 0 : Flag.NUMBER, foldedHash(String(value)));
}
for (const [i, word] of tens.entries()) enter(foldedHash(word), Flag.NUMBER, foldedHash(String(20 + 10 * i)));
for (const [i, word] of roman.entries()) if (word.length > 1) enter(foldedHash(word), 0, foldedHash(String(i + 2)));
for (const hash of phraseStarts()) enter(hash, Flag.PHRASE);

/** The index of a word in the lexicon, −1 for an unknown word. */
export function lexiconAt(hash: number): number {
  let at = slotOf(hash, PLACES - 1);
  for (; used[at]; at = (at + 1) & (PLACES - 1)) if (keys[at] === hash) return at;
  return -1;
}

/** The flags of the word at an index of the lexicon. */
export function lexiconFlags(at: number): number {
  return flags[at];
}

/** The hash that identifies the word at an index of the lexicon: that of its digits for number words, else its own. */
export function lexiconAlias(at: number): number {
  return aliases[at];
}
