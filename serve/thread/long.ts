/**
 * Bytes of a request (with the answer, in the gateway) that are still read and scored on the event loop. Longer ones go to a thread.
 * So long a text takes some milliseconds of work, and 20 at most (an answer that is all equations); an answer of 250 tokens with 5
 * alternatives takes 1.
 */
export const LONG = 1 << 16;
