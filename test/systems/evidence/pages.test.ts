import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { changesBetween } from '../../../report/card/changes.js';
import { cardHtml } from '../../../report/card/html.js';
import { trainedFacts } from '../../../report/card/trained-facts.js';
import { artefacts } from '../../../report/evidence/artefacts.js';
import { evidenceHtml } from '../../../report/evidence/index-html.js';
import { fakeManifest } from '../../report/card-facts.js';
import { fakeReport } from '../../report/fake-report.js';
import { wideReport } from '../../report/odd-reports.js';
import { chromium } from '../../support/chromium.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-pages-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const factsOf = (data = fakeReport()) => trainedFacts(data, fakeManifest(data));
const facts = factsOf();

const card = cardHtml(factsOf(wideReport()), {
  asOf: '2026-03-01',
  digest: 'd'.repeat(64),
  changes: changesBetween({ facts: factsOf(fakeReport(2)), digest: 'a'.repeat(64) }, facts),
  watched: [
    {
      ...{ file: 'monitor/1-a.json', run: 1, since: null, until: '2026-02-01T00:00:00Z', answers: 10, accepted: 5 },
      promises: [{ claim: 'free+logprobs+verifiers@0.05', state: 'cannot tell', labels: 4, error: null }],
      ...{ drift: { signals: 80, differ: ['text.promptWordLength@1'] }, unseen: [], alarms: ['an alarm'] },
    },
  ],
});

const index = evidenceHtml({
  ...{
    subject: 'answers',
    asOf: '2026-03-01',
    vouch: '0.1.0',
    created: '2026-01-05T10:00:00Z',
    digest: 'd'.repeat(64),
  },
  ...{ attention: ['Signature: not signed.'], signature: 'not signed', golden: 32, evaluations: [] },
  store: {
    ...{ rows: 3, redacted: 0, first: 1, head: { seq: 3, hash: 'c'.repeat(64) }, answers: 3, drawn: 3 },
    findings: [{ seq: 2, table: 'scored', what: 'the row was changed' }],
  },
  present: new Set(artefacts.slice(0, 12).map(({ key }) => key)),
  files: [{ path: 'bundle/report.html', says: 'the report', bytes: 212_968, sha256: 'b'.repeat(64) }],
});

/** What a headless browser does with a page. */
function browse(page: string, ...flags: string[]): string {
  const file = join(dir, 'page.html');
  writeFileSync(file, page);
  const all = ['--headless=new', '--no-sandbox', '--disable-gpu', `--user-data-dir=${join(dir, 'profile')}`, ...flags];
  return execFileSync(chromium(), [...all, `file://${file}`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 64 * 1024 * 1024,
  });
}

/** The value of an expression over `document` of the page, in a frame of this width; its own policy stays in force. */
function valueIn(page: string, width: number, expression: string): string {
  const script = `frame.onload = () => { const document = frame.contentDocument; const window = frame.contentWindow;
    self.document.title = 'value:' + (${expression}); };`;
  const outside = `<!doctype html><iframe id="frame" width="${width}" height="800"></iframe><script>${script} frame.srcdoc = ${JSON.stringify(page).replaceAll('</', '<\\/')};</script>`;
  const dom = browse(outside, '--window-size=1400,900', '--virtual-time-budget=5000', '--dump-dom');
  return /<title>value:([^<]*)<\/title>/.exec(dom)?.[1] ?? 'no value';
}

describe.each([
  ['card.html', card],
  ['index.html', index],
])('%s in Chromium', (_name, page) => {
  it.each([360, 1200])('is not wider than a screen of %d pixels', (width) => {
    const wider = valueIn(page, width, 'document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(Number(wider)).toBeLessThanOrEqual(0);
  });

  it('has a dark side, with text that can be read on it', () => {
    const colours =
      'window.getComputedStyle(document.body).color + window.getComputedStyle(document.body).backgroundColor';
    expect(valueIn(page, 1200, colours)).toBe('rgb(29, 32, 36)rgb(253, 252, 249)');
    const dark = page.replace('@media screen and (prefers-color-scheme: dark)', '@media screen');
    expect(valueIn(dark, 1200, colours)).toBe('rgb(233, 230, 224)rgb(21, 23, 27)');
  });

  it('prints to a document of several pages', () => {
    const pdf = join(dir, 'page.pdf');
    browse(page, '--no-pdf-header-footer', `--print-to-pdf=${pdf}`);
    const bytes = readFileSync(pdf, 'latin1');
    expect(bytes.slice(0, 5)).toBe('%PDF-');
    expect(bytes.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(2);
  });

  it('names every table and section for a screen reader, and has no link without a target', () => {
    const unnamed = 'document.querySelectorAll("table:not(:has(caption)), section:not([aria-labelledby])").length';
    expect(valueIn(page, 1200, unnamed)).toBe('0');
    const broken =
      '[...document.querySelectorAll("[aria-labelledby]")].filter((e) => !document.getElementById(e.getAttribute("aria-labelledby"))).length';
    expect(valueIn(page, 1200, broken)).toBe('0');
    const lost =
      '[...document.querySelectorAll("a[href^=\\"#\\"]")].filter((a) => !document.getElementById(a.getAttribute("href").slice(1))).length';
    expect(valueIn(page, 1200, lost)).toBe('0');
  });
});
