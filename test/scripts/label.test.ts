import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../data/record.js';
import { register } from '../../scripts/commands/label.js';
import { errorOf, temporary } from '../data/temporary.js';
import { command } from '../support/run-command.js';

const { folder, put } = temporary();

/** Runs `vouch label` and gives what it printed. */
const label = (...args: string[]) => command(register, 'label', ...args, '--quiet');

function records(path: string): AnswerRecord[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as AnswerRecord);
}

const answers = put(
  'answers.jsonl',
  [
    '{"id":"1","answer":"It is Oslo","reference":["Oslo"],"grader":"contains","label":1,"labelSource":"human","extra":{"a":[1]},"tokens":[{"token":"x","logprob":-Infinity}]}',
    '{"id":"2","answer":"Bergen","reference":["Oslo"],"grader":"contains","label":1,"labelSource":"human"}',
    '{"id":"3","answer":"2 + 2 = 4","reference":["4"],"grader":"numeric","label":0,"labelSource":"human"}',
    '{"id":"4","answer":"B) x","reference":["B"],"grader":"choice"}',
    '{"id":"5","answer":"Oslo","reference":["Oslo"]}',
    '{"id":"6","answer":"Oslo","grader":"exact","labels":[{"value":0,"source":"auto:exactMatch"}]}',
  ].join('\n'),
);

describe('vouch label', () => {
  it('labels each answer by the rule its field names, keeps everything else, and says how people agree', async () => {
    const out = join(folder, 'out.jsonl.gz');
    const printed = JSON.parse(await label(answers, '--with-field', 'grader', '--out', out, '--json'));
    expect(printed).toMatchObject({ answers: 6, labelled: 4, unnamed: 1, untold: 1, right: 3, bad: 0, out });
    expect(printed.agreement).toEqual({ n: 3, agree: 1, falseRight: 1, falseWrong: 1, right: 2, wrong: 1 });
    const got = records(out);
    expect(got.map(({ labels }) => labels?.at(-1))).toEqual([
      { value: 1, source: 'auto:containedAlias' },
      { value: 0, source: 'auto:containedAlias' },
      { value: 1, source: 'auto:numeric' },
      { value: 1, source: 'auto:choiceLetter' },
      undefined,
      { value: 0, source: 'auto:exactMatch' },
    ]);
    expect(got[0]).toEqual({
      id: '1',
      answer: 'It is Oslo',
      reference: ['Oslo'],
      grader: 'contains',
      extra: { a: [1] },
      tokens: [{ token: 'x', logprob: -9999 }],
      labels: [
        { value: 1, source: 'human' },
        { value: 1, source: 'auto:containedAlias' },
      ],
    });
  });

  it('prints sentences, cuts soft labels, replaces its own earlier label', async () => {
    const first = join(folder, 'f1.jsonl');
    const said = await label(answers, '--with', 'f1', '--threshold', '0.5', '--out', first);
    expect(said).toContain('5 of 6 answers labelled, 80.0% right');
    expect(said).toContain(
      'it calls 1 of 1 (100.0%) of the wrong answers right and 1 of 2 (50.0%) of the right answers wrong',
    );
    expect(said).toContain('1 could not be graded');
    const second = join(folder, 'f2.jsonl');
    await label(first, '--with', 'tokenF1', '--out', second);
    expect(records(second)[0].labels).toEqual([
      { value: 1, source: 'human' },
      { value: 0.5, source: 'auto:tokenF1' },
    ]);
  });

  it('joins human grades first, and writes to standard output', async () => {
    const grades = put('grades.csv', 'id,label,source\n5,1,human\n');
    const lines = (await label(answers, '--with', 'exact', '--labels', grades, '--out', '-')).trim().split('\n');
    expect(lines).toHaveLength(6);
    expect(JSON.parse(lines[4]).labels).toEqual([
      { value: 1, source: 'human' },
      { value: 1, source: 'auto:exactMatch' },
    ]);
  });

  it('fails with a code and leaves nothing half-written', async () => {
    const bad = put('bad/in.jsonl', '{"id":"1","answer":"a"}\nnot json\n');
    const at = join(folder, 'bad');
    const out = join(at, 'out.jsonl');
    expect(await errorOf(label(bad, '--with', 'exact', '--out', out))).toMatchObject({
      code: 'BAD_JSON',
      file: bad,
      line: 2,
    });
    expect(await errorOf(label(bad, '--with', 'bleu', '--out', out))).toMatchObject({ code: 'BAD_USAGE', got: 'bleu' });
    expect(await errorOf(label(bad, '--out', out))).toMatchObject({ code: 'BAD_USAGE' });
    expect(await errorOf(label(put('bad/empty.jsonl', ''), '--with', 'exact', '--out', out))).toMatchObject({
      code: 'NO_ANSWERS',
    });
    expect(await errorOf(label(answers, '--with', 'exact', '--out', join(bad, 'x.jsonl')))).toMatchObject({
      code: 'OUT_UNWRITABLE',
    });
    expect(await errorOf(label(answers, '--with-field', 'answer', '--out', out))).toMatchObject({
      code: 'BAD_USAGE',
      got: 'It is Oslo',
    });
    expect(readdirSync(at).sort()).toEqual(['empty.jsonl', 'in.jsonl']);
    const said = await label(bad, '--with', 'exact', '--out', out, '--bad-lines', 'skip');
    expect(said).toContain('1 line could not be read');
    expect(readdirSync(at).sort()).toEqual(['empty.jsonl', 'in.jsonl', 'out.jsonl', 'out.jsonl.bad.jsonl']);
  });

  it('draws answers for people, says what comes next, and reads the file back', async () => {
    const todo = join(folder, 'todo.csv');
    const printed = await label(answers, '--sample', '9', '--seed', '3', '--out', todo);
    expect(printed).toMatch(
      /^3 of 3 answers drawn at random, one per question \(seed 3\): .*todo\.csv\n3 answers that people have graded/,
    );
    expect(printed).toContain(`Then: vouch train ${answers} --labels ${todo} --out runs/mine`);
    const filled = readFileSync(todo, 'utf8').replaceAll(',,,human', ',yes,,human');
    expect(filled.split('\r\n').slice(1, -1).sort()).toEqual([
      "'4,,B) x,B,yes,,human",
      "'5,,Oslo,Oslo,yes,,human",
      "'6,,Oslo,,yes,,human",
    ]);
    const out = join(folder, 'graded.jsonl');
    await label(answers, '--with', 'exactMatch', '--labels', put('filled.csv', filled), '--out', out);
    const human = records(out).map(({ labels }) =>
      labels?.filter(({ source }) => source === 'human').map(({ value }) => value),
    );
    expect(human).toEqual([[1], [1], [0], [1], [1], [1]]);
  });

  it('draws into CSV only', async () => {
    const out = join(folder, 'todo.jsonl');
    expect(await errorOf(label(answers, '--sample', '2', '--out', out))).toMatchObject({ code: 'BAD_USAGE' });
    expect(existsSync(out)).toBe(false);
  });

  it('a draw and a rule are two things', async () => {
    const work = label(answers, '--sample', '2', '--with', 'numeric', '--out', join(folder, 'x.csv'));
    expect(await errorOf(work)).toMatchObject({ code: 'BAD_USAGE' });
  });
});
