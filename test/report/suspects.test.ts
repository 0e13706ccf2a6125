import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import { labelOf } from '../../data/label-of.js';
import type { AnswerRecord } from '../../data/record.js';
import { reportCard } from '../../report/card.js';
import { reportHtml } from '../../report/html.js';
import type { ReportData } from '../../report/results.js';
import { madeAnswers } from '../support/answers.js';
import { light, trainOn } from '../support/trained.js';
import { fakeReport } from './fake-report.js';

const NASTY = '</code><script>alert(1)</script>';

/** Made answers with everything wrong with them that is looked for. */
function doubtful(): AnswerRecord[] {
  const records = madeAnswers(300);
  records.forEach((record, i) => {
    const right = record.labels![0].value;
    record.labels!.push({ value: i % 5 === 0 ? 0 : right, source: 'auto:rule' });
    if (i % 4 >= 2) record.labels = record.labels!.filter(({ source }) => source !== 'human');
  });
  const [first, second, third] = records;
  const all = [
    ...records,
    { ...first, id: 'repeated' },
    { ...second, id: NASTY, labels: [{ value: 1 - second.labels![0].value, source: 'human' }] },
    { ...third, id: 'doubled', group: 'another', prompt: third.prompt!.replace('What', 'Whát') },
  ];
  return all.map((record) => ({ ...record, features: { ...record.features, reviewed: labelOf(record)!.value } }));
}

describe('doubtful rows in the report of a run', () => {
  let report: ReportData;
  let markup: string;
  let rows: string[][];

  beforeAll(async () => {
    report = (await trainOn(doubtful(), light)).report;
    markup = reportHtml(report);
    const { document } = parseHTML(markup);
    rows = [...document.querySelectorAll('#suspects tbody tr')].map((tr) =>
      [...tr.children].map((cell) => (cell.textContent ?? '').trim()),
    );
  });

  it('report.json names rows by id and holds no text', () => {
    const { duplicates, conflicts, near, denied } = report.suspects!;
    expect(duplicates.examples).toContainEqual(['q0/small', 'repeated']);
    expect(conflicts.examples.flat().map(({ id }) => id)).toEqual(expect.arrayContaining(['q0/large', NASTY]));
    expect(near).toMatchObject({ groups: 2, sets: 1, pairs: [{ a: 'q1/small', b: 'doubled', likeness: 1 }] });
    expect(denied.rows).toBe(report.parts[0].rows);
    expect(denied.examples.length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(report.suspects)).not.toContain('fact number');
  });

  it('the alarm stands at the top of the page, in the warnings and in the card', () => {
    const { document } = parseHTML(markup);
    const said = 'features.reviewed is a copy of the label';
    expect(document.querySelector('header .alarm')?.textContent).toContain(said);
    expect(report.data.warnings[0]).toContain(said);
    expect(reportCard(report)).toContain(`**Leak alarm: ${said}`);
  });

  it('the section shows what was found, escaped', () => {
    const cell = (head: string) => rows.find(([first]) => first === head);
    expect(cell('Repeated answers')?.[1]).toBe('2');
    expect(cell('Same answer, different label')?.[1]).toBe('2');
    expect(cell('Questions that are nearly the same')?.[1]).toBe('2');
    expect(cell('features.reviewed')?.slice(1)).toEqual(['a copy of the label', '1.000', '1.000', 'right']);
    expect(cell('all answers')?.[4]).toBe('302');
    expect(markup).not.toContain(NASTY);
    expect(markup.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '')).not.toMatch(/undefined|NaN|Infinity|\bnull\b/);
  });

  it('every row has as many cells as its head', () => {
    const { document } = parseHTML(markup);
    for (const table of document.querySelectorAll('#suspects table')) {
      const columns = table.querySelector('thead tr')?.children.length;
      for (const tr of table.querySelectorAll('tbody tr')) expect(tr.children.length).toBe(columns);
    }
  });
});

it('a report without them has no such section and no banner', () => {
  const markup = reportHtml(fakeReport());
  expect(markup).not.toContain('id="suspects"');
  expect(markup).not.toContain('class="alarm"');
});
