/**
 * The most bytes of a request (in the gateway, with its answer) that are read and scored on the event loop. Longer ones
 * go to a thread. A text of this length takes some milliseconds, and 20 at most (an answer that consists of equations).
 * An answer of 250 tokens with 5 alternatives takes 1.
 */
export const LONG = 1 << 16;
