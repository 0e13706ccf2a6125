import { markdownTable, wrapped } from '../../support/page/markdown.js';
import { type Schema, valuesOf } from './config-schema.js';
import type { Described } from './described.js';

/** What an option without a value sets in a config. */
const sets: Record<string, string> = { '--refit': '`always`', '--no-fingerprints': '`false`' };

/** The section on `--config`: how its keys are named, and all of them. `options` are those of `vouch train`. */
export function configSection(config: Schema, options: readonly Described[]): string {
  const all = Object.entries(config.properties ?? {}).filter(([key]) => key !== '$schema');
  const flagOf = (key: string) => options.find((option) => option.key === key);
  const withFlag = all.filter(([key]) => flagOf(key) !== undefined);
  const without = all.filter(([key]) => flagOf(key) === undefined);
  const objects = objectsIn(all);
  const flagged = withFlag.map(([key, schema]) => {
    const long = flagOf(key)?.long ?? '';
    return [
      `\`${key}\``,
      `\`${long}\``,
      `${valuesOf(schema)}${long in sets ? `; \`${long}\` sets ${sets[long]}` : ''}`,
      said(schema),
    ];
  });
  return `${intro}
### Keys that are also options

${markdownTable(['key', 'option', 'values', 'what it is'], flagged)}

### Keys without an option

The defaults suit nearly all data. Change them to experiment.

${keyTable(without)}
${objects.map(objectSection).join('')}`;
}

const intro = `## The config file of \`vouch train\`

\`vouch train --config FILE\` reads further options from a JSON file:

\`\`\`json
{
  "$schema": "./node_modules/vouch/dist/config.schema.json",
  "targetError": 0.1,
  "certify": "split",
  "trees": { "depth": 4 }
}
\`\`\`

- A key is the name of the option in camel case: \`--target-error\` is \`targetError\`. The library's \`train\` takes the
  same keys.
- An option on the command line takes precedence over the file.
- An unknown key or a wrong value is an error (\`VOUCH_BAD_USAGE\`), which names the file and the key.
- Only the keys below can be in the file. Paths, formats, grades and names are given on the command line.
- \`$schema\` is optional. With it, an editor completes the keys and marks mistakes. The schema is
  [config.schema.json](config.schema.json) (JSON Schema, draft 2020-12); an installed package has it at
  \`node_modules/vouch/dist/config.schema.json\`. The path is relative to the config file.
`;

/** The keys that are objects, and those in them, by their path. */
function objectsIn(keys: readonly [string, Schema][]): [string, Schema][] {
  return keys.flatMap(([key, schema]) => {
    if (schema.properties === undefined) return [];
    const parts = Object.entries(schema.properties).map(([part, each]): [string, Schema] => [`${key}.${part}`, each]);
    return [[key, schema], ...objectsIn(parts)];
  });
}

function objectSection([key, schema]: [string, Schema]): string {
  const parts = Object.entries(schema.properties ?? {});
  const needed = schema.required ?? [];
  const note =
    needed.length === 0
      ? 'Keys that you leave out keep their defaults.'
      : schema.default === undefined
        ? `${needed.map((part) => `\`${part}\``).join(' and ')} are required.`
        : 'Your object replaces the default as a whole, so give all its keys.';
  const defaults = schema.default as Record<string, unknown> | undefined;
  const filled = parts.map(([part, each]): [string, Schema] => [
    part,
    each.default === undefined && defaults?.[part] !== undefined ? { ...each, default: defaults[part] } : each,
  ]);
  return `
### \`${key}\`

${wrapped(`${said(schema)} ${note}`)}

${keyTable(filled)}
`;
}

function keyTable(keys: readonly [string, Schema][]): string {
  const rows = keys.map(([key, schema]) => [`\`${key}\``, fallback(schema), valuesOf(schema), said(schema)]);
  return markdownTable(['key', 'default', 'values', 'what it is'], rows);
}

function fallback({ default: value, properties }: Schema): string {
  if (value === undefined || properties !== undefined) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function said({ description = '' }: Schema): string {
  return description;
}
