import { plural } from '../../support/words/plural.js';
import { factList } from '../card/sections/fact-list.js';
import { pageOf, section, table } from '../frame.js';
import { type Html, html } from '../markup.js';
import { count, percent } from '../numbers.js';
import type { ArtefactKey } from './artefacts.js';
import { mapping, NO_CLAIM } from './mapping.js';
import { mappingTable } from './mapping-table.js';

/** A file of an evidence folder, for its list of contents. */
export interface ListedFile {
  path: string;
  says: string;
  bytes: number;
  sha256: string;
}

/** What index.html shows. */
export interface EvidenceFacts {
  subject: string;
  /** The date that the folder states: YYYY-MM-DD. */
  asOf: string;
  /** Version of vouch that made the folder. */
  vouch: string;
  created: string;
  digest: string;
  /** What a reader should look at first, in sentences. */
  attention: readonly string[];
  /** Status of the signature, in a sentence. */
  signature: string;
  /** How many reference rows were computed again and agreed. */
  golden: number;
  store: {
    rows: number;
    redacted: number;
    first: number;
    head: { seq: number; hash: string };
    findings: readonly { seq: number; table: string; what: string }[];
    /** Answers of this bundle in the store, and how many were drawn for the sample. */
    answers: number;
    drawn: number;
  } | null;
  evaluations: readonly {
    path: string;
    answers: number;
    groups: number;
    promises: readonly { claim: string; verdict: string; error: number | null; alpha: number }[];
  }[];
  present: ReadonlySet<ArtefactKey>;
  files: readonly ListedFile[];
}

const sections: readonly { id: string; name: string; draw: (facts: EvidenceFacts) => Html }[] = [
  { id: 'first', name: 'Look at this first', draw: first },
  { id: 'checked', name: 'What was checked', draw: checked },
  { id: 'evaluations', name: 'Evaluations', draw: evaluations },
  { id: 'mapping', name: 'Mapping', draw: mapped },
  { id: 'contents', name: 'Contents', draw: contents },
  { id: 'verify', name: 'Check this folder', draw: verify },
];

/** index.html of an evidence folder: one page that loads nothing else. */
export function evidenceHtml(facts: EvidenceFacts): string {
  const main = html`<header id="top">
<p class="eyebrow">vouch evidence · as of <time datetime="${facts.asOf}">${facts.asOf}</time></p>
<h1>Evidence on one bundle: ${facts.subject}</h1>
<p class="lead">This folder holds what vouch measured and recorded about one version of a bundle: the card, the report,
the manifest, and what was added since. It was made by vouch ${facts.vouch}.</p>
<p class="lead">The bundle was made on <time datetime="${facts.created}">${facts.created.slice(0, 10)}</time>. The SHA-256
of its manifest is <code>${facts.digest}</code>.</p>
<p class="lead"><a href="card.html">Read the card</a>, then the <a href="bundle/report.html">report</a>.</p>
</header>
<nav aria-label="Contents">${sections.map(({ id, name }) => html`<a href="#${id}">${name}</a>`)}</nav>
${sections.map(({ draw }) => html`${draw(facts)}\n`)}`;
  return pageOf({ title: `${facts.subject}: evidence as of ${facts.asOf}`, vouch: facts.vouch }, main);
}

function first({ attention }: EvidenceFacts): Html {
  return section(
    'first',
    'Look at this first',
    attention.length === 0
      ? html`<p>Nothing stands out.</p>`
      : html`<ul class="warnings">${attention.map((line) => html`<li>${line}</li>`)}</ul>`,
  );
}

function checked({ signature, golden, store }: EvidenceFacts): Html {
  return section('checked', 'What was checked when this folder was made', [
    factList([
      ['Files of the bundle', 'each has the SHA-256 that the manifest states'],
      ['Reference rows', `${plural(golden, 'row')} of golden.json computed again, with the expected results`],
      ['Signature', signature],
      ['Log (hash chain)', store === null ? 'no store was given' : chainWords(store)],
      ...(store === null
        ? []
        : [
            ['End of the log', html`<code>${store.head.seq}:${store.head.hash}</code>`] as const,
            [
              'Sample of decisions',
              store.drawn === 0
                ? 'the store has no answer of this bundle'
                : `${plural(store.drawn, 'id')} drawn at random from ${plural(store.answers, 'answer')} of this bundle`,
            ] as const,
          ]),
    ]),
    store !== null &&
      store.findings.length > 0 &&
      table(
        'Places at which the log is broken',
        [
          { head: 'Row', content: ({ seq }) => seq },
          { head: 'Of', content: ({ table: name }) => name },
          { head: 'What', content: ({ what }) => what },
        ],
        store.findings,
      ),
  ]);
}

function chainWords({ rows, redacted, first: from, findings }: NonNullable<EvidenceFacts['store']>): string {
  const parts = [
    `${plural(rows, 'row')} computed again`,
    ...(redacted > 0 ? [`${count(redacted)} of them with deleted content`] : []),
    ...(from > 1 ? [`rows before row ${count(from)} were removed by a retention rule`] : []),
  ];
  const verdict = findings.length === 0 ? 'no row was changed' : 'THE CHAIN IS BROKEN';
  return `${verdict}: ${parts.join(', ')}`;
}

/** A row of the table of evaluations; without a promise there is one row for the whole evaluation. */
type JudgedPromise = Omit<EvidenceFacts['evaluations'][number], 'promises'> & {
  promise: EvidenceFacts['evaluations'][number]['promises'][number] | null;
};

function evaluations({ evaluations: found }: EvidenceFacts): Html {
  if (found.length === 0) {
    return section(
      'evaluations',
      'Evaluations on new answers',
      html`<p class="empty">None was given. Run <code>vouch evaluate --out FILE</code>, then <code>vouch evidence
--evaluation FILE</code>.</p>`,
    );
  }
  const rows = found.flatMap(({ promises, ...each }): JudgedPromise[] =>
    promises.length === 0 ? [{ ...each, promise: null }] : promises.map((promise) => ({ ...each, promise })),
  );
  return section(
    'evaluations',
    'Evaluations on new answers',
    table(
      'Whether the promises were kept',
      [
        { head: 'File', content: ({ path }) => html`<a href="${path}">${path}</a>` },
        { head: 'Answers', kind: 'number', content: ({ answers }) => count(answers) },
        { head: 'Questions', kind: 'number', content: ({ groups }) => count(groups) },
        { head: 'Claim', content: ({ promise }) => promise?.claim ?? 'nothing is promised' },
        { head: 'Verdict', content: ({ promise }) => promise?.verdict ?? '' },
        { head: 'Wrong', kind: 'number', content: ({ promise }) => percent(promise?.error) },
        { head: 'Promised', kind: 'number', content: ({ promise }) => (promise ? `≤ ${percent(promise.alpha)}` : '') },
      ],
      rows,
    ),
  );
}

function mapped({ present }: EvidenceFacts): Html {
  return section('mapping', 'Which file helps with which paragraph', [
    NO_CLAIM.map((line) => html`<p>${line}</p>`),
    mapping.map((framework) => mappingTable(framework, present)),
  ]);
}

function contents({ files }: EvidenceFacts): Html {
  return section('contents', 'Contents', [
    table(
      'Files of this folder',
      [
        { head: 'File', content: ({ path }) => html`<a href="${path}">${path}</a>` },
        { head: 'What it is', content: ({ says }) => says },
        { head: 'Bytes', kind: 'number', content: ({ bytes }) => count(bytes) },
        { head: 'SHA-256', content: ({ sha256 }) => html`<code>${sha256}</code>` },
      ],
      files,
    ),
    html`<p class="note">Not in the list: this page, <code>evidence.json</code> (the same facts for machines), and
<code>SHA256SUMS</code>, which has the hash of every other file. The model itself, <code>model.onnx</code>, is not
copied; the manifest has its SHA-256.</p>`,
  ]);
}

function verify({ digest, store }: EvidenceFacts): Html {
  return section('verify', 'Check this folder yourself', [
    html`<p>Files of this folder: <code>sha256sum -c SHA256SUMS</code>. It finds damage. Against changes on purpose, keep the
SHA-256 of <code>SHA256SUMS</code> in another place.</p>`,
    html`<p>The bundle: <code>vouch evaluate ANSWERS --model BUNDLE --digest ${digest}</code> refuses any other bundle.</p>`,
    store !== null &&
      html`<p>The log: <code>vouch audit --verify --store STORE --expect ${store.head.seq}:${store.head.hash}</code>. One
decision of the sample: <code>vouch audit ID --store STORE --model BUNDLE</code>.</p>`,
  ]);
}
