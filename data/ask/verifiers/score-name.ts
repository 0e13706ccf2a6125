/** Names of verifiers and of their scores: letters, digits, `_`, `-` and `.`, beginning with a letter. */
export const SCORE_NAME = /^[A-Za-z][\w.-]{0,63}$/;
