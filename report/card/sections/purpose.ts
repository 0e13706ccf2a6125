import { section } from '../../frame.js';
import { type Html, html } from '../../markup.js';
import { aboutFields } from '../about.js';
import type { CardFacts } from '../facts.js';
import { factList, NOT_STATED } from './fact-list.js';

/** What the bundle is for, and who is responsible, as far as anybody stated it. */
export function purpose({ about }: CardFacts): Html {
  const rows = aboutFields.map(({ key, label, option }): [string, Html | string] => [
    label,
    about[key] === '' ? html`${NOT_STATED} <small>(<code>${option}</code>)</small>` : about[key],
  ]);
  return section('purpose', 'Purpose and owner', factList(rows));
}
