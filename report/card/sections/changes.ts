import { type Column, section, table } from '../../frame.js';
import { type Html, html, type Part } from '../../markup.js';
import { chosenPercent, count, cutoff, percent } from '../../numbers.js';
import { metricWords } from '../../words.js';
import type { Changed, ChangedClaim, Changes, ClaimTerms, Exchanged } from '../changes.js';
import type { CardFacts } from '../facts.js';
import type { CardLater } from '../later.js';
import { factList } from './fact-list.js';

/** What differs from the previous version. */
export function changes(_facts: CardFacts, later: CardLater | undefined): Html {
  const found = later?.changes;
  if (found === undefined) {
    return section(
      'changes',
      'Changes since the last version',
      html`<p class="empty">Not in this card: no previous version was named. Give it to
<code>vouch evidence --previous</code>.</p>`,
    );
  }
  return section('changes', 'Changes since the last version', [
    html`<p>The previous version was made on <time datetime="${found.created}">${found.created.slice(0, 10)}</time>. The
SHA-256 of its manifest is <code>${found.previous}</code>.</p>`,
    metrics(found),
    factList([
      ['Labelled answers', `${count(found.answers.before)} before, ${count(found.answers.after)} now`],
      ['Questions', `${count(found.questions.before)} before, ${count(found.questions.after)} now`],
      ['Models', exchanged(found.models)],
      ['Tasks', exchanged(found.tasks)],
      ['Signals', exchanged(found.signals)],
    ]),
    claims(found.claims),
    values('Predictor', found.predictor),
    values('Options', found.options),
  ]);
}

function metrics({ metrics: rows, sameData }: Changes): Html {
  const columns: Column<(typeof rows)[number]>[] = [
    { head: 'Measure', content: ({ name }) => metricWords[name].label },
    { head: 'Before', kind: 'number', content: ({ name, before }) => metricWords[name].show(before) },
    { head: 'Now', kind: 'number', content: ({ name, after }) => metricWords[name].show(after) },
    { head: 'Difference', kind: 'number', content: ({ name, difference }) => metricWords[name].difference(difference) },
  ];
  return html`${table('Quality', columns, rows)}
<p class="note">${
    sameData
      ? 'Both versions were made from the same ids and labels.'
      : 'The two versions were measured on different answers, so a difference may come from the answers.'
  } A comparison on the same new answers, with intervals: <code>vouch evaluate --against</code>.</p>`;
}

function claims(rows: readonly ChangedClaim[]): Html {
  if (rows.length === 0) return html`<p>The claims are the same.</p>`;
  return table(
    'Claims that differ',
    [
      { head: 'Claim', content: ({ id }) => html`<code>${id}</code>` },
      { head: 'Before', content: ({ before }) => terms(before) },
      { head: 'Now', content: ({ after }) => terms(after) },
    ],
    rows,
  );
}

function terms(claim: ClaimTerms | null): Part {
  if (claim === null) return 'was not there';
  const { threshold, alpha, delta, coverage } = claim;
  const goal = `at most ${chosenPercent(alpha)} errors, ${chosenPercent(1 - delta)} confidence`;
  return threshold === null
    ? `not certified (${goal})`
    : `accept at ≥ ${cutoff(threshold)}: ${percent(coverage)} of answers, ${goal}`;
}

function values(caption: string, rows: readonly Changed[]): Html {
  if (rows.length === 0) return html`<p>${caption}: no change.</p>`;
  return table(
    `${caption}: what differs`,
    [
      { head: 'Name', content: ({ name }) => html`<code>${name}</code>` },
      { head: 'Before', content: ({ before }) => (before === null ? 'was not there' : html`<code>${before}</code>`) },
      { head: 'Now', content: ({ after }) => (after === null ? 'is not there' : html`<code>${after}</code>`) },
    ],
    rows,
  );
}

function exchanged({ added, removed }: Exchanged): Part {
  if (added.length + removed.length === 0) return 'the same';
  const list = (what: string, names: readonly string[]) =>
    names.length > 0 && html`${what}: ${names.map((name, i) => html`${i > 0 && ', '}<code>${name}</code>`)}`;
  return [list('added', added), added.length > 0 && removed.length > 0 && '; ', list('removed', removed)];
}
