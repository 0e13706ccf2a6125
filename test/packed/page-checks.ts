import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { markedBlocks } from './page-blocks.js';
import { runPage } from './run-page.js';

const root = resolve(import.meta.dirname, '../..');

/** Pages whose marked blocks run, in order, in an empty folder in which vouch is installed. */
export const pages = [
  'docs/tutorial.md',
  'docs/concepts.md',
  ...readdirSync(join(root, 'docs/guides'))
    .sort()
    .map((name) => `docs/guides/${name}`),
];

/** Python, to parse the blocks that need packages which the tests do not install. */
const python = spawnSync('python3', ['--version']).status === 0;

/** Registers the tests of the pages. `user` gives the folder in which vouch is installed. */
export function testPages(user: () => string, env: NodeJS.ProcessEnv): void {
  it.each(pages)(
    '%s: its blocks run in an empty folder, and print what it shows',
    async (page) => {
      const dir = await runPage(page, { user: user(), root, env });
      if (page === 'docs/tutorial.md') {
        expect(readFileSync(join(dir, 'runs/shop/report.html'), 'utf8')).toContain('<svg');
        const rows = readFileSync(join(dir, 'scores.csv'), 'utf8').trim().split('\n');
        expect(rows.length).toBe(21);
        const program = markedBlocks(readFileSync(join(root, page), 'utf8')).find(
          ({ mark }) => mark === 'file: shop.mjs',
        );
        expect(program?.code.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(25);
      }
    },
    1_200_000,
  );

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
