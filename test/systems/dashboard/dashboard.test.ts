import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillYear } from '../../../bench/dashboard/simulated-year.js';
import { readBundle } from '../../../models/bundle/read.js';
import { writeBundle } from '../../../models/bundle/write.js';
import { POLICY_FILE } from '../../../scorer/policy/policy.js';
import { openService, type Service } from '../../../serve/service.js';
import { openExisting, openStore } from '../../../store/ready.js';
import { monitorState } from '../../dashboard/monitor-state.js';
import { hasBrowser, openBrowser, type Tab } from '../../support/browser.js';
import { serveOptions } from '../../support/serving.js';
import { shippedAnswers } from '../../support/shipped-bundle.js';
import { tinyPolicy } from '../../support/tiny-policy.js';
import { light, trainOn } from '../../support/trained.js';

const PAGES = ['now', 'reliability', 'scores', 'feedback', 'review', 'versions'];
const NLI = { name: 'nli', fields: ['verifiers.nli'], price: { money: 0.4 } };
const LARGE = { name: 'large', model: 'large', price: { money: 6, milliseconds: 700 } };
/** Pictures go here, to be looked at: VOUCH_PICTURES=DIR. */
const pictures = process.env.VOUCH_PICTURES;
if (!hasBrowser) console.warn('skipped: there is no browser here (apt-get install chromium)');

describe.skipIf(!hasBrowser)('the dashboard in a browser, with a year of simulated answers', () => {
  const dir = mkdtempSync(join(tmpdir(), 'vouch-dashboard-browser-'));
  const [bundle, place, queue, state] = ['bundle', 'answers.db', 'queue.csv', 'monitor.json'].map((name) =>
    join(dir, name),
  );
  let service: Service;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let tab: Tab;
  let url: string;

  beforeAll(async () => {
    const { files, manifest } = await trainOn(shippedAnswers(6), { ...light, targetError: 0.3 });
    const policy = tinyPolicy([NLI, LARGE]);
    await writeBundle(bundle, { ...files, [POLICY_FILE]: JSON.stringify(policy) }, manifest);
    const opened = await readBundle(bundle);
    const store = await openStore(place);
    const end = Date.now();
    const signals = opened.manifest.signals.numeric.length;
    await fillYear(store, {
      answers: 20_000,
      bundles: ['0'.repeat(64), opened.digest],
      signals,
      end,
      texts: true,
      policy: true,
    });
    await store.close();
    writeFileSync(queue, `id,label\n${[3, 5, 8, 13].map((i) => `a${19_999 - i},`).join('\n')}\n`);
    writeFileSync(state, JSON.stringify(monitorState(opened, { questions: 400, wrong: 0.05, end })));
    const stored = { place, queue: 1000, texts: true, clients: [], feedbackKeys: [] };
    const dashboard = { keys: [{ key: 'a-key', tenant: '' }], monitorState: state, queue };
    service = await openService(serveOptions(bundle, { keys: ['c'], store: stored, dashboard }));
    url = await service.app.listen({ port: 0, host: '127.0.0.1' });
    browser = await openBrowser();
    tab = await browser.newTab();
    await tab.show({ width: 1200 });
  });
  afterAll(async () => {
    await browser?.close();
    await service?.app.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const text = () => tab.value<string>('document.querySelector("main").innerText');

  it('lets a reviewer sign in with a form', async () => {
    await tab.go(`${url}/dashboard`);
    expect(await text()).toContain('Dashboard key');
    await tab.type('#key', 'wrong');
    await tab.leads(() => tab.press('Enter'));
    expect(await text()).toContain('This is not a dashboard key');
    await tab.type('#key', 'a-key');
    await tab.type('#rater', 'anna');
    await tab.leads(() => tab.press('Enter'));
    expect(await tab.value('location.pathname')).toBe('/dashboard/now');
    expect(await tab.value('document.cookie')).toBe(''); // scripts cannot read it
    tab.alarms.length = 0; // the browser's own line about the 401
  });

  it.each([
    ['light', { width: 1200 }],
    ['dark', { width: 1200, scheme: 'dark' as const }],
    ['phone', { width: 360, height: 740 }],
  ])('shows every page, %s', async (name, how) => {
    await tab.show(how);
    for (const page of PAGES) {
      await tab.go(`${url}/dashboard/${page}?days=365`);
      const seen = await tab.value<Record<string, unknown>>(CHECKS);
      expect([page, seen]).toEqual([
        page,
        { ...seen, wide: false, h1: 1, landmarks: true, skipped: [], unnamed: [], faint: [] },
      ]);
      if (pictures === undefined) continue;
      if (!existsSync(pictures)) mkdirSync(pictures, { recursive: true });
      writeFileSync(join(pictures, `${name}-${page}.png`), await tab.picture());
    }
    await tab.show({ width: 1200 });
  });

  it('shows what is stored', async () => {
    await tab.go(`${url}/dashboard/now?days=365`);
    const now = await text();
    for (const part of [
      '20,000',
      'answers accepted',
      '1 alarm is on',
      'Promises by claim',
      'What was bought',
      'nli, large',
      'policy-tiny',
    ]) {
      expect(now).toContain(part);
    }
    await tab.go(`${url}/dashboard/scores?days=365`);
    expect(await tab.value('document.querySelectorAll("svg[role=img][aria-label]").length')).toBe(9);
    const scores = await text();
    for (const part of ['model-a', 'model-b', 'contracts', 'unseen task']) expect(scores).toContain(part);
    await tab.go(`${url}/dashboard/versions`);
    expect(await text()).toContain('000000000000');
  });

  it('gives the numbers of every chart as a table', async () => {
    for (const page of ['now', 'reliability', 'scores', 'feedback']) {
      await tab.go(`${url}/dashboard/${page}?days=365`);
      const count = (selector: string) => tab.value<number>(`document.querySelectorAll('${selector}').length`);
      const charts = await count('svg[role=img]');
      expect([page, await count('details table')]).toEqual([page, charts]);
      expect(charts).toBeGreaterThan(0);
    }
    await tab.go(`${url}/dashboard/scores?days=30`);
    await tab.click('details summary');
    expect(await tab.value('document.querySelector("details table").tBodies[0].rows.length')).toBeGreaterThan(25);
  });

  it('is reviewed with the keyboard alone, and saves labels as feedback', async () => {
    await tab.go(`${url}/dashboard/review`);
    expect(await text()).toContain('a19996');
    await tab.leads(() => tab.press('w'));
    expect(await text()).toContain('Saved: wrong for a19996');
    expect(await text()).toContain('a19994');
    await tab.click('#keys'); // keys off
    await tab.press('r');
    expect(await text()).toContain('a19994');
    await tab.click('#keys');
    await tab.leads(() => tab.press('s'));
    expect(await text()).toContain('a19991');
    await tab.leads(() => tab.press('c'));
    await tab.value('document.querySelector(".verdicts button").focus()');
    await tab.leads(() => tab.press('Enter'));
    const store = await openExisting(place);
    const rows = await store.db
      .selectFrom('vouch_feedback')
      .select(['target', 'label', 'rater', 'source'])
      .where('source', '=', 'reviewer')
      .where('received', '>', Date.now() - 600_000)
      .where('target', 'in', ['a19996', 'a19994', 'a19991', 'a19986'])
      .orderBy('seq')
      .execute();
    await store.close();
    const common = { rater: 'anna', source: 'reviewer' };
    expect(rows.filter(({ rater }) => rater === 'anna')).toEqual([
      { target: 'a19996', label: 0, ...common },
      { target: 'a19991', label: null, ...common },
      { target: 'a19986', label: 1, ...common },
    ]);
  });

  it('can be walked through with the Tab key, and a screen reader finds headings, landmarks and names', async () => {
    await tab.go(`${url}/dashboard/now?days=30`);
    const focused: string[] = [];
    for (let i = 0; i < 15; i++) {
      await tab.press('Tab');
      focused.push(await tab.value('document.activeElement.textContent.trim().slice(0, 30)'));
    }
    expect(focused.slice(0, 8)).toEqual([
      'Skip to the content',
      'Now',
      'Reliability',
      'Scores',
      'Feedback',
      'Review',
      'Versions',
      'Sign out',
    ]);
    const { nodes } = (await tab.send('Accessibility.getFullAXTree')) as { nodes: AxNode[] };
    const named = (role: string) => nodes.filter((node) => node.role?.value === role).map((node) => node.name?.value);
    expect(named('heading')).toEqual(expect.arrayContaining(['Now', 'Over time', 'Promises and alarms']));
    expect(named('navigation')).toEqual(['Pages', 'Period']);
    expect(named('main')).toHaveLength(1);
    expect(named('image').every((name) => name !== '')).toBe(true);
  });

  it('loads nothing from elsewhere, and breaks no rule of its content security policy', () => {
    expect(tab.requests.length).toBeGreaterThan(20);
    expect(tab.requests.filter((each) => !each.startsWith(url) && !each.startsWith('data:'))).toEqual([]);
    expect(tab.alarms).toEqual([]);
  });
});

interface AxNode {
  role?: { value: string };
  name?: { value: string };
}

/**
 * Run in the page: whether it is wider than the screen, has one h1 and all landmarks, skips a level of headings, has
 * controls or pictures without a name, or text with a contrast below 4.5 (3 if it is large). Source: WCAG 2.2, 1.4.3.
 */
const CHECKS = `(() => {
  const all = [...document.querySelectorAll('body *')];
  const levels = [...document.querySelectorAll('h1, h2, h3')].filter((h) => h.checkVisibility()).map((h) => +h.tagName[1]);
  const skipped = levels.filter((level, i) => i > 0 && level > levels[i - 1] + 1);
  const named = (e) => e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length;
  const unnamed = [...document.querySelectorAll('a, button, input:not([type=hidden]), svg[role=img], nav, [role=region]')]
    .filter((e) => !named(e)).map((e) => e.outerHTML.slice(0, 80));
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => { for (let at = e; at; at = at.parentElement) { const c = rgb(getComputedStyle(at).backgroundColor);
    if (c[3] === 255) return c; } return rgb(getComputedStyle(document.body).backgroundColor); };
  const faint = all.filter((e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())
      && !['SCRIPT', 'STYLE', 'TITLE'].includes(e.tagName)).flatMap((e) => {
    const style = getComputedStyle(e);
    const isSvg = e instanceof SVGElement;
    const [a, b] = [light(rgb(isSvg ? style.fill : style.color)), light(behind(e))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    return contrast < (size >= 24 || (size >= 18.66 && +style.fontWeight >= 700) ? 3 : 4.5)
      ? [e.textContent.trim().slice(0, 30) + ' ' + contrast.toFixed(2)] : [];
  });
  return {
    wide: document.documentElement.scrollWidth > innerWidth,
    h1: document.querySelectorAll('h1').length,
    landmarks: ['header', 'main', 'nav[aria-label]', 'footer'].every((s) => document.querySelector(s)),
    skipped, unnamed, faint,
  };
})()`;
