import { section } from '../../frame.js';
import { type Html, html } from '../../markup.js';

const fields = [
  'Decision (approved, approved with conditions, refused)',
  'Conditions',
  'Name and role',
  'Date',
  'Signature',
];

/** Lines for the people who approve the bundle. */
export function signOff(): Html {
  return section('sign-off', 'Sign-off', [
    html`<p>Fill in a printed copy, or a copy that is kept outside of the bundle: if a file of the bundle changes, vouch
refuses the bundle as damaged. To approve the bundle itself, sign it with <code>vouch sign</code>.</p>`,
    html`<dl class="entries open">${fields.map((name) => html`<div><dt>${name}</dt><dd>&nbsp;</dd></div>`)}</dl>`,
  ]);
}
