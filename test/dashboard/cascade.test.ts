import { describe, expect, it } from 'vitest';
import { cascade } from '../../dashboard/pages/cascade.js';
import { boughtIn } from '../../dashboard/read/bought.js';
import type { BundleFacts } from '../../dashboard/read/bundle-facts.js';
import { countsIn } from '../../dashboard/read/counts.js';
import { periodOf } from '../../dashboard/read/period.js';
import { reportFacts } from '../../dashboard/read/report-facts.js';
import { totalsOf } from '../../dashboard/read/totals.js';
import type { Manifest } from '../../models/bundle/manifest.js';
import { parsePrices } from '../../scorer/policy/prices.js';
import { write } from '../../store/write/write.js';
import { freshStore, scored } from '../store/rows.js';
import { tinyPolicy } from '../support/tiny-policy.js';

const NOW = Date.parse('2026-03-15T13:20:00Z');
const period = periodOf('30', NOW);
const policy = tinyPolicy([
  { name: 'nli', fields: ['verifiers.nli'], price: { money: 0.4 } },
  { name: 'large', model: 'large', price: { money: 6, milliseconds: 700 } },
]);
const facts = (more: Partial<BundleFacts> = {}): BundleFacts => ({
  ...{ digest: 'new', manifest: {} as Manifest, report: null, reference: null, policy },
  ...more,
});

/** [basis, decision, bundle, tenant] of answers. */
type Row = [basis: string | null, decision: string | null, bundle?: string, tenant?: string];

async function drawn(rows: Row[], given: { bundle?: BundleFacts | null; prices?: object; tenant?: string } = {}) {
  const store = await freshStore();
  await write(
    store,
    rows.map(([basis, decision, bundle = 'new', tenant = ''], i) =>
      scored(`a${i}`, { time: NOW - i * 3_600_000, basis, decision, bundle, tenant }),
    ),
    [],
  );
  const { bundle = facts(), prices, tenant = null } = given;
  const totals = totalsOf(await countsIn(store.db, period, tenant));
  const bought = await boughtIn(store.db, period, tenant);
  const own = prices === undefined ? null : parsePrices(prices);
  const html = cascade({ totals, bought, bundle, prices: own, period });
  return html === null ? null : html.markup.replace(/<svg.*?<\/svg>/gs, '');
}

const textOf = (html: string | null) =>
  String(html)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
/** The cells of the table of what was bought. */
const cellsOf = (html: string | null) =>
  [
    ...String(html)
      .split('<tbody>')[1]
      .split('</tbody>')[0]
      .matchAll(/<tr[^>]*>(.*?)<\/tr>/gs),
  ].map(([, row]) => [...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map(([, cell]) => cell));

describe('what a cascade spent', () => {
  const rows: Row[] = [
    ['policy()', 'accept'],
    ['policy()', 'accept'],
    ['policy(nli)', 'accept'],
    ['policy(nli)', 'abstain'],
    ['policy(nli!)', 'abstain'], // it failed, and was paid for
    ['policy(nli,large)', 'accept'],
    ['natural', 'accept'],
    [null, null],
  ];

  it('is counted by what was paid for, in all stages and decisions', async () => {
    const html = await drawn(rows);
    // the first answer costs 1, nli .4, large 6
    expect(cellsOf(html)).toEqual([
      ['nli', '3', '50.0%', '33.3%', '1.400', '4.200'],
      ['nothing more', '2', '33.3%', '100.0%', '1.000', '2.000'],
      ['nli, large', '1', '16.7%', '100.0%', '7.400', '7.400'],
    ]);
    const text = textOf(html);
    expect(text).toContain('Answers under a policy 6 75.0% of those scored');
    expect(text).toContain('first answer 6.000 (44.1%); large 6.000 (44.1%); nli 1.600 (11.8%)');
    expect(text).toContain('Spent 13.600 on first answers and stages');
    expect(text).toContain('Spent per answer 2.267');
    expect(text).toContain('Not accepted 2 33.3% of them; at 10.000 each: 20.000');
  });

  it('is priced by the prices of the service, and tokens and milliseconds by their worth', async () => {
    const prices = {
      ...{ first: { price: { money: 1, tokens: 10 } }, wrong: 50, person: 8, perToken: 0.1, perMillisecond: 0.01 },
      stages: [
        { name: 'nli', fields: ['verifiers.nli'], price: { money: 0.5 } },
        { name: 'large', model: 'large', price: { milliseconds: 100 } },
      ],
    };
    const html = await drawn(rows, { prices });
    expect(cellsOf(html).map(([, , , , each]) => each)).toEqual(['2.500', '2.000', '3.500']);
    expect(textOf(html)).toContain('Left to a person 2 33.3% of them; at 8.000 each: 16.000');
  });

  it('names what has no price, and decisions of other versions', async () => {
    const html = await drawn([
      ['policy(nli)', 'accept'],
      ['policy(judge)', 'accept', 'old'],
    ]);
    expect(cellsOf(html)).toContainEqual(['judge', '1', '50.0%', '100.0%', 'no price', 'no price']);
    expect(textOf(html)).toContain(
      'Spent 1.400 on first answers and stages; 1 answer had a stage that has no price now',
    );
    expect(textOf(html)).toContain('Other versions decided about 1 answer of them');
    const bare = await drawn([['policy(nli)', 'accept']], { bundle: facts({ policy: null }) });
    expect(cellsOf(bare)).toEqual([['nli', '1', '100.0%', '100.0%']]);
  });

  it('shows one tenant its own', async () => {
    const html = await drawn(
      [
        ['policy(nli)', 'accept', 'new', 't1'],
        ['policy()', 'accept', 'new', 't2'],
      ],
      { tenant: 't1' },
    );
    expect(cellsOf(html).map(([path]) => path)).toEqual(['nli']);
  });

  it('compares with the day of certification only at the same prices', async () => {
    const spent = { value: 1.9, low: 1.7, high: 2.1, level: 0.95 };
    const report = { title: null, metrics: {}, reliability: null, worth: new Map(), spent };
    const bundle = facts({ report });
    expect(textOf(await drawn(rows, { bundle }))).toContain('when it was certified: 1.900');
    const prices = { ...policy.prices, wrong: 60 };
    expect(textOf(await drawn(rows, { bundle, prices }))).not.toContain('when it was certified');
  });

  it('of escalations without a policy comes from the cost table, if there is one', async () => {
    const plain: Row[] = [
      ['natural', 'escalate'],
      ['natural', 'escalate'],
      ['natural', 'accept'],
    ];
    const without = textOf(await drawn(plain, { bundle: facts({ policy: null }) }));
    expect(without).toContain('What they cost is not known');
    const decisions = {
      by: 'pattern' as const,
      sliceBy: [],
      costs: { wrong: 1, abstain: 0.2, escalate: 0.15, escalatedWrong: 0 },
    };
    const manifest = { decisions } as unknown as Manifest;
    const known = textOf(await drawn(plain, { bundle: facts({ policy: null, manifest }) }));
    expect(known).toContain('Decision escalate 2 66.7% of the answers; at 0.150 each: 0.300');
    expect(await drawn([['natural', 'accept']])).toBeNull();
  });
});

describe('what pages read of report.json', () => {
  const facts = (content: unknown) => reportFacts(Buffer.from(JSON.stringify(content)));

  it('is there for a trained bundle, an adapted one, a policy, and for none', () => {
    const metrics = { logLoss: { value: 0.3, low: 0.2, high: 0.4, level: 0.95 } };
    const bins = [{ predicted: 0.5, right: 0.5, low: 0, high: 1, rows: 3 }];
    const worth = [
      { name: 'text.words', permutation: 0.02 },
      { name: 'x', permutation: null },
    ];
    const trained = facts({ title: 'T', test: { metrics, reliability: bins, reliabilityCurve: [] }, signals: worth });
    expect(trained).toEqual({
      ...{ title: 'T', metrics, reliability: { bins, curve: [] }, worth: new Map([['text.words', 0.02]]) },
      spent: null,
    });
    const none = { worth: new Map(), reliability: null };
    const adapted = facts({ before: { metrics }, test: { metrics } });
    expect(adapted).toEqual({ ...none, title: null, metrics, spent: null });
    const signals = { value: 1.9, low: 1.7, high: 2.1, level: 0.95 };
    const own = facts({ kind: 'policy', ways: [{ name: 'this policy', signals }] });
    expect(own).toEqual({ ...none, title: null, metrics: {}, spent: signals });
    expect([reportFacts(undefined), reportFacts(Buffer.from('no JSON')), facts([])]).toEqual([null, null, null]);
  });
});
