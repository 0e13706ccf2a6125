import { expect, it } from 'vitest';
import type { ReportData } from '../../report/results.js';
import { tooFew } from '../../report/too-few.js';
import { promises } from '../../train/prepare/summary.js';
import { madeAnswers } from '../support/answers.js';
import { trainOn } from '../support/trained.js';
import { fakeReport } from './fake-report.js';

it('60 graded answers: console, page and card say that they are too few and how many it takes', async () => {
  const { report, files } = await trainOn(madeAnswers(30), { learners: ['logistic'], resamples: 50 });
  const said =
    'Too few labels to promise anything: 60 labelled answers to 30 questions. A promise of at most 5% errors with 95% ' +
    'confidence needs at least 59 labelled questions, even if every answer is accepted and right, and at least 100 labelled ' +
    'answers with the same signals. It needs more if some answers are wrong or not accepted.';
  expect(report.thresholds).toEqual([]);
  expect(promises(report)).toBe(`Nothing is certified. ${said}`);
  expect(files['report.html']).toContain(said);
  expect(files['card.md']).toContain(said);
});

const none = { ...fakeReport(3, 200).thresholds[0], threshold: null, groups: 20, advice: 'Label more.' };
const few = (changed: Partial<ReportData> = {}): ReportData => ({
  ...fakeReport(3, 200),
  thresholds: [none],
  options: { targetError: 0.1, confidence: 0.9, patternRows: 100, smallGroups: 600, certifyShareSmall: 0.3 },
  judged: { how: 'split', trainedOn: 0.7 },
  ...changed,
});

it('counts what certifies: with a split more questions are needed', () => {
  const data = { ...fakeReport(3, 200).data, groups: 130 };
  const [said, line] = promises(few({ data })).split('\n');
  expect(said).toContain('at most 10% errors with 90% confidence needs at least 74 labelled questions (30% of them');
  expect(line).toContain('Label more.');
});

it('says that nothing is certified where no pattern has answers enough, and nothing where one claim is', () => {
  const options = { targetError: 0.5, confidence: 0.5, patternRows: 100 };
  const data = { ...fakeReport(3, 200).data, groups: 130 };
  const bare = few({ thresholds: [], options, data });
  expect(promises({ ...bare, options: { ...options, targetError: undefined } })).toBe(
    'Nothing is certified. No pattern of signals has the 100 labelled answers that a promise needs.',
  );
  expect(promises(few({ thresholds: [{ ...none, threshold: 0.9 }, none] }))).not.toContain('Nothing is certified');
});

it('says nothing where something is promised, or where questions enough were tested', () => {
  expect(tooFew(few({ thresholds: [{ ...none, threshold: 0.9 }, none] }))).toBeNull();
  expect(tooFew(few({ thresholds: [{ ...none, groups: 22 }] }))).toBeNull();
  expect(tooFew(few({ thresholds: [{ ...none, groups: 21 }] }))).toContain('Too few');
});
