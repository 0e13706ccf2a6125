import type { AnswerRecord } from '../../data/record.js';

const lines = (records: unknown[]): string => `${records.map((record) => JSON.stringify(record)).join('\n')}\n`;

/** A name, the file's text, the code wanted, and what the one line must name. */
export type BadInput = [name: string, text: string, code: string, says: RegExp];

/** The bad inputs that training meets, each made from good answers. */
export function badInputs(good: AnswerRecord[]): BadInput[] {
  const broken = (at: number, change: (record: AnswerRecord) => unknown) =>
    lines(good.map((record, i) => (i === at ? change(record) : record)));
  const labelled = (value: (i: number) => number | null) =>
    lines(
      good.map((record, i) => {
        const label = value(i);
        return { ...record, labels: label === null ? null : [{ value: label }] };
      }),
    );
  const token = { token: 'x', logprob: 0.5 };
  return [
    ['not JSON', lines(good).replace('{"id":"q3/small"', '{"id":q3/small"'), 'BAD_JSON', /answers\.jsonl:7/],
    [
      'an answer that is an object',
      broken(4, (r) => ({ ...r, answer: { is: 42 } })),
      'BAD_RECORD',
      /:5: field "answer".*got \{"is":42\}/,
    ],
    ['stated in percent', broken(4, (r) => ({ ...r, stated: 90 })), 'BAD_RECORD', /:5: field "stated".*100/],
    [
      'a logprob above 0',
      broken(4, (r) => ({ ...r, tokens: [token] })),
      'BAD_RECORD',
      /:5: field "tokens\[0\]\.logprob".*0\.5/,
    ],
    [
      'a label of 7',
      broken(4, (r) => ({ ...r, labels: [{ value: 7 }] })),
      'BAD_(LABEL|RECORD)',
      /:5: field "labels\[0\]\.value".*got 7/,
    ],
    ['labels all the same', labelled(() => 1), 'ONE_CLASS', /all 400 labels/],
    ['12 labels', labelled((i) => (i < 12 ? i % 2 : null)), 'TOO_FEW_LABELS', /got 12/],
    ['no labels', labelled(() => null), 'NO_LABELS', /--labels/],
    ['one group', lines(good.map((r) => ({ ...r, group: 'all' }))), 'ONE_GROUP', /--group-by/],
    ['a duplicate id', lines([...good, good[3]]), 'DUPLICATE_ID', /:401: field "id"/],
    ['an empty file', '', 'NO_(ANSWERS|LABELS)', /answers/],
  ];
}
