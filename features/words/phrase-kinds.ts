/** Kinds of phrases that the scanner counts, as indexes into `Words.phrases`. */
export const Phrase = { HEDGE: 0, REFUSAL: 1, CORRECTION: 2 } as const;
