import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(text('package.json'));
const { releaseProblems } = await import(pathToFileURL(join(root, 'scripts/supply/release-problems.mjs')).href);

describe('package.json', () => {
  it('packs every file that its pages link to', () => {
    const files: string[] = manifest.files;
    const isPacked = (path: string) => files.some((file) => path === file || path.startsWith(`${file}/`));
    const inside = (path: string): string[] =>
      statSync(join(root, path)).isDirectory()
        ? readdirSync(join(root, path), { recursive: true, encoding: 'utf8' }).map((name) => `${path}/${name}`)
        : [path];
    const pages = files
      .filter((file) => !/^!?dist/.test(file))
      .flatMap(inside)
      .filter((path) => path.endsWith('.md'));
    expect(pages.length).toBeGreaterThan(40);
    let links = 0;
    for (const page of pages) {
      for (const [, link] of text(page).matchAll(/\]\(([^)\s#:]+)(?:#[^)\s]*)?\)/g)) {
        const path = join(dirname(page), link);
        expect(existsSync(join(root, path)), `${page} links to ${link}`).toBe(true);
        expect(isPacked(path), `${page} links to ${link}, which is not packed`).toBe(true);
        links++;
      }
    }
    expect(links).toBeGreaterThan(300);
  });

  it('names only files that exist, and types before code', () => {
    for (const file of manifest.files as string[]) {
      if (!/^!?dist/.test(file)) expect(existsSync(join(root, file)), file).toBe(true);
    }
    expect(Object.keys(manifest.exports['.'])).toEqual(['types', 'default']);
    expect(manifest.exports['.'].types).toBe(manifest.types);
    expect(manifest.exports['.'].default).toBe(manifest.main);
  });

  it('builds before it is packed, as a package without dist/ would have no code', () => {
    const { prepack, build } = manifest.scripts;
    expect(prepack).toBe('npm run --silent build');
    expect(build).toMatch(/^tsc -p tsconfig\.build\.json && /);
    expect(manifest.files).toContain('dist');
    expect(manifest.scripts).not.toHaveProperty('prepare'); // it would also run after each install here
  });

  it('asks for the Node version that both packages need, in the lock file too', () => {
    const { packages } = JSON.parse(text('package-lock.json'));
    const { engines } = JSON.parse(text('scorer/package.json'));
    expect(engines).toEqual(manifest.engines);
    expect(packages[''].engines).toEqual(manifest.engines);
    expect(packages[''].license).toBe(manifest.license);
  });
});

describe('.npmrc', () => {
  it('has only keys that npm knows, and turns install scripts off', () => {
    const keys = text('.npmrc')
      .trim()
      .split('\n')
      .map((line) => line.split('=')[0]);
    const known = ['audit', 'fund', 'ignore-scripts', 'omit-lockfile-registry-resolved', 'save-exact'];
    expect(keys.sort()).toEqual(known);
    expect(text('.npmrc')).toContain('ignore-scripts=true\n');
  });
});

describe('a release', () => {
  const ready = {
    manifest: { version: '1.2.3', repository: { type: 'git', url: 'git+https://example.org/a/vouch.git' } },
    lock: { version: '1.2.3' },
    changelog: '# Changelog\n\n## 1.2.3 (2026-12-01)\n\ntext\n\n## 1.2.2 (2026-11-01)\n',
    changes: '',
    origin: 'git@example.org:a/vouch.git',
  };

  it('goes on where everything agrees', () => {
    expect(releaseProblems(ready)).toEqual([]);
    expect(releaseProblems({ ...ready, origin: 'https://example.org/a/vouch' })).toEqual([]);
  });

  it.each([
    [{ changes: ' M index.ts\n' }, 'The working tree has changes. Commit them first.'],
    [{ lock: { version: '1.2.2' } }, 'package-lock.json has version 1.2.2, package.json 1.2.3. Run npm install.'],
    [
      { changelog: '# Changelog\n\n## 1.2.3 (unreleased)\n' },
      'CHANGELOG.md begins with "## 1.2.3 (unreleased)", expected "## 1.2.3 (YYYY-MM-DD)".',
    ],
    [
      { changelog: '## 1.2.4 (2026-12-02)\n' },
      'CHANGELOG.md begins with "## 1.2.4 (2026-12-02)", expected "## 1.2.3 (YYYY-MM-DD)".',
    ],
    [
      { manifest: { version: '1.2.3' } },
      'package.json names no repository, and provenance needs one. ' +
        'Run: npm pkg set repository.type=git repository.url=git+git@example.org:a/vouch.git',
    ],
    [
      { origin: 'https://example.org/b/vouch' },
      'repository.url of package.json is git+https://example.org/a/vouch.git, but the git remote is https://example.org/b/vouch.',
    ],
  ])('stops at %j', (changed, problem) => {
    expect(releaseProblems({ ...ready, ...changed })).toEqual([problem]);
  });
});
