import { plural } from '../../support/words/plural.js';
import { section } from '../frame.js';
import { type Html, html } from '../markup.js';
import { chosenPercent, count } from '../numbers.js';
import type { ReportData } from '../results.js';
import { claimTable, together } from './thresholds.js';

/** What could be promised for each slice where decisions are made by pattern; null if there are no slices. */
export function sliceClaims(data: ReportData): Html | null {
  const claims = data.sliceClaims ?? [];
  if (claims.length === 0) return null;
  const certified = claims.filter(({ threshold }) => threshold !== null);
  const [{ alpha }] = claims;
  return section('slice-claims', 'What can be promised for each slice', [
    html`<p>The promise at the top is about all answers of a pattern together: among the accepted answers, one model or
task
may have more errors than another. Tested separately, ${count(certified.length)} of ${plural(claims.length, 'slice')}
can be
given a threshold with at most ${chosenPercent(alpha)} errors.</p>`,
    claimTable('The claim for each slice, with its own threshold', claims),
    html`<p class="note">${together(claims, {})} vouch does not use these thresholds for decisions;
train with <code>--certify-by slice</code> to use them.</p>`,
  ]);
}
