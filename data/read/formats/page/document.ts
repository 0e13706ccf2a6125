import { LINE_KEYS } from '../../../record.js';
import { newJsonCutter } from '../../json/json-values.js';
import { parseJson } from '../../json/parse-json.js';
import type { Fields } from '../../table/fields.js';
import { detect } from '../detect.js';
import { logFormats } from '../list.js';
import type { LogFormat } from '../log-format.js';
import { layoutSections } from './document-sections.js';

/** The page docs/formats.md, made from the list of formats: what each is, how it is detected, what is read from where. */
export function formatsPage(): string {
  return `${intro}
${layoutSections}
${logFormats.map(section).join('\n')}`;
}

const intro = `# What vouch reads

<!-- Made from data/read/formats/ by \`npx vitest run test/data/read/formats/page/document.test.ts -u\`. Change it there. -->

Files may be mixed in one command. The format is detected from the content of each row, so no flag is needed; \`--format NAME\` overrides it.
\`vouch read FILES\` shows what vouch understands of a log before anything is trained, and \`--out answers.jsonl\` writes it in the
canonical form.

| format | name for \`--format\` |
| --- | --- |
| [JSON Lines](#json-lines-the-canonical-form) | \`jsonl\` |
| [JSON](#json-arrays-and-pretty-printed-json) | \`json\` |
| [CSV](#csv) | \`csv\` |
| [Parquet](#parquet) | \`parquet\` |
${logFormats.map(({ name, title }) => `| [${title}](#${anchorOf(title)}) | \`${name}\` |`).join('\n')}
`;

function section(format: LogFormat): string {
  const rows = format.mapping.map(([field, from]) => `| ${named(field)} | ${cell(from)} |`);
  return `## ${format.title}

\`--format ${format.name}\`. Detected by: ${reasonsOf(format)}.
Follows: ${format.source}

| field of the record | where from |
| --- | --- |
${rows.join('\n')}

\`\`\`json
${format.example.trim()}
\`\`\`
`;
}

/** The reasons for which the values of the example are taken for the format. */
function reasonsOf(format: LogFormat): string {
  const reasons = exampleValues(format).flatMap((value) => detect(value)?.why ?? []);
  return [...new Set(reasons)].join('; ');
}

/** The values of a format's example, as they are stored. */
export function exampleValues({ example }: LogFormat): Fields[] {
  const cutter = newJsonCutter();
  const values = [...cutter.take(Buffer.from(example)), ...cutter.end()];
  return values.map(({ text }) => parseJson(text) as Fields);
}

/** Names of fields as code, other words as they are. */
function named(fields: string): string {
  return fields.replace(/[\w.[\]]+/g, (word) => (LINE_KEYS.has(word) || /[.[]/.test(word) ? `\`${word}\`` : word));
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** The anchor that GitHub gives a heading. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}
