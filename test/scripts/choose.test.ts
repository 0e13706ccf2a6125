import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { register } from '../../scripts/commands/choosing/choose.js';
import { random } from '../../support/random.js';
import { temporary } from '../data/temporary.js';

const { folder, put } = temporary();
afterEach(() => vi.restoreAllMocks());

/** Runs `vouch choose` and gives what it printed. */
async function run(...args: string[]): Promise<string> {
  const written: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  const program = new Command('vouch').exitOverride();
  register(program);
  await program.parseAsync(['choose', ...args, '--quiet'], { from: 'user' });
  return written.join('');
}

const draw = random('choose command');
const say = (q: number) => (draw.next() < (q % 3 > 0 ? 0.9 : 0.2) ? '6' : String(draw.int(5)));
const row = (q: number) => ({
  ...{ id: `${q}`, group: `${q}`, prompt: `How many legs has ant number ${q + 10}?`, reference: ['6'] },
  ...{ answer: say(q), samples: [{ answer: say(q) }, { answer: say(q) }] },
});
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => JSON.stringify(row(from + i))).join('\n');
const answers = put('answers.jsonl', lines(0, 150));
const fresh = put('fresh.jsonl', lines(150, 180));

describe('vouch choose', () => {
  it('prints the comparison and the promise, saves the method, and uses it', async () => {
    const [out, save] = [join(folder, 'chosen.jsonl'), join(folder, 'chooser.json')];
    const wanted = ['--with', 'numeric', '--out', out, '--save', save, '--method', 'vote', '--of', '3'];
    const said = await run(answers, ...wanted, '--target-error', '0.25');
    expect(said).toContain('150 prompts of 150 questions with 450 answers, graded by auto:numeric');
    expect(said).toContain('450 answers without recorded tokens: estimated from their length');
    expect(said).toMatch(/^ *vote of 3 +\d+\.\d% +[+−]?\d+\.\d pp \(/m);
    expect(said).toContain('chosen on 75 questions: vote of 3. On the 75 other questions:');
    const promised = /probability of at least ([\d.]+), at most 25% are wrong, with 95% confidence/.exec(said);
    expect(promised).not.toBeNull();
    expect(readFileSync(out, 'utf8').trimEnd().split('\n')).toHaveLength(150);
    const chooser = JSON.parse(readFileSync(save, 'utf8'));
    expect(chooser).toMatchObject({ chooser: 1, method: 'vote', of: 3, bundle: null, claim: { id: 'vote-3' } });
    expect(chooser.claim.threshold.toFixed(4)).toContain(promised?.[1].slice(0, 5));

    const used = await run(fresh, '--use', save, '--out', out);
    const [, accepted, abstained] = /^30 prompts: (\d+) accepted, (\d+) abstained/.exec(used) ?? [];
    expect(Number(accepted) + Number(abstained)).toBe(30);
    const rows = readFileSync(out, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.filter(({ decision }) => decision === 'accept')).toHaveLength(Number(accepted));
    const json = JSON.parse(await run(fresh, '--use', save, '--out', out, '--json'));
    expect(json).toMatchObject({ choices: 30, accepted: Number(accepted), undecided: {}, answers: 30, bad: 0 });
  });

  it('gives the same numbers as JSON', async () => {
    const out = join(folder, 'c.jsonl.gz');
    const json = JSON.parse(await run(answers, '--with', 'numeric', '--out', out, '--json'));
    expect(json).toMatchObject({ askings: 150, questions: 150, candidates: 450, by: 'auto:numeric', bad: 0, out });
    expect(json.policies[0]).toMatchObject({ method: 'first', of: 1, gainPerThousand: null });
  });
});
