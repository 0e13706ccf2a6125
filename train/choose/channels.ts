import type { EmbeddingsFit } from '../learn/embeddings/embeddings.js';
import type { Extra } from '../learn/sheet.js';
import type { WordsFit } from '../learn/text/words.js';

/** Which channels a fit reads besides the signals: the text channel, the embedding channel. */
export interface Channels {
  words: boolean;
  embeddings: boolean;
}

/** In the order in which cross-fitting decides about them. */
export const channelNames = ['words', 'embeddings'] as const satisfies (keyof Channels)[];

/** The fitted channels that a fit reads; null if it does not read one. */
export interface ChannelFits {
  words: WordsFit | null;
  embeddings: EmbeddingsFit | null;
}

/** The logits of the fitted channels as further columns. */
export function extraOf(fits: ChannelFits): Extra {
  return channelNames.flatMap((name) => {
    const fit = fits[name];
    return fit === null ? [] : [{ name, column: fit.column }];
  });
}

/** A text for channels, the same for the same channels. */
export function channelKey({ words, embeddings }: Channels): string {
  return `${words} ${embeddings}`;
}
