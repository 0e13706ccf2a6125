import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SignalCollector } from '../../features/collect.js';
import { dynamicFamilies } from '../../features/dynamic.js';
import { features } from '../../features/list.js';
import { isRecorded, needs } from '../../features/needs.js';
import { groupOfSignal, patternGroups } from '../../features/pattern.js';
import { rowMaker } from '../../features/row.js';
import { makeView } from '../../features/view.js';
import { anyRecord } from './any-record.js';
import { tableOf } from './table-of.js';

const topK = 3;
const schema = { topK, numeric: features.map(({ name, version }) => `${name}@${version}`), categorical: [] };

describe('what every signal promises', () => {
  it('has a name of its own, a known need and a range', () => {
    expect(new Set(features.map(({ name }) => name)).size).toBe(features.length);
    for (const { name, needs: need, range } of features) {
      expect(name, name).toMatch(/^(text|reasoning|tokens|choices|samples|others|stated|panel)(\.[a-z][A-Za-z0-9]*)*$/);
      expect(needs).toContain(need);
      expect(range[0]).toBeLessThan(range[1]);
      expect(dynamicFamilies.some((family) => name.startsWith(`${family}.`))).toBe(false);
    }
  });

  it('stays in its range, is NaN without what it needs, and with it only where it says so', () => {
    const view = makeView(topK);
    fc.assert(
      fc.property(anyRecord, (record) => {
        view.load(record);
        for (const { name, needs: need, unless, range, of } of features) {
          if (!isRecorded(need, view)) continue;
          const value = of(view);
          if (Number.isNaN(value)) {
            if (unless === undefined) throw new Error(`${name} is NaN`);
          } else if (!(value >= range[0] - 1e-9 && value <= range[1] + 1e-9)) throw new Error(`${name} is ${value}`);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('is the same whatever was read before: rows, columns and table agree', () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { minLength: 1, maxLength: 6 }), (records) => {
        const shared = rowMaker(schema);
        const collector = new SignalCollector(topK);
        for (const record of records) collector.add(record);
        const { columns } = collector.finish();
        const table = tableOf(records, { topK });
        records.forEach((record, i) => {
          const row = new Float64Array(features.length);
          const alone = new Float64Array(features.length);
          shared.row(record, row, 0, new Int32Array(0), 0);
          rowMaker(schema).row(record, alone, 0, new Int32Array(0), 0);
          const column = schema.numeric.map((name) => columns.get(name)![i]);
          expect([...row]).toEqual([...alone]);
          expect(column).toEqual([...alone]);
          expect(features.map(({ name }) => table.get(name, i))).toEqual([...alone]);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('never reads labels or references', () => {
    const maker = rowMaker(schema);
    fc.assert(
      fc.property(
        anyRecord,
        fc.array(fc.string(), { maxLength: 2 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (record, reference, value) => {
          const plain = maker.signals(record);
          const labelled = maker.signals({
            ...record,
            reference: [...reference, record.answer],
            labels: [{ value, source: 'human' }],
          });
          expect(labelled).toEqual(plain);
          const forbidden = new Proxy(record, {
            get(target, key) {
              if (key === 'reference' || key === 'labels' || key === 'label')
                throw new Error(`${String(key)} was read`);
              return Reflect.get(target, key);
            },
          });
          expect(maker.signals(forbidden)).toEqual(plain);
          new SignalCollector(topK).add(forbidden);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('does not heed the order of alternatives, choices or verifiers', () => {
    const maker = rowMaker(schema);
    const turned = <T>(values: Record<string, T> | null | undefined) =>
      values && Object.fromEntries(Object.entries(values).reverse());
    fc.assert(
      fc.property(anyRecord, (record) => {
        const other = {
          ...record,
          tokens: record.tokens?.map((token) => ({ ...token, top: token.top && [...token.top].reverse() })),
          choices: turned(record.choices),
          verifiers: turned(record.verifiers),
        };
        const before = maker.signals(record);
        const after = maker.signals(other);
        for (const name of Object.keys(before)) {
          if (Number.isNaN(before[name])) expect(after[name], name).toBeNaN();
          else expect(after[name], name).toBeCloseTo(before[name], 9);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('belongs to one group of a pattern', () => {
    const count = (group: string) => features.filter(({ name }) => groupOfSignal(name) === group).length;
    expect(patternGroups.reduce((sum, group) => sum + count(group), 0)).toBe(features.length);
    expect(count('encoder')).toBe(0);
    for (const { name, needs: need } of features) {
      const group = groupOfSignal(`${name}@1`);
      const expected = ['tokens', 'tokens.top', 'choices'].includes(need)
        ? 'logprobs'
        : ['stated', 'verifiers'].includes(need)
          ? 'verifiers'
          : need === 'otherModels'
            ? 'others'
            : need === 'samples'
              ? 'samples'
              : 'free';
      expect(group, name).toBe(expected);
    }
    expect([
      groupOfSignal('verifiers.a@1'),
      groupOfSignal('features.a.logit@1'),
      groupOfSignal('agreeWith.m@1'),
      groupOfSignal('similarities.a.agree@1'),
    ]).toEqual(['verifiers', 'free', 'others', 'encoder']);
  });
});
