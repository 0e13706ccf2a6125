import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RecordInput, type TuneFormat, type TuneKind, type TuneOptions, tuneExport } from '../../index.js';
import { temporary } from '../data/temporary.js';
import { madeAnswers } from '../support/answers.js';

const { folder, put } = temporary();
const CITIES = ['Lima', 'Oslo', 'Quito', 'Rome', 'Cairo', 'Paris', 'Delhi', 'Tokyo', 'Bern', 'Riga', 'Doha', 'Male'];
/** Per city: one right and one wrong answer of one model to the same prompt, with references and graded samples. */
const answers: RecordInput[] = CITIES.flatMap((city, i) =>
  [0, 1].map((k) => ({
    ...{ id: `${city}-${k}`, group: city, model: 'm', task: 'capitals', decoding: { temperature: 0 } },
    prompt: `Which country has ${city} as its capital?`,
    answer: k === 0 ? `country ${i}` : `wrong ${i}`,
    reference: [`country ${i}`, `SECRET${i}`],
    samples: k === 0 ? [{ answer: `sampled ${i}`, temperature: 1 }] : null,
    labels: [{ value: 1 - k, source: 'auto:containedAlias' }],
  })),
);

let made = 0;
async function exported(given: Partial<TuneOptions> = {}, from: RecordInput[] = answers) {
  const { out = join(folder, `set-${made++}`) } = given;
  const result = await tuneExport(from, { as: 'ptrue', for: 'trl', curve: false, ...given, out });
  const read = (name: string) =>
    readFileSync(join(out, name), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  return { out, result, read, manifest: JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) };
}

const parts = ['train', 'validation', 'test'];

describe('tuneExport', () => {
  it('writes the rows of each format', async () => {
    const firstOf = async (as: TuneKind, name: TuneFormat) => {
      const baseModel = name === 'axolotl' ? 'my/model' : undefined;
      const { read } = await exported({ as, for: name, baseModel });
      const at = read('index.jsonl').find(({ id, part }) => part === 'train' && id.endsWith('-0'));
      return { row: read('train.jsonl')[at.line - 1], city: at.group, i: CITIES.indexOf(at.group) };
    };
    const asked = (city: string) => ({ role: 'user', content: `Which country has ${city} as its capital?` });
    const probe = (city: string, i: number) => ({
      role: 'user',
      content:
        `Question: ${asked(city).content}\nProposed answer: country ${i}\n` +
        'Is the proposed answer right? Reply True or False.',
    });
    const said = (content: string) => ({ role: 'assistant', content });

    const one = await firstOf('ptrue', 'openai');
    expect(one.row).toEqual({ messages: [probe(one.city, one.i), said('True')] });
    const two = await firstOf('ptrue', 'trl');
    expect(two.row).toEqual({ prompt: [probe(two.city, two.i)], completion: [said('True')] });
    const three = await firstOf('ptrue', 'axolotl');
    expect(three.row).toEqual({
      messages: [
        { ...probe(three.city, three.i), training: false },
        { ...said('True'), training: true },
      ],
    });
    const four = await firstOf('idk', 'openai');
    expect(four.row).toEqual({ messages: [asked(four.city), said(`country ${four.i}`)] });
    const worse = ({ i }: { i: number }) => expect.stringMatching(new RegExp(`^(wrong|sampled) ${i}$`));
    const five = await firstOf('preferences', 'openai');
    expect(five.row).toEqual({
      input: { messages: [asked(five.city)] },
      preferred_output: [said(`country ${five.i}`)],
      non_preferred_output: [{ role: 'assistant', content: worse(five) }],
    });
    const six = await firstOf('preferences', 'trl');
    expect(six.row).toEqual({
      prompt: [asked(six.city)],
      chosen: [said(`country ${six.i}`)],
      rejected: [{ role: 'assistant', content: worse(six) }],
    });
    const seven = await firstOf('preferences', 'axolotl');
    expect(seven.row).toEqual({
      messages: [asked(seven.city)],
      chosen: said(`country ${seven.i}`),
      rejected: { role: 'assistant', content: worse(seven) },
    });
  });

  it('says what is in the set, by part, task, model and label, and hashes its files', async () => {
    const { manifest, result, out, read } = await exported();
    expect(result).toMatchObject({
      ...{ answers: 24, rows: { train: 20, validation: 2, test: 2 }, questions: { train: 10, validation: 1, test: 1 } },
      ...{ leftOut: {}, curve: null, bad: 0 },
    });
    expect(manifest.counts).toEqual(
      parts.flatMap((part) =>
        ['right', 'wrong'].map((label) => ({
          ...{ part, task: 'capitals', model: 'm', label, rows: part === 'train' ? 10 : 1 },
        })),
      ),
    );
    expect(manifest.options).toMatchObject({ as: 'ptrue', for: 'trl', rows: 10000, seed: 1, balance: true });
    for (const [name, hash] of Object.entries(manifest.files))
      expect(
        createHash('sha256')
          .update(readFileSync(join(out, name)))
          .digest('hex'),
      ).toBe(hash);
    expect(Object.keys(manifest.files)).toEqual(['train.jsonl', 'validation.jsonl', 'test.jsonl', 'index.jsonl']);
    expect(read('index.jsonl').length).toBe(24);
  });

  it('has the same test questions for each kind and format, and depends on the seed alone', async () => {
    const tested = async (given: Partial<TuneOptions>) => {
      const { read, manifest } = await exported(given);
      const groups = read('index.jsonl').filter(({ part }) => part === 'test');
      return { groups: [...new Set(groups.map(({ group }) => group))], files: manifest.files };
    };
    const base = await tested({});
    for (const as of ['idk', 'preferences'] as const) expect((await tested({ as })).groups).toEqual(base.groups);
    expect((await tested({ for: 'openai' })).groups).toEqual(base.groups);
    expect((await tested({})).files).toEqual(base.files);
    const others = await Promise.all([2, 3, 4, 5].map(async (seed) => (await tested({ seed })).groups[0]));
    expect(new Set([...others, base.groups[0]]).size).toBeGreaterThan(1);
  });

  it('keeps nearly equal questions together, also with groupBy, and equal prompts in any group', async () => {
    const near = CITIES.flatMap((city, i): RecordInput[] =>
      ['', 'Hello! ', 'please '].map((before, k) => ({
        ...answers[2 * i],
        id: `${city}-${k}`,
        group: `${city} ${k}`,
        prompt: `${before}Which country has ${city} as its capital?`,
        labels: [{ value: k % 2, source: 'human' }],
      })),
    );
    for (const groupBy of [undefined, 'group']) {
      const { read, result } = await exported({ as: 'idk', groupBy }, near);
      expect(result.questions).toEqual({ train: 10, validation: 1, test: 1 });
      const partOf = new Map<string, Set<string>>();
      for (const { id, part } of read('index.jsonl')) {
        const [city] = id.split('-');
        partOf.set(city, (partOf.get(city) ?? new Set()).add(part));
      }
      expect([...partOf.values()].map(({ size }) => size)).toEqual(CITIES.map(() => 1));
    }
    const vague = near.map((record, i) => ({ ...record, prompt: i % 12 === 0 ? 'Continue.' : record.prompt }));
    const { read } = await exported({ as: 'idk' }, vague);
    const prompts = parts.map((part) => new Set(read(`${part}.jsonl`).map(({ prompt }) => prompt[0].content)));
    expect(prompts.filter((set) => set.has('Continue.')).length).toBe(1);
  });

  it('never shows a reference in a probe or an answer that may abstain', async () => {
    for (const as of ['ptrue', 'idk'] as const) {
      const { out } = await exported({ as });
      for (const part of parts) expect(readFileSync(join(out, `${part}.jsonl`), 'utf8')).not.toContain('SECRET');
    }
  });

  it("reports the share of abstentions, in the caller's words", async () => {
    const { result, read } = await exported({ as: 'idk', abstain: 'Pass.' });
    expect(result.abstentions).toBe(0.5);
    const said = parts.flatMap((part) => read(`${part}.jsonl`).map(({ completion }) => completion[0].content));
    expect(said.filter((text) => text === 'Pass.').length).toBe(12);
  });

  it('lists the answers that are left out, with the reason', async () => {
    const odd: RecordInput[] = [
      { ...answers[0], id: 'warm', decoding: { temperature: 1 } },
      { ...answers[0], id: 'soft', labels: [{ value: 0.5 }] },
      { ...answers[0], id: 'bare', labels: null },
    ];
    const { read, result } = await exported({ as: 'idk' }, [...answers, ...odd]);
    expect(result.leftOut).toEqual({ 'not temperature 0': 1, 'soft label': 1, 'no label': 1 });
    expect(read('left-out.jsonl')).toEqual([
      { id: 'warm', why: 'not temperature 0' },
      { id: 'soft', why: 'soft label' },
      { id: 'bare', why: 'no label' },
    ]);
  });

  it('gives only the last turn of the assistant weight, for OpenAI and Axolotl', async () => {
    const { read } = await exported({ for: 'openai', examples: true });
    const [{ messages }] = read('train.jsonl');
    expect(
      messages
        .filter(({ role }: { role: string }) => role === 'assistant')
        .map(({ weight }: { weight?: number }) => weight),
    ).toEqual([0, 0, 0, 0, 0, 0, undefined]);
    const axolotl = await exported({ for: 'axolotl', baseModel: 'm', examples: true });
    const [row] = axolotl.read('train.jsonl');
    const trained = row.messages.map(({ training }: { training: boolean }) => training);
    expect(trained.lastIndexOf(false)).toBe(trained.length - 2);
    expect(trained.at(-1)).toBe(true);
  });

  it('writes a config file for Axolotl that names the files, the type and the model', async () => {
    const of = async (as: TuneKind) => {
      const { out } = await exported({ as, for: 'axolotl', baseModel: 'a "quoted" model' });
      return readFileSync(join(out, 'config.yaml'), 'utf8');
    };
    const plain = await of('idk');
    expect(plain).toContain('\nbase_model: "a \\"quoted\\" model"\n');
    expect(plain).toContain(
      '\ndatasets:\n  - path: train.jsonl\n    ds_type: json\n    split: train\n    type: chat_template\n',
    );
    expect(plain).toContain('\ntest_datasets:\n  - path: validation.jsonl\n');
    expect(plain).not.toContain('rl: dpo');
    expect(await of('preferences')).toMatch(
      /\nrl: dpo\ndatasets:\n {2}- path: train.jsonl\n[^-]*type: chat_template.default\n/,
    );
  });

  it('says whether more rows would help: a falling curve, and the reason where there is none', async () => {
    const zero = madeAnswers(120).map((record) => ({ ...record, decoding: { temperature: 0 } }));
    const { result } = await exported({ curve: true }, zero);
    expect(result.curve?.points.map(({ questions }) => questions)).toEqual([10, 19, 38, 67, 96]);
    const [first, , , , last] = result.curve?.points ?? [];
    expect(last.answers).toBe(192);
    expect(first.logLoss).toBeGreaterThan(last.logLoss);
    expect(last.logLoss).toBeLessThan(0.66);
    expect(result.curve?.says).toMatch(
      /^More rows would probably help( little)?: by its learning curve, twice the 192 /,
    );
    expect((await exported({ curve: true })).result.curve).toEqual({
      ...{ points: [], gain: null },
      says: 'There is no learning curve: it needs 50 graded answers to 20 questions, and there are 24 to 12.',
    });
  }, 120_000);

  it('warns of few rows, and of several models where the set teaches what one of them knows', async () => {
    const two = answers.map((record, i) => ({ ...record, model: i < 4 ? 'small' : 'large' }));
    const { result } = await exported({ as: 'idk' }, two);
    expect(result.notes.join('\n')).toContain('The set has 24 rows');
    expect(result.notes.join('\n')).toContain('The answers are those of 2 models');
    const only = await exported({ as: 'idk', answersOf: 'large' }, two);
    expect(only.result.leftOut).toEqual({ 'another model': 4 });
    expect(only.result.notes.join('\n')).not.toContain('models');
  });

  it('refuses what it cannot do: coded errors, and nothing is written', async () => {
    const refused = (given: object, code: string, field?: string) =>
      expect(exported(given as Partial<TuneOptions>)).rejects.toMatchObject({
        code,
        ...(field ? { detail: { field } } : {}),
      });
    await refused({ as: 'dpo' }, 'BAD_USAGE', 'as');
    await refused({ for: 'yaml' }, 'BAD_USAGE', 'for');
    await refused({ rows: 0 }, 'BAD_USAGE', 'rows');
    await refused({ seed: 0.5 }, 'BAD_USAGE', 'seed');
    await refused({ rowz: 5 }, 'BAD_USAGE', 'rowz');
    await refused({ abstain: 'x' }, 'BAD_USAGE', 'abstain');
    await refused({ as: 'idk', abstain: ' ' }, 'BAD_USAGE', 'abstain');
    await refused({ for: 'axolotl' }, 'BAD_USAGE', 'baseModel');
    await refused({ as: 'preferences', with: 'guess' }, 'BAD_USAGE');
    await refused({ answersOf: 'nobody' }, 'NO_LABELS');
    const few = answers.slice(0, 10);
    await expect(exported({}, few)).rejects.toMatchObject({ code: 'TOO_FEW_LABELS' });
    const right = answers.filter((_, i) => i % 2 === 0);
    await expect(exported({}, right)).rejects.toMatchObject({ code: 'ONE_CLASS' });
    const alone = right.map((record) => ({ ...record, samples: null }));
    await expect(exported({ as: 'preferences' }, alone)).rejects.toMatchObject({ code: 'ONE_CLASS' });
    await expect(exported({}, [])).rejects.toMatchObject({ code: 'NO_ANSWERS' });
    await expect(exported({}, [...answers, answers[0]])).rejects.toMatchObject({ code: 'DUPLICATE_ID' });
  });

  it('replaces an older set, and no other folder or file', async () => {
    const { out } = await exported();
    await exported({ out, as: 'idk' });
    expect(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')).as).toBe('idk');
    writeFileSync(join(out, 'mine.txt'), 'mine');
    await expect(exported({ out })).rejects.toMatchObject({ code: 'OUT_EXISTS' });
    const file = put('graded.jsonl', answers.map((record) => JSON.stringify(record)).join('\n'));
    const over = tuneExport(file, { as: 'idk', for: 'trl', out: file, curve: false });
    await expect(over).rejects.toMatchObject({ code: 'BAD_USAGE' });
    expect(existsSync(join(out, 'mine.txt'))).toBe(true);
  });
});
