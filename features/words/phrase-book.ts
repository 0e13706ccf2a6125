import { foldedHash } from './fold.js';
import { Phrase } from './phrase-kinds.js';

/**
 * Phrases that show doubt, refusal or self-correction, spelled as the scanner folds words (without apostrophes).
 * English.
 */
const book: [number, string][] = [
  [
    Phrase.HEDGE,
    `i think|i believe|i guess|i suppose|i assume|i would say|probably|maybe|perhaps|possibly|might be|may be|
    could be|may have|might have|could have|likely|presumably|apparently|seem|appears to|it appear|not sure|
    unsure|uncertain|unclear|not certain|not entirely|not completely|as far as i know|to my knowledge|
    to the best of my|if i recall|i recall|i am guessing|roughly|approximately|or so|some source|depending on|
    it depend|it is possible|it is difficult to|hard to say|more or less|in some case|not necessarily|debated|
    disputed|rumored|reportedly|allegedly|supposedly|believed to|thought to be|estimated|potentially`,
  ],
  [
    Phrase.REFUSAL,
    `im sorry|i am sorry|sorry but|i apologize|my apologies|i cannot|i cant|i can not|i am unable|im unable|
    i do not know|i dont know|i do not have|i dont have|i have no|dont know|do not know|couldnt find|
    could not find|cannot find|cant find|did not find|didnt find|not find any|couldnt locate|could not locate|
    no result|no information|not enough information|missing some information|insufficient information|
    no specific information|question seem|more context|additional context|not mentioned|not specified|
    not provided|not stated|not clear|is unknown|not known|not available|not familiar|as an ai|
    as a language model|i am not aware|im not aware|not aware of|no record|no evidence|there is no|there are no|
    there was no|there were no|there isnt|cannot be determined|cannot determine|cannot answer|cant answer|
    cannot provide|please provide|please clarify|please specify|could you please|can you please|not a valid|
    does not exist|doesnt exist|never existed|knowledge cutoff|none of the above|unanswerable|i am not sure|
    im not sure`,
  ],
  [
    Phrase.CORRECTION,
    `wait|hmm|actually|let me re|let me check|let me double|let me verify|double check|recheck|on second thought|
    correction|scratch that|i made a mistake|i made an error|that is not right|thats not right|that isnt right|
    that is wrong|thats wrong|alternatively|no that|hold on|however|but wait|reconsider|going back|start over|
    try again|oops|mistake|instead`,
  ],
];

interface Entry {
  words: Int32Array;
  kind: number;
}

const byFirst = new Map<number, Entry[]>();
for (const [kind, text] of book) {
  for (const phrase of text.split('|')) {
    const words = Int32Array.from(phrase.trim().split(/\s+/), foldedHash);
    const list = byFirst.get(words[0]);
    if (list === undefined) byFirst.set(words[0], [{ words, kind }]);
    else list.push({ words, kind });
  }
}

/** The hashes of the first words of phrases. */
export function phraseStarts(): Iterable<number> {
  return byFirst.keys();
}

/** Counts the phrases that begin at word `at` in `counts[kind]`, at most one of each kind. */
export function countPhrasesAt(ids: Int32Array, at: number, n: number, counts: Int32Array): void {
  const entries = byFirst.get(ids[at]);
  if (entries === undefined) return;
  let seen = 0;
  for (const { words, kind } of entries) {
    if (at + words.length > n || (seen & (1 << kind)) !== 0) continue;
    let k = 1;
    while (k < words.length && words[k] === ids[at + k]) k++;
    if (k < words.length) continue;
    counts[kind]++;
    seen |= 1 << kind;
  }
}
