import { inTurns } from '../../work/in-turns.js';
import { withoutKey } from './edit-json.js';
import { type ServerEvent, withData } from './events.js';

/** How a text that names the key must look: it may be written with escapes. */
const NAMED = /vouch|\\u00/i;

/**
 * JSON text without a `vouch` field at its top: only this gateway says such. Null where it holds none, or is no object; what
 * other parsers read as JSON (bare NaN, say) counts as well.
 */
export async function unclaimedText(text: string): Promise<string | null> {
  if (!NAMED.test(text) || !/^\s*\{/.test(text)) return null;
  try {
    const own = await inTurns(withoutKey(text, 'vouch'));
    return own === text ? null : own;
  } catch (error) {
    if (error instanceof SyntaxError) return null; // no JSON that anybody reads
    throw error;
  }
}

/** The event without such a field in its data. */
export async function unclaimedEvent(event: ServerEvent): Promise<ServerEvent> {
  const own = event.data === null ? null : await unclaimedText(event.data);
  return own === null ? event : withData(event, own);
}
