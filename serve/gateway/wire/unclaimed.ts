import { inTurns } from '../../work/in-turns.js';
import { withoutKey } from './edit-json.js';
import { type ServerEvent, withData } from './events.js';

/** A text without this pattern cannot contain the key, which may be written with escapes. */
const NAMED = /vouch|\\u00/i;

/**
 * JSON text without a `vouch` field at its top level, because only this gateway may write one. Null if there is none,
 * or if the text is not an object. Text that only other parsers read as JSON (bare NaN, for example) counts, too.
 */
export async function unclaimedText(text: string): Promise<string | null> {
  if (!NAMED.test(text) || !/^\s*\{/.test(text)) return null;
  try {
    const own = await inTurns(withoutKey(text, 'vouch'));
    return own === text ? null : own;
  } catch (error) {
    if (error instanceof SyntaxError) return null; // no parser reads this as JSON
    throw error;
  }
}

/** The event without such a field in its data. */
export async function unclaimedEvent(event: ServerEvent): Promise<ServerEvent> {
  const own = event.data === null ? null : await unclaimedText(event.data);
  return own === null ? event : withData(event, own);
}
