import type { Html } from '../../report/markup.js';
import { placeShown } from '../../store/open.js';
import type { Setting } from '../asked.js';
import { shell } from './page.js';

/** A run of the monitor over the store of the service, as a line of shell. It has no password. */
export function monitorLine({ place }: Pick<Setting, 'place'>, more: string): Html {
  return shell(`vouch monitor --store ${quoted(placeShown(place))} --model BUNDLE --state monitor.json ${more}`.trim());
}

/** A word that a shell reads as it is written. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
