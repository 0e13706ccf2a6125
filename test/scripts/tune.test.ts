import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { register } from '../../scripts/commands/tune.js';
import { temporary } from '../data/temporary.js';
import { command } from '../support/run-command.js';

const { folder, put } = temporary();
const answers = put(
  'answers.jsonl',
  Array.from({ length: 40 }, (_, i) =>
    JSON.stringify({
      ...{ id: `${i}`, group: `${i}`, model: 'm', task: 'sums', prompt: `What is ${i} plus 1?`, answer: `${i + 1}` },
      ...{ decoding: { temperature: i === 39 ? 0.8 : 0 }, label: i % 4 === 0 ? 0 : 1 },
    }),
  ).join('\n'),
);

describe('vouch tune export', () => {
  it('writes a set and says what is in it, what is left out, and whether more rows would help', async () => {
    const out = join(folder, 'idk');
    const said = await command(
      register,
      'tune',
      'export',
      answers,
      '--as',
      'idk',
      '--for',
      'trl',
      '--out',
      out,
      '--quiet',
    );
    expect(said).toContain(`39 rows of idk for trl in ${out}, from 40 answers`);
    expect(said).toMatch(/train +3[12] +3[12] /);
    expect(said).toContain('abstains in 25.6% of the rows');
    expect(said).toContain('left out: not temperature 0 1');
    expect(said).toContain('There is no learning curve: it needs 50 graded answers to 20 questions');
    expect(said).toContain('note: The set has 39 rows');
    expect(readFileSync(join(out, 'train.jsonl'), 'utf8').split('\n').length).toBeGreaterThan(30);
  });

  it('prints the summary as JSON, and takes its flags', async () => {
    const out = join(folder, 'probes');
    const flags = [
      '--no-balance',
      '--any-temperature',
      '--no-curve',
      '--rows',
      '30',
      '--seed',
      '5',
      '--json',
      '--quiet',
    ];
    const printed = await command(
      register,
      'tune',
      'export',
      answers,
      '--as',
      'ptrue',
      '--for',
      'openai',
      '--out',
      out,
      ...flags,
    );
    const summary = JSON.parse(printed);
    expect(summary).toMatchObject({ as: 'ptrue', for: 'openai', out, answers: 40, curve: null, bad: 0 });
    expect(summary.rows).toEqual({ train: 24, validation: 3, test: 3 });
    expect(summary.leftOut).toEqual({ 'more than rows': 10 });
    expect(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')).options).toMatchObject({
      balance: false,
      seed: 5,
    });
  });

  it('refuses another verb', async () => {
    const run = command(register, 'tune', 'import', answers, '--as', 'idk', '--for', 'trl', '--out', join(folder, 'x'));
    await expect(run).rejects.toMatchObject({ code: 'BAD_USAGE', detail: { field: 'what', got: 'import' } });
  });
});
