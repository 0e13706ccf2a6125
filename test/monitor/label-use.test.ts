import { expect, it } from 'vitest';
import { labelUse, openDraws } from '../../monitor/label-use.js';
import { startLedger, withRun } from '../../monitor/promise/ledger.js';

/** The open draws of a claim, with their labels. */
function drawn(labels: Record<string, number | null>) {
  const units = Object.entries(labels).map(([id, label]) => ({
    ...{ claim: 'c', slice: null, answers: 1, expected: 0.1, due: 0 },
    draws: [{ id, chance: 1, probability: 0.9, label }],
  }));
  const ledger = withRun(startLedger({ stakes: { above: [1], below: [1] } }), units, []);
  return openDraws({ ledgers: new Map([['c', ledger]]) });
}

it('counts a drawn label when it arrives, and not again', () => {
  const open = drawn({ a: null, b: null, c: 1 });
  const labels = new Map(Object.entries({ a: 1, c: 1, stray: 0 }));
  // c has waited in the state since an earlier run
  expect(labelUse({ labels, open, before: open, reports: [] })).toEqual({ drawn: 1, feedback: 0, unused: 2 });
});

it('counts a label once that came with its answer and is in the file too', () => {
  const open = drawn({ a: 1, b: 0, c: null });
  const labels = new Map(Object.entries({ a: 1, b: 0 }));
  expect(labelUse({ labels, open, before: new Map(), reports: [] })).toEqual({ drawn: 2, feedback: 0, unused: 0 });
});

it('counts feedback on accepted answers that were not drawn', () => {
  const reports = [
    { id: 'a', label: null },
    { id: 'f', label: 0 },
  ];
  const labels = new Map(Object.entries({ a: 1, f: 0 }));
  const open = drawn({ a: null });
  expect(labelUse({ labels, open, before: open, reports })).toEqual({ drawn: 1, feedback: 1, unused: 0 });
});
