import { sourceCounts } from '../../../data/label-sources.js';
import { section, table } from '../../frame.js';
import { type Html, html, type Part } from '../../markup.js';
import { count, percent } from '../../numbers.js';
import { capital } from '../../words.js';
import type { CardFacts } from '../facts.js';
import { factList } from './fact-list.js';

/** Where the data comes from, who labelled it, what it was used for, and how the bundle was made. */
export function provenance(facts: CardFacts): Html {
  const { data, created, seed, versions, adaptedFrom } = facts;
  const rows: [string, Part][] = [
    ['Fingerprint of ids and labels (SHA-256)', html`<code>${data.fingerprint}</code>`],
    ['Period of the answers', data.period],
    ['Labelled answers', `${count(data.answers)}, to ${count(data.questions)} questions`],
    ...(data.right === null ? [] : [['Right', percent(data.right)] as [string, Part]]),
    [
      'Who labelled',
      data.sources === null
        ? 'not recorded'
        : `${sourceCounts({ ...data.sources })}${data.human === null ? '' : `; ${percent(data.human)} by people`}`,
    ],
    ...(data.grouping === null ? [] : [['Questions', data.grouping] as [string, Part]]),
    ['Made', `${created}, seed ${seed}`],
    ['With', Object.entries(versions).map(([name, version], i) => html`${i > 0 && ', '}${name} ${version}`)],
    ...(adaptedFrom === null
      ? []
      : [['Adapted from the bundle with this manifest', html`<code>${adaptedFrom}</code>`] as [string, Part]]),
  ];
  return section('provenance', 'Where it comes from', [factList(rows), files(facts), parts(facts)]);
}

function files({ data: { files: names, inputs } }: CardFacts): Html {
  if (inputs.length === 0) {
    return html`<p class="files">Files: ${names.map((name, i) => html`${i > 0 && ', '}<code>${name}</code>`)}. Their
hashes were not recorded.</p>`;
  }
  return table(
    'Files of answers and grades',
    [
      { head: 'File', content: ({ name }) => html`<code>${name}</code>` },
      { head: 'Bytes', kind: 'number', content: ({ bytes }) => count(bytes) },
      {
        head: 'SHA-256',
        content: ({ sha256 }) =>
          sha256 === null ? 'read from a stream, so it has no hash' : html`<code>${sha256}</code>`,
      },
    ],
    inputs,
  );
}

function parts({ data }: CardFacts): Html | null {
  if (data.parts.length === 0) return null;
  return table(
    'What the data was used for',
    [
      { head: 'Part', content: ({ name }) => name },
      { head: 'Answers', kind: 'number', content: ({ rows }) => count(rows) },
      { head: 'Questions', kind: 'number', content: ({ groups }) => count(groups) },
      { head: 'Used for', content: ({ usedFor }) => capital(usedFor) },
    ],
    data.parts,
  );
}
