import { describe, expect, it } from 'vitest';
import { changesBetween } from '../../report/card/changes.js';
import type { CardFacts } from '../../report/card/facts.js';
import { cardHtml, cardSections } from '../../report/card/html.js';
import type { CardLater } from '../../report/card/later.js';
import { leftOpen } from '../../report/card/left-open.js';
import { trainedFacts } from '../../report/card/trained-facts.js';
import { fakeManifest } from './card-facts.js';
import { fakeReport } from './fake-report.js';
import { emptyReport, hostileReport, uncertifiedReport, wideReport } from './odd-reports.js';

const factsOf = (data = fakeReport()): CardFacts => trainedFacts(data, fakeManifest(data));

/** The text of a section, as a reader sees it. */
function textOf(page: string, id: string): string {
  const found = new RegExp(`<section id="${id}"[\\s\\S]*?</section>`).exec(page);
  expect(found, `section ${id}`).not.toBeNull();
  return plain(found![0]);
}

function plain(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
}

const later: CardLater = {
  asOf: '2026-03-01',
  digest: 'd'.repeat(64),
  watched: [
    {
      ...{ file: 'monitor/1-week.json', run: 4, since: '2026-01-01T00:00:00Z', until: '2026-02-07T10:00:00Z' },
      ...{
        answers: 1200,
        accepted: 700,
        unseen: ['phi-9'],
        alarms: ['answers differ from training in tokens.count@1'],
      },
      promises: [{ claim: 'free@0.05', state: 'broken', labels: 80, error: { value: 0.091, low: 0.06, high: 0.12 } }],
      drift: { signals: 57, differ: ['tokens.count@1'] },
    },
  ],
  feedback: {
    ...{ answers: 5000, accepted: 3100, from: '2026-01-05T10:00:00Z', to: '2026-02-05T10:00:00Z', unknown: 3 },
    kinds: [{ kind: 'thumb', entries: 40, labelled: 38, right: 0.75, contradicting: 2 }],
  },
};

describe('card.html', () => {
  it('has every section, in one order, each with an entry in the list of contents', () => {
    const page = cardHtml(factsOf());
    const ids = [...page.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual([
      ...['purpose', 'promise', 'covered', 'quality', 'choices', 'provenance', 'limits', 'drift', 'feedback'],
      ...['changes', 'left-open', 'sign-off'],
    ]);
    expect(ids).toEqual(cardSections.map(({ id }) => id));
    for (const id of ids) expect(page).toContain(`<a href="#${id}">`);
  });

  it('states who is responsible, and marks and lists what nobody stated', () => {
    const data = fakeReport();
    data.options = { ...data.options, owner: 'Team A', intendedUse: 'support chat' };
    const facts = factsOf(data);
    const page = cardHtml(facts);
    expect(textOf(page, 'purpose')).toContain('Owner Team A');
    expect(textOf(page, 'purpose')).toContain('Contact not stated ( --contact )');
    expect(textOf(page, 'purpose')).toContain('Version not stated ( --bundle-version )');
    const open = leftOpen(facts).map(({ what }) => what);
    expect(open).toEqual([
      ...['Contact', 'Version', 'Languages', 'Who labelled', 'Drift history', 'Feedback'],
      ...['Changes since the last version', 'Sign-off'],
    ]);
    for (const what of open) expect(textOf(page, 'left-open')).toContain(what);
    expect(plain(page)).toContain('8 entries are left to fill in');
  });

  it('carries the numbers of the report: promise, metrics, candidates, provenance', () => {
    const data = fakeReport();
    data.data.sources = { thumbs: 20, reference: 300 };
    const page = cardHtml(factsOf(data));
    const [t] = data.thresholds;
    expect(textOf(page, 'promise')).toContain(`Accept ${(100 * t.coverage).toFixed(1)}% of answers`);
    expect(textOf(page, 'promise')).toContain(`≥ ${t.threshold!.toFixed(4)}`);
    expect(textOf(page, 'promise')).toContain('“At most 5%” is the promise.');
    const { value, low, high } = data.test.metrics.logLoss;
    expect(textOf(page, 'quality')).toContain(`${value!.toFixed(3)} ${low!.toFixed(3)} to ${high!.toFixed(3)}`);
    expect(textOf(page, 'choices')).toContain('Isotonic 0.4302 +0.0089 ± 0.0021');
    expect(textOf(page, 'choices')).toContain('Calibrator: None');
    expect(textOf(page, 'provenance')).toContain(data.data.fingerprint);
    expect(textOf(page, 'provenance')).toContain('9,990, to 5,000 questions');
    expect(textOf(page, 'provenance')).toContain('reference 300');
    expect(textOf(page, 'covered')).toContain('olmo-3-7b , qwen3-8b-instruct');
    expect(textOf(page, 'covered')).toContain('answers of a model that is not listed (unseen model)');
    expect(textOf(page, 'limits')).toContain(data.data.warnings[0]);
    expect(textOf(page, 'limits')).toContain('gemma-3-4b · arithmetic');
  });

  it('says so where models are accepted without a promise', () => {
    const data = fakeReport();
    const manifest = { ...fakeManifest(data), decisions: { by: 'pattern' as const, sliceBy: [] } };
    const accepts = { ...manifest.decisions, acceptUnseen: [{ what: 'models' as const, promise: 'none' as const }] };
    expect(textOf(cardHtml(trainedFacts(data, manifest)), 'promise')).not.toContain('promise: none');
    const page = cardHtml(trainedFacts(data, { ...manifest, decisions: accepts }));
    expect(textOf(page, 'promise')).toContain('promise: none for answers of models');
    expect(textOf(page, 'covered')).toContain('decided, but without any promise');
  });

  it('says how to get what a bundle cannot know, and shows it when it is given', () => {
    const own = cardHtml(factsOf());
    for (const id of ['drift', 'feedback', 'changes']) expect(textOf(own, id)).toContain('Not in this card');
    const page = cardHtml(factsOf(), later);
    expect(textOf(page, 'drift')).toContain('4 until 2026-02-07');
    expect(textOf(page, 'drift')).toContain('broken free@0.05: 9.1% wrong (6.0% to 12.0%), 80 labels');
    expect(textOf(page, 'drift')).toContain('1 of 57 tokens.count@1');
    expect(textOf(page, 'drift')).toContain('phi-9');
    expect(textOf(page, 'feedback')).toContain('5,000 answers that this bundle scored, from 2026-01-05 to 2026-02-05');
    expect(textOf(page, 'feedback')).toContain('thumb 40 38 75.0% 2');
    expect(plain(page)).toContain('d'.repeat(64));
  });

  it('lists what changed since the previous version, with the right numbers', () => {
    const old = fakeReport(2);
    const now = fakeReport();
    now.options = { ...now.options, targetError: 0.04, mlp: { batch: 128, dropout: 0.2 } };
    now.data.fingerprint = 'f'.repeat(64);
    const before = trainedFacts(old, {
      ...fakeManifest(old),
      signals: { topK: 5, numeric: ['tokens.old@1', ...fakeManifest(now).signals.numeric.slice(1)], categorical: [] },
    });
    const changes = changesBetween({ facts: before, digest: 'a'.repeat(64) }, factsOf(now));
    const [from, to] = [old.test.metrics.logLoss.value!, now.test.metrics.logLoss.value!];
    expect(from).not.toBe(to);
    expect(changes.metrics.find(({ name }) => name === 'logLoss')).toEqual({
      ...{ name: 'logLoss', before: from, after: to, difference: to - from },
    });
    expect(changes.sameData).toBe(false);
    expect(changes.signals).toEqual({
      added: ['features.plan@1', fakeManifest(now).signals.numeric[0]].sort(),
      removed: ['tokens.old@1'],
    });
    expect(changes.options).toEqual([
      { name: 'targetError', before: '0.05', after: '0.04' },
      { name: 'mlp.batch', before: '256', after: '128' },
    ]);
    const text = textOf(cardHtml(factsOf(now), { ...later, changes }), 'changes');
    expect(text).toContain(`Log-loss ${from.toFixed(3)} ${to.toFixed(3)}`);
    expect(text).toContain('mlp.batch 256 128');
    expect(text).toContain('removed: tokens.old@1');
    expect(text).toContain('measured on different answers');
  });

  it('finds no change between a version and itself', () => {
    const facts = factsOf();
    const changes = changesBetween({ facts, digest: 'a' }, facts);
    expect(changes).toMatchObject({ sameData: true, claims: [], predictor: [], options: [] });
    expect(changes.metrics.every(({ difference }) => difference === 0)).toBe(true);
    expect(changes.signals).toEqual({ added: [], removed: [] });
  });

  it.each([fakeReport(), hostileReport(), emptyReport(), uncertifiedReport(), wideReport()])(
    'is safe, loads nothing, and says neither NaN nor undefined',
    (data) => {
      const page = cardHtml(factsOf(data), later);
      expect(page).toContain("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'");
      expect(
        page.match(/<script|<img|<link|<iframe|<[a-z]+[^>]*\s(?:src|srcset)="|url\(|href="(?!#)/i)?.[0],
      ).toBeUndefined();
      expect(plain(page.slice(page.indexOf('<main>')))).not.toMatch(/\bNaN\b|\bundefined\b|\[object/);
      expect(page.match(/<h1>/g)).toHaveLength(1);
      expect([...page.matchAll(/<table>/g)]).toHaveLength([...page.matchAll(/<caption>/g)].length);
    },
  );

  it('is the same for the same facts', () => {
    expect(cardHtml(factsOf(), later)).toBe(cardHtml(factsOf(), later));
  });
});
