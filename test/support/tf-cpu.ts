import { openBackend } from '../../train/backend/ladder.js';

/** tfjs on plain JavaScript: exact enough for gradients, the same on every machine. */
export const { tf } = await openBackend('cpu');
