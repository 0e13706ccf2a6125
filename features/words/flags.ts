/** What is known of a word beside its hash: bits, so that one number a word holds them. */
export const Flag = {
  /** Begins with a digit, or is a number word. */
  NUMBER: 1,
  /** Has an upper-case letter and is no function word: a name, an acronym, or a word that begins a sentence. */
  NAME: 2,
  /** First of a sentence. */
  START: 4,
  /** A function word or one of the words every answer uses ("answer", "correct"): carries no content. */
  STOP: 8,
  ARTICLE: 16,
  /** Says yes or true. */
  YES: 32,
  /** Says no or false. */
  NO: 64,
  NEGATION: 128,
  /** May begin a phrase of the phrase book. */
  PHRASE: 256,
  /** One of the words that frame an answer: answer, option, statement. */
  FRAME: 512,
  /** May ask for something, or joins what is asked: who, how, is, or. */
  ASK: 1024,
  /** Ranks things: first, most, largest. */
  RANK: 2048,
} as const;
