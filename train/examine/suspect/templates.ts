import { PROMPT_BINS, SKETCH } from './fingerprint.js';

/** More questions than this must share a shingle before it counts as part of a template. */
const FEWEST = 20;

/**
 * Finds what many questions share because they were made from one template ("Is the following statement true?"): places
 * (bin, byte) of the prompts' sketches that occur in more than 20 questions and significantly more often than one of
 * 255 bytes would by chance (by five standard deviations). A similarity that rests on them says nothing about what is
 * asked.
 */
export function templatesOf(sketch: Uint8Array, questions: ArrayLike<number>): (bin: number, value: number) => boolean {
  const counts = new Uint32Array(PROMPT_BINS * 256);
  for (let q = 0; q < questions.length; q++) {
    const at = questions[q] * SKETCH;
    for (let bin = 0; bin < PROMPT_BINS; bin++) counts[bin * 256 + sketch[at + bin]]++;
  }
  const chance = questions.length / 255;
  const limit = Math.max(FEWEST, chance + 5 * Math.sqrt(chance));
  return (bin, value) => counts[bin * 256 + value] > limit;
}
