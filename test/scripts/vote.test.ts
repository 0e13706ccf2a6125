import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { register } from '../../scripts/commands/choosing/vote.js';
import { temporary } from '../data/temporary.js';

const { folder, put } = temporary();
afterEach(() => vi.restoreAllMocks());

/** Runs `vouch vote` and gives what it printed. */
async function run(...args: string[]): Promise<string> {
  const written: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  const program = new Command('vouch').exitOverride();
  register(program);
  await program.parseAsync(['vote', ...args, '--quiet'], { from: 'user' });
  return written.join('');
}

const answers = put(
  'answers.jsonl',
  Array.from({ length: 24 }, (_, q) =>
    JSON.stringify({
      ...{ id: `${q}`, group: `${q}`, prompt: `How many legs has ant number ${q + 10}?`, reference: ['6'] },
      answer: q % 2 === 0 ? '8 legs' : 'It has 6.',
      samples: [{ answer: '6' }, { answer: 'The answer is 6.' }],
    }),
  ).join('\n'),
);

describe('vouch vote', () => {
  it('writes the voted answers and says what the vote gained', async () => {
    const out = join(folder, 'votes.jsonl');
    const said = await run(answers, '--with', 'numeric', '--out', out);
    expect(said).toContain('24 questions with 72 candidates; each vote counts the same');
    expect(said).toContain('12 voted answers differ from the first answer');
    expect(said).toContain('first answer right 50.0%, voted answer 100.0%: gain +50.0 pp');
    expect(said).toContain('too few grades to calibrate: `share` is the share of the votes, not a probability');
    const [row] = readFileSync(out, 'utf8').split('\n');
    expect(JSON.parse(row)).toEqual({
      ...{ id: '0', sample: 0, group: '0', answer: '6', votes: 2, of: 3, share: 2 / 3 },
      ...{ tied: false, first: false, selected: true },
    });
  });

  it('prints the same as JSON, and says that a share is no probability where nothing is graded', async () => {
    const out = join(folder, 'v.jsonl.gz');
    const printed = JSON.parse(await run(answers, '--with', 'numeric', '--out', out, '--json'));
    expect(printed).toMatchObject({ questions: 24, candidates: 72, changed: 12, ties: 0, bad: 0, out });
    expect(printed.quality).toMatchObject({ by: 'auto:numeric', questions: 24, gain: { value: 0.5 } });
    expect(await run(answers, '--out', out)).toContain('no grades: `share` is the share of the votes');
  });
});
