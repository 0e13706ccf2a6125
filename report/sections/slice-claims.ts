import { section } from '../frame.js';
import { type Html, html } from '../markup.js';
import { chosenPercent, count, plural } from '../numbers.js';
import type { ReportData } from '../results.js';
import { claimTable, together } from './thresholds.js';

/** What could be promised slice by slice where decisions go by pattern; nothing where there are no slices to tell apart. */
export function sliceClaims(data: ReportData): Html | null {
  const claims = data.sliceClaims ?? [];
  if (claims.length === 0) return null;
  const certified = claims.filter(({ threshold }) => threshold !== null);
  const [{ alpha }] = claims;
  return section('slice-claims', 'What can be promised slice by slice', [
    html`<p>The promise at the top is about all answers of a pattern together: among those accepted, one model or task may err more than another. Tested alone, ${count(certified.length)} of ${plural(claims.length, 'slice')} can be given a threshold that keeps ${chosenPercent(alpha)} errors.</p>`,
    claimTable('A claim for each slice, with a threshold of its own', claims),
    html`<p class="note">${together(claims, {})} These thresholds decide nothing here; training with <code>--certify-by slice</code> makes decisions by them.</p>`,
  ]);
}
