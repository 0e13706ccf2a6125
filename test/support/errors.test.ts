import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { statusOf } from '../../serve/http/status.js';
import { errorsPage } from '../../support/errors/page.js';
import { type ErrorCode, errors, VouchError } from '../../support/errors.js';

const docs = resolve(import.meta.dirname, '../../docs');

describe('docs/errors.md', () => {
  it('is what the table of errors makes; -u writes it again', async () => {
    await expect(errorsPage()).toMatchFileSnapshot('../../docs/errors.md');
  });

  it('has one row for every code, with its exit status and its HTTP status', () => {
    const rows = [...errorsPage().matchAll(/^\| `([A-Z_]+)` \| (\d) \| (–|\d{3}) \|/gm)].map((row) => row.slice(1));
    expect(rows.map(([code]) => code).sort()).toEqual(Object.keys(errors).sort());
    for (const [code, exit, http] of rows) {
      const error = new VouchError(code as ErrorCode, 'x');
      expect([error.exit, statusOf(error)]).toEqual([Number(exit), http === '–' ? 500 : Number(http)]);
    }
  });

  it('tells the remedy of each code in full sentences', () => {
    for (const { means, remedy } of Object.values(errors)) {
      expect(means).toMatch(/^[a-z].*[^.]$/);
      expect(remedy).toMatch(/^[A-Z`].*\.$/);
    }
  });

  it('links pages that exist', () => {
    const pages = readdirSync(docs);
    const linked = [...errorsPage().matchAll(/\]\((\w+\.md)\)/g)].map(([, page]) => page);
    expect(linked.length).toBeGreaterThan(5);
    expect(linked.filter((page) => !pages.includes(page))).toEqual([]);
  });

  it('knows every code that another page names', () => {
    for (const page of readdirSync(docs).filter((name) => name.endsWith('.md'))) {
      const text = readFileSync(join(docs, page), 'utf8');
      const named = [...text.matchAll(/\[VOUCH_([A-Z_]+)\]/g)].map(([, code]) => code);
      expect(named.filter((code) => !(code in errors) && code !== 'FAULT' && code !== 'CODE')).toEqual([]);
    }
  });
});
