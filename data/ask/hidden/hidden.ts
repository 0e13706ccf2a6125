import type { Message } from '../../record.js';
import type { ClientCounts } from '../endpoint/client.js';

/**
 * Gives the vector of one answer: `turns` are the messages before it, `plain` their text where no template is known.
 */
export interface Hidden {
  /** The name of the vector in `embeddings`. */
  readonly name: string;
  /** Those of this run. */
  readonly counts: Readonly<Pick<ClientCounts, 'requests' | 'retries'>>;
  vector(turns: readonly Message[], plain: string, answer: string): Promise<number[]>;
}
