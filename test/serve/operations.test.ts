import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metricsText } from '../../monitor/alerts/metrics-file.js';
import type { MonitorResult } from '../../monitor/results.js';
import { openService } from '../../serve/service.js';
import { serveOptions } from '../support/serving.js';
import { question, replay, standing, useGateways, yes } from '../support/standing-gateway.js';

const folder = resolve(import.meta.dirname, '../../docs/operations');
const page = readFileSync(join(folder, '../operations.md'), 'utf8');
/** A reader of YAML that a dependency brings. */
const { parse } = createRequire(createRequire(import.meta.url).resolve('@fastify/swagger'))('yaml') as {
  parse(text: string): unknown;
};

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string; description: string };
}
const { groups } = parse(readFileSync(join(folder, 'alerts.yaml'), 'utf8')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);

interface Panel {
  id: number;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr: string }[];
}
const dashboard = JSON.parse(readFileSync(join(folder, 'dashboard.json'), 'utf8')) as {
  panels: Panel[];
  templating: { list: { query: string | { query: string } }[] };
};
const queries = dashboard.templating.list.map(({ query }) => (typeof query === 'string' ? '' : query.query));
const shown = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
const expressions = [...rules.map(({ expr }) => expr), ...shown, ...queries];

/** Metrics of Prometheus itself and of its node exporter. */
const FOREIGN = ['up', 'node_textfile_mtime_seconds'];
/** Labels that Prometheus and its node exporter add. */
const ADDED = ['job', 'instance', 'file'];
/** Labels with a fixed set of values, all of which are exported from the start. */
const FIXED = ['le', 'outcome', 'result', 'kind', 'state', 'what', 'limit'];

const error = { value: 0.05, low: 0.02, high: 0.08, allRight: 0.03, allWrong: 0.07 };
const share = { value: 0.9, low: 0.8, high: 1, answers: 9, questions: 9 };
const none = { none: 0, right: 0, wrong: 0 };
const found: MonitorResult = {
  ...{ bundle: 'b'.repeat(64), run: 3, since: null, until: null },
  answers: { new: 9, known: 0, leftOut: { otherBundle: 0, deleted: 0 }, questions: 9, isSample: false, accepted: 8 },
  promises: [
    {
      ...{ claim: 'c', alpha: 0.1, delta: 0.05, state: 'holds', logBroken: 0, logHolds: 4, brokenTogether: false },
      ...{ questions: 9, drawn: 9, labels: 9, waiting: 0, givenUp: 0, error, needed: null },
      change: { value: 0, runLength: 5000, alarms: 0 },
    },
  ],
  ...{ rest: null, slices: [], queue: [], alerts: [], notices: [] },
  drift: [{ signal: 's', kind: 'number', distance: 0.1, pvalue: 1, psi: 0, missing: [0, 0], alarm: false }],
  unseen: { shifted: 0, share: 0, expected: null, alarm: false, excess: false, unseenModels: {}, unseenTasks: {} },
  expected: { right: share, wrongAccepted: share },
  feedback: { now: none, before: none, reported: [null, null], pvalue: null, alarm: false },
  labels: { drawn: 9, feedback: 0, unused: 0 },
};

/** What is exported: the labels of each series by name, with the values that were seen. */
const exported = new Map<string, Map<string, Set<string>>>();

/** Adds a text in the format of Prometheus. */
function take(text: string): void {
  for (const [, name] of text.matchAll(/^# TYPE (\S+) /gm)) exported.set(name, exported.get(name) ?? new Map());
  for (const [, name, labels = ''] of text.matchAll(/^([a-z]\w*)(?:\{(.*)\})? \S+$/gm)) {
    const known = exported.get(name) ?? new Map<string, Set<string>>();
    for (const [, label, value] of labels.matchAll(/(\w+)="([^"]*)"/g)) {
      known.set(label, (known.get(label) ?? new Set<string>()).add(value));
    }
    exported.set(name, known);
  }
}

useGateways();

const dir = mkdtempSync(join(tmpdir(), 'vouch-operations-'));
afterAll(() => rmSync(dir, { recursive: true }));

beforeAll(async () => {
  const feedbackKeys = [{ key: 'f', tenant: '' }];
  const store = { place: join(dir, 'answers.db'), queue: 100, texts: false, clients: [], feedbackKeys };
  const { url, post } = await standing(replay, { store });
  const { id } = (await (await post(question)).json()) as { id: string };
  const said = { method: 'POST', headers: { 'x-api-key': 'f' }, body: JSON.stringify({ id, thumb: 'up' }) };
  expect((await fetch(`${url}/vouch/feedback`, said)).status).toBe(200);
  take(await (await fetch(`${url}/vouch/metrics`)).text());
  const monitor = { every: 3600, state: join(dir, 'monitor.json'), queueLabels: 1 };
  const otlp = { url: 'http://127.0.0.1:9', headers: {}, queue: 1, send: [], service: 'vouch' };
  const { app } = await openService(
    serveOptions(yes, { store: { ...store, place: join(dir, 'own.db') }, monitor, otlp }),
  );
  await app.inject({ method: 'POST', url: '/v1/score', payload: JSON.stringify({ prompt: 'a', answer: 'b' }) });
  take((await app.inject({ url: '/metrics' })).body);
  await app.close();
  take(await metricsText(found));
});

const METRIC = /\b(?:vouch|process|nodejs|node|up)(?:_\w+)?\b(?=[\s{[),]|$)/g;

describe('docs/operations', () => {
  it('names metrics that the code exports', () => {
    const names = new Set(expressions.flatMap((expr) => expr.match(METRIC) ?? []));
    expect(names.size).toBeGreaterThan(25);
    expect([...names].filter((name) => !exported.has(name) && !FOREIGN.includes(name))).toEqual([]);
    const own = [...exported.keys()].filter((name) => /^vouch_/.test(name) && !/_(bucket|sum|count)$/.test(name));
    const read = (name: string) => [name, `${name}_bucket`, `${name}_count`].some((each) => names.has(each));
    // how many rows go through the graph together concerns nobody in operation
    expect(own.filter((name) => !read(name))).toEqual(['vouch_batch_rows']);
  });

  it('selects by labels and values that these metrics have', () => {
    const selectors = expressions.flatMap((expr) => [...expr.matchAll(/(\w+)\{([^}]*)\}/g)]);
    const wrong = selectors.flatMap(([, name, inside]) =>
      [...inside.matchAll(/(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"/g)].flatMap(([text, label, operator, value]) => {
        if (ADDED.includes(label)) return [];
        const values = exported.get(name)?.get(label);
        const isKnown = values !== undefined && (operator !== '=' || !FIXED.includes(label) || values.has(value));
        return isKnown ? [] : [`${name}: ${text}`];
      }),
    );
    expect(selectors.length).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
  });

  it('says for each alarm what to do, and nothing about others', () => {
    for (const { alert, labels, annotations } of rules) {
      expect(['critical', 'warning']).toContain(labels.severity);
      expect(annotations.summary.length * annotations.description.length, alert).toBeGreaterThan(0);
    }
    const described = [...page.matchAll(/^\| `(Vouch\w+)`/gm)].map(([, name]) => name);
    expect(described.sort()).toEqual(rules.map(({ alert }) => alert).sort());
  });

  it('has a dashboard whose panels do not overlap', () => {
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, k) => `${x + (k % w)}/${y + Math.floor(k / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });
});
