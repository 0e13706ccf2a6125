import { plural } from '../../support/words/plural.js';
import { pageOf } from '../frame.js';
import { type Html, html } from '../markup.js';
import type { CardFacts } from './facts.js';
import type { CardLater } from './later.js';
import { leftOpen } from './left-open.js';
import { changes } from './sections/changes.js';
import { choices } from './sections/choices.js';
import { covered } from './sections/covered.js';
import { drift } from './sections/drift.js';
import { feedback } from './sections/feedback.js';
import { leftToFillIn } from './sections/left-to-fill-in.js';
import { limits } from './sections/limits.js';
import { promise } from './sections/promise.js';
import { provenance } from './sections/provenance.js';
import { purpose } from './sections/purpose.js';
import { quality } from './sections/quality.js';
import { signOff } from './sections/sign-off.js';

type Draw = (facts: CardFacts, later: CardLater | undefined) => Html;

/** The sections in the order of the page. Other pages link to their ids. */
export const cardSections: readonly { id: string; name: string; draw: Draw }[] = [
  { id: 'purpose', name: 'Purpose and owner', draw: purpose },
  { id: 'promise', name: 'Thresholds and promise', draw: promise },
  { id: 'covered', name: 'Covered and not covered', draw: covered },
  { id: 'quality', name: 'Quality', draw: quality },
  { id: 'choices', name: 'Calibrator and learner', draw: choices },
  { id: 'provenance', name: 'Provenance', draw: provenance },
  { id: 'limits', name: 'Limits', draw: limits },
  { id: 'drift', name: 'Drift', draw: drift },
  { id: 'feedback', name: 'Feedback', draw: feedback },
  { id: 'changes', name: 'Changes', draw: changes },
  { id: 'left-open', name: 'Left to fill in', draw: leftToFillIn },
  { id: 'sign-off', name: 'Sign-off', draw: signOff },
];

/**
 * card.html: the card of one version of a bundle, for people who approve it, as a page that loads nothing else.
 * Readable without script, in light and dark mode, on paper and on a phone. `later`: what became known after the bundle
 * was written. Source: Mitchell et al. 2019, "Model Cards".
 */
export function cardHtml(facts: CardFacts, later?: CardLater): string {
  const main = html`${head(facts, later)}
<nav aria-label="Contents">${cardSections.map(({ id, name }) => html`<a href="#${id}">${name}</a>`)}</nav>
${cardSections.map(({ draw }) => html`${draw(facts, later)}\n`)}`;
  return pageOf({ title: `${facts.subject}: card`, vouch: facts.versions.vouch ?? 'unknown' }, main);
}

function head(facts: CardFacts, later: CardLater | undefined): Html {
  const { subject, created, about, leaks } = facts;
  const open = leftOpen(facts, later).length;
  return html`<header id="top">
<p class="eyebrow">vouch card${about.version !== '' && ` · version ${about.version}`} · bundle of
<time datetime="${created}">${created.slice(0, 10)}</time>${
    later !== undefined && html` · as of <time datetime="${later.asOf}">${later.asOf}</time>`
  }</p>
<h1>How likely an answer is to be right: ${subject}</h1>
<p class="lead">This bundle predicts the probability that an answer of a language model is right, from recorded facts
about the answer (its signals). ${facts.how} It does not explain why an answer is right or wrong.</p>
${leaks.map((note) => html`<div class="alarm" role="note"><p><strong>Leak alarm</strong> ${note}</p></div>`)}
<p class="lead"><a href="#left-open">${open === 1 ? '1 entry is' : plural(open, 'entry is', 'entries are')} left to
fill in</a> by people.</p>
${later !== undefined && html`<p class="lead">SHA-256 of the manifest: <code>${later.digest}</code></p>`}
</header>`;
}
