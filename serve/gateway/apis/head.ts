import type { Fields } from '../../../data/check-value.js';

/** What every chunk of a stream says about the whole response. */
const KEYS = ['id', 'created', 'model'] as const;

/** Copies the head of a chunk. Empty values (`""`, 0, null: Azure's first chunk) never block later ones. */
export function addHead(head: Fields, chunk: Fields): void {
  for (const key of KEYS) if (chunk[key]) head[key] ||= chunk[key];
}
