// Assembles the package `vouch-scorer` in dist/vouch-scorer: only the compiled files that dist/scorer/index.js imports,
// directly or indirectly, with exactly the dependencies that those files import, at the versions that the root package
// pins. Run it after the build.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname ?? '.', '..');
const dist = join(root, 'dist');
const out = join(dist, 'vouch-scorer');
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const files = new Set();
const packages = new Set();

function visit(file) {
  if (files.has(file)) return;
  files.add(file);
  const declaration = file.replace(/\.js$/, '.d.ts');
  const text = readFileSync(file, 'utf8');
  if (existsSync(declaration)) files.add(declaration);
  follow(file, text);
  if (existsSync(declaration)) follow(declaration, readFileSync(declaration, 'utf8'));
}

function follow(file, text) {
  for (const [, specifier] of text.matchAll(/(?:from|import)\s*\(?\s*'([\w@./:-]+)'/g)) {
    if (specifier.startsWith('.')) visit(resolve(dirname(file), specifier));
    else if (!specifier.startsWith('node:') && !builtinModules.includes(specifier)) {
      packages.add(specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : specifier.split('/')[0]);
    }
  }
}

visit(join(dist, 'scorer', 'index.js'));
rmSync(out, { recursive: true, force: true });
for (const file of files) {
  const to = join(out, relative(dist, file));
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(file, to);
}
const dependencies = Object.fromEntries(
  [...packages].sort().map((name) => {
    const version = own.dependencies[name];
    if (version === undefined) throw new Error(`vouch-scorer imports ${name}, which package.json does not pin`);
    return [name, version];
  }),
);
const manifest = JSON.parse(readFileSync(join(root, 'scorer', 'package.json'), 'utf8'));
writeFileSync(
  join(out, 'package.json'),
  `${JSON.stringify({ ...manifest, version: own.version, repository: own.repository, dependencies }, null, 2)}\n`,
);
for (const name of ['LICENSE']) copyFileSync(join(root, name), join(out, name));
copyFileSync(join(root, 'scorer', 'README.md'), join(out, 'README.md'));
process.stdout.write(`vouch-scorer: ${files.size} files, depends on ${Object.keys(dependencies).join(', ')}\n`);
