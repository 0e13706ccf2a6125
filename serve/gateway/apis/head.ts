import type { Fields } from '../../../data/check-value.js';

/** What every chunk of a stream says of the whole. */
const KEYS = ['id', 'created', 'model'] as const;

/** Takes over what a chunk says; nothing said (`""`, 0, null: Azure's first chunk) never stands in the way of what comes later. */
export function addHead(head: Fields, chunk: Fields): void {
  for (const key of KEYS) if (chunk[key]) head[key] ||= chunk[key];
}
