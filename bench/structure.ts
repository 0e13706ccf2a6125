/**
 * The structure of the code in figures: files per folder, longest file, circles of imports, functions with many
 * positional parameters, terms that the glossary replaces, unused exports, repeated blocks, lines of code. Tests and
 * benchmarks are not measured. `npx tsx bench/structure.ts [--root DIR] [--list]`; `--list` names each place. `--root`
 * measures another checkout, such as an older commit.
 */
import { parseArgs } from 'node:util';
import { cyclesOf } from './structure/cycles.js';
import { deadExports, unusedExports } from './structure/exports.js';
import { sourceAt, sourcesOf, usesOf } from './structure/files.js';
import { replacedTerms } from './structure/glossary.js';
import { repeatedBlocks } from './structure/repeated.js';
import { filesByFolder, linesByFile, longSignatures } from './structure/shape.js';

const ROOMS = [
  'support',
  'data',
  'features',
  'metrics',
  'models',
  'scorer',
  'report',
  'train',
  'adapt',
  'serve',
  'library',
  'scripts',
];
const { values } = parseArgs({
  options: { root: { type: 'string', default: '.' }, list: { type: 'boolean', default: false } },
});
const sources = sourcesOf(values.root, ROOMS);
const uses = [...sources.values()].flatMap(usesOf);
const edges = new Map([...sources.keys()].map((path) => [path, new Set<string>()]));
for (const { from, to } of uses) if (sources.has(to) && from !== to) edges.get(from)?.add(to);

const folders = filesByFolder(sources);
const files = linesByFile(sources);
const cycles = cyclesOf(edges);
const signatures = [...sources.values()].flatMap((source) => longSignatures(source, 5));
const terms = replacedTerms(sources, '.');
const library = sourceAt(values.root, 'index.ts');
const checks = sourcesOf(values.root, ['test', 'bench', 'examples', 'lint']);
const shippedUses = [...uses, ...usesOf(library)];
const unused = unusedExports(sources, shippedUses);
const unusedAnywhere = unusedExports(sources, [...shippedUses, ...[...checks.values()].flatMap(usesOf)]);
const checked = unused.filter((place) => !unusedAnywhere.includes(place));
const dead = deadExports(sources, unused);
const repeated = repeatedBlocks(sources, 6);

const rows: [string, string | number, string[]][] = [
  ['files', sources.size, []],
  ['lines', files.reduce((sum, [, lines]) => sum + lines, 0), []],
  [
    'folders with over 25 files',
    folders.filter(([, count]) => count > 25).length,
    folders.map(([folder, count]) => `${count} ${folder}`),
  ],
  ['files in the fullest folder', `${folders[0][1]} (${folders[0][0]})`, []],
  [
    'files over 300 lines',
    files.filter(([, lines]) => lines > 300).length,
    files.slice(0, 20).map(([path, lines]) => `${lines} ${path}`),
  ],
  ['lines of the longest file', `${files[0][1]} (${files[0][0]})`, []],
  ['circles of imports', cycles.length, cycles.map((cycle) => cycle.join(' '))],
  ['functions with more than 5 positional parameters', signatures.length, signatures],
  ['identifiers that the glossary replaces', terms.length, terms],
  ['exports that no other file uses', unusedAnywhere.length, unusedAnywhere],
  ['exports that only tests and benchmarks use', checked.length, checked],
  ['exports that only tests and benchmarks use, not even their own file', dead.length, dead],
  ['repeated blocks of 6 lines or more', repeated.length, repeated],
];
console.log('| measure | value |\n| --- | ---: |');
for (const [name, value] of rows) console.log(`| ${name} | ${value} |`);
if (values.list) {
  for (const [name, , places] of rows.filter(([, , places]) => places.length > 0)) {
    console.log(`\n## ${name}\n${places.join('\n')}`);
  }
}
