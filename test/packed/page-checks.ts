import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './install.js';
import { markedBlocks } from './page-blocks.js';
import { runPage } from './run-page.js';

/** Pages whose marked blocks run, in order, in an empty folder in which vouch is installed. */
const pages = [
  'docs/tutorial.md',
  'docs/concepts.md',
  'docs/vote.md',
  'docs/tuning.md',
  'docs/recalibrate.md',
  ...readdirSync(join(root, 'docs/guides'))
    .sort()
    .map((name) => `docs/guides/${name}`),
];

/** Python, to parse the blocks that need packages which the tests do not install. */
const python = spawnSync('python3', ['--version']).status === 0;

/** Registers a test per page that runs its blocks. `user` gives the folder in which vouch is installed. */
export function testPagesRun(user: () => string, how: { isQuick: boolean }, those: readonly string[] = pages): void {
  it.each(those)(
    '%s: its blocks run in an empty folder, and print what it shows',
    async (page) => {
      const dir = await runPage(page, user(), how);
      if (page === 'docs/tutorial.md') {
        expect(readFileSync(join(dir, 'runs/shop/report.html'), 'utf8')).toContain('<svg');
        const rows = readFileSync(join(dir, 'scores.csv'), 'utf8').trim().split('\n');
        expect(rows.length).toBe(21);
      }
    },
    1_200_000,
  );
}

/** Registers the tests of the pages: quick runs of their blocks, their Python and their links. */
export function testPages(user: () => string): void {
  testPagesRun(user, { isQuick: true });

  it('docs/tutorial.md: its program has at most 25 lines', () => {
    const blocks = markedBlocks(readFileSync(join(root, 'docs/tutorial.md'), 'utf8'));
    const program = blocks.find(({ mark }) => mark === 'file: shop.mjs');
    expect(program?.code.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(25);
  });

  it.skipIf(!python).each(pages)('%s: its Python parses', (page) => {
    const blocks = markedBlocks(readFileSync(join(root, page), 'utf8')).filter(({ language }) => language === 'python');
    if (page.startsWith('docs/guides/')) expect(blocks.length).toBeGreaterThan(0);
    for (const { code } of blocks) {
      const parsed = spawnSync('python3', ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], { input: code });
      expect(parsed.status, `${code}${parsed.stderr}`).toBe(0);
    }
  });

  it.each(pages)('%s: its links lead to files and headings that exist', (page) => {
    const text = readFileSync(join(root, page), 'utf8');
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link]) => link)
      .filter((link) => !/^https?:/.test(link));
    const broken = links.filter((link) => {
      const [path, heading] = link.split('#');
      const target = path === '' ? join(root, page) : join(root, dirname(page), path);
      return (
        !existsSync(target) || (heading !== undefined && !headings(readFileSync(target, 'utf8')).includes(heading))
      );
    });
    expect(broken).toEqual([]);
  });
}

/** The names under which links reach the headings of a page, as GitHub makes them. */
function headings(text: string): string[] {
  const lines = text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.*)$/gm);
  return [...lines].map(([, title]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
