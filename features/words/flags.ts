/** What is known about a word in addition to its hash, as bits of one number. */
export const Flag = {
  /** Begins with a digit, or is a number word. */
  NUMBER: 1,
  /** Has an upper-case letter and is not a function word: a name, an acronym, or the first word of a sentence. */
  NAME: 2,
  /** The first word of a sentence. */
  START: 4,
  /** A function word, or a word that every answer uses ("answer", "correct"). All other words are content words. */
  STOP: 8,
  ARTICLE: 16,
  /** Says yes or true. */
  YES: 32,
  /** Says no or false. */
  NO: 64,
  NEGATION: 128,
  /** May begin a phrase of the phrase book. */
  PHRASE: 256,
  /** A word that introduces an answer: answer, option, statement. */
  FRAME: 512,
  /** A word that questions are made of: who, how, is, or. */
  ASK: 1024,
  /** Ranks things: first, most, largest. */
  RANK: 2048,
} as const;
