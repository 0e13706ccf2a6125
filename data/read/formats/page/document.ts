import { anchorOf, markdownTable, wrapped } from '../../../../support/page/markdown.js';
import { LINE_KEYS } from '../../../record.js';
import { newJsonCutter } from '../../json/json-values.js';
import { parseJson } from '../../json/parse-json.js';
import type { Fields } from '../../table/fields.js';
import { detect } from '../detect.js';
import { logFormats } from '../list.js';
import type { LogFormat } from '../log-format.js';
import { layoutSections } from './document-sections.js';

/**
 * The page docs/formats.md, generated from the list of formats: what each is, how it is detected, which fields are read
 * from where.
 */
export function formatsPage(): string {
  return `${intro}
${layoutSections}
${logFormats.map(section).join('\n')}`;
}

const intro = `# What vouch reads

<!-- Generated from data/read/formats/: edit the texts there, then run
\`npx vitest run test/data/read/formats/page/document.test.ts -u\`. -->

One command accepts files in different formats. The format is detected from the content of each row, so no flag is
needed; \`--format NAME\` overrides it. \`vouch read FILES\` shows what vouch reads from a log before anything is
trained. With \`--out answers.jsonl\` it writes the answers in the canonical form.

| format | name for \`--format\` |
| --- | --- |
| [JSON Lines](#json-lines-the-canonical-form) | \`jsonl\` |
| [JSON](#json-arrays-and-pretty-printed-json) | \`json\` |
| [CSV](#csv) | \`csv\` |
| [Parquet](#parquet) | \`parquet\` |
${logFormats.map(({ name, title }) => `| [${title}](#${anchorOf(title)}) | \`${name}\` |`).join('\n')}
`;

function section(format: LogFormat): string {
  const rows = format.mapping.map(([field, from]) => [named(field), from]);
  return `## ${format.title}

${wrapped(`\`--format ${format.name}\`. Detected by: ${reasonsOf(format)}.`)}

${wrapped(`Follows: ${format.source}`)}

${markdownTable(['field of the record', 'read from'], rows)}

\`\`\`json
${format.example.trim()}
\`\`\`
`;
}

/** Why the values of the example are detected as the format. */
function reasonsOf(format: LogFormat): string {
  const reasons = exampleValues(format).flatMap((value) => detect(value)?.why ?? []);
  return [...new Set(reasons)].join('; ');
}

/** The stored values of a format's example. */
export function exampleValues({ example }: LogFormat): Fields[] {
  const cutter = newJsonCutter();
  const values = [...cutter.take(Buffer.from(example)), ...cutter.end()];
  return values.map(({ text }) => parseJson(text) as Fields);
}

/** Puts names of fields into code style and leaves other words. */
function named(fields: string): string {
  return fields.replace(/[\w.[\]]+/g, (word) => (LINE_KEYS.has(word) || /[.[]/.test(word) ? `\`${word}\`` : word));
}
