import { markdownTable, wrapped } from '../../support/page/markdown.js';
import { artefactOf, artefacts } from '../evidence/artefacts.js';
import type { Framework, MappedParagraph } from '../evidence/framework.js';
import { mapping, NO_CLAIM } from '../evidence/mapping.js';

const intro = `# Evidence

<!-- Made from report/evidence/ and report/page/ by
\`npx vitest run test/report/evidence-page.test.ts -u\`. Change it there. -->

For people who must approve a bundle, or show to others what is known about it: a card per version, and one folder with
everything that vouch measured and recorded.

## The card

\`vouch train\` and \`vouch adapt\` write \`card.html\` into the bundle, next to \`card.md\`. It loads nothing, and can be read
on paper, on a phone, in dark mode and with a screen reader. It has, in this order: purpose and owner, thresholds and
what they promise, who is covered and who is not, quality with intervals, the calibrator and those it beat, provenance,
limits, drift, feedback, changes since the last version, what is left to fill in, and lines for a sign-off.

State who is responsible when you train; what you leave out is “not stated” and is listed under “left to fill in”:

\`\`\`sh
vouch train answers.jsonl --out runs/mine --owner "Search team" --contact search@example.com \\
  --intended-use "support chat, English" --bundle-version 1.4.0
\`\`\`

A bundle does not change after it was made, so its own card knows nothing of drift, feedback and earlier versions.
\`vouch evidence\` draws the card again with them.

## The folder

\`\`\`sh
vouch evidence --model runs/mine --out evidence/2026-02
vouch evidence --model runs/mine --previous runs/older --store answers.db --monitor week1.json week2.json \\
  --evaluation january.json --trusted-keys vouch.pub --out evidence/2026-02
(cd evidence/2026-02 && sha256sum -c SHA256SUMS)
\`\`\`

| option | what it adds |
| --- | --- |
| \`--previous DIR\` | what changed: metrics, data, models, tasks, signals, claims, predictor, options |
| \`--store STORE\` | the log, verified row by row; counts of feedback on answers of this bundle; 100 decisions drawn at random, as ids |
| \`--monitor FILE…\` | results of \`vouch monitor --out\`: drift, promises, alarms, by run |
| \`--evaluation FILE…\` | results of \`vouch evaluate --out\`: whether promises were kept |
| \`--trusted-keys FILE\` | the signature is verified; without it, only what the file states is shown |
| \`--as-of DATE\` | the date that the folder states (default: today, UTC). It filters nothing; inputs that are later are named |

Open \`index.html\` first. It says what stands out, what was checked, where each file is, and the mapping below with
links into the folder.

- Files of the bundle lie in \`bundle/\`, byte for byte: their hashes are those in \`bundle/manifest.json\`. \`card.html\` at
  the top is the card with what was added. The model itself is not copied.
- Before anything is written, the bundle is opened as for scoring: every file against its hash, and the reference rows
  computed again. A damaged bundle stops the command (\`VOUCH_BUNDLE_DAMAGED\`).
- A broken log does not stop it: the folder says where the log is broken, and the command exits with status 1.
- A result about another bundle is refused (\`VOUCH_RESULT_BAD\`).
- The same inputs and the same date give the same bytes. The sample of decisions is seeded with the end of the log.
- The folder is written as a whole. An older folder of evidence at the same place is replaced; anything else is refused.
- \`SHA256SUMS\` finds damage. Against changes on purpose, keep its own SHA-256, which the command prints, in another
  place.
- Privacy: the folder holds no prompts and no answers, unless the bundle was trained with \`--report-texts\`. It holds ids:
  of the sample, of mistakes in the report, and of answers that the monitor drew.
- Older bundles without \`card.html\` work; the card is drawn from their \`report.json\`.

From a program: \`evidence({ model, out, previous, store, monitor, evaluation, asOf })\`
([library](library.md)).
`;

/** The page docs/evidence.md: how to make a folder of evidence, and the mapping. */
export function evidencePage(): string {
  const files = artefacts
    .filter(({ missing }) => missing !== 'it is always there')
    .map(({ at, title, missing }) => [title, placeOf(at), codeIn(missing)]);
  return [
    intro,
    '## Which file helps with which paragraph\n',
    `${NO_CLAIM.map(wrapped).join('\n\n')}\n`,
    'Not every folder has every file:\n',
    `${markdownTable(['what', 'where', 'if it is not there'], files)}\n`,
    ...mapping.map(frameworkText),
  ].join('\n');
}

function frameworkText({ name, checked, paragraphs }: Framework): string {
  return `### ${name}\n\n${wrapped(checked)}\n\n${markdownTable(
    ['paragraph', 'asks, in short', 'in the folder', 'remains with you'],
    paragraphs.map(row),
  )}\n`;
}

function row({ at, asks, by, remains }: MappedParagraph): string[] {
  const found = by.map((key) => {
    const { title, at: place } = artefactOf(key);
    return `${title} (${placeOf(place)})`;
  });
  return [at, asks, found.length === 0 ? 'nothing' : found.join('; '), codeIn(remains)];
}

/** `card.html#purpose` as `card.html`; a section of the index as its folder. */
function placeOf(at: string): string {
  return `\`${at.startsWith('#') ? `${at.slice(1)}/` : at.split('#')[0]}\``;
}

/** Options in a sentence as code. */
function codeIn(text: string): string {
  return text.replace(/--[a-z-]+(?: [A-Z]+)?/g, '`$&`');
}
