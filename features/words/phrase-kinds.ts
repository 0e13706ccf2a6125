/** Kinds of phrases the scanner counts, as places in `Words.phrases`. */
export const Phrase = { HEDGE: 0, REFUSAL: 1, CORRECTION: 2 } as const;
