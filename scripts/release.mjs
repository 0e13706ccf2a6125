/**
 * Prepares a release and publishes nothing: `npm run release [FOLDER]` (default: release). It checks the tree, the
 * version and the change log; runs lint, types and tests on a fresh build; packs `vouch` and `vouch-scorer`; writes the
 * bill of materials and the SHA-256 sums; and prints the commands that publish. docs/publishing.md says more.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { json, root } from './supply/facts.mjs';
import { releaseProblems } from './supply/release-problems.mjs';

const out = resolve(process.argv[2] ?? join(root, 'release'));
const run = (command, ...args) => execFileSync(command, args, { cwd: root, stdio: 'inherit' });
const said = (command, ...args) => execFileSync(command, args, { cwd: root, encoding: 'utf8' });

const manifest = json('package.json');
const problems = releaseProblems({
  manifest,
  lock: json('package-lock.json'),
  changelog: readFileSync(join(root, 'CHANGELOG.md'), 'utf8'),
  changes: said('git', 'status', '--porcelain'),
  origin: said('git', 'remote').split('\n').includes('origin') ? said('git', 'remote', 'get-url', 'origin').trim() : '',
});
if (problems.length > 0) {
  for (const problem of problems) console.error(problem);
  process.exit(1);
}

rmSync(out, { recursive: true, force: true });
rmSync(join(root, 'dist'), { recursive: true, force: true });
mkdirSync(out, { recursive: true });
run('npm', 'ci');
run('npm', 'run', '--silent', 'lint');
run('npm', 'run', '--silent', 'types');
run('npm', 'test'); // builds first
run('npm', 'pack', '--pack-destination', out);
run('npm', 'pack', './dist/vouch-scorer', '--pack-destination', out);
run('node', 'scripts/bill.mjs', join(out, 'bill.cdx.json'));

const sums = readdirSync(out)
  .sort()
  .map(
    (name) =>
      `${createHash('sha256')
        .update(readFileSync(join(out, name)))
        .digest('hex')}  ${name}\n`,
  );
writeFileSync(join(out, 'SHA256SUMS'), sums.join(''));

const { version } = manifest;
console.log(`\nIn ${out}:\n${sums.join('')}
Nothing is published yet. To publish, from a CI job with an identity token (docs/publishing.md):
  git tag -s v${version} -m v${version}
  npm publish --provenance --access public ${join(out, `vouch-scorer-${version}.tgz`)}
  npm publish --provenance --access public ${join(out, `vouch-${version}.tgz`)}`);
