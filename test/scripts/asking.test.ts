import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { register as registerCollect } from '../../scripts/commands/collect.js';
import { register as registerEnrich } from '../../scripts/commands/enrich.js';
import { type Fake, fakeEndpoint, says, send } from '../data/ask/fake-endpoint.js';
import { nodeCommand } from '../data/ask/verifiers/programs.js';

let folder: string;
let fake: Fake;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vouch-asking-'));
  fake = await fakeEndpoint((body, response) => send(response, 200, says(body.model === 'b' ? 'False' : 'True')));
  await writeFile(join(folder, 'in.jsonl'), '{"id":"a","prompt":"P?","answer":"x"}\n');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await fake.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a command in this process; returns what it prints. */
async function vouch(...args: string[]): Promise<string> {
  const program = new Command('vouch');
  registerCollect(program);
  registerEnrich(program);
  const printed: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  await program.parseAsync(args, { from: 'user' });
  vi.restoreAllMocks();
  return printed.join('');
}

const files = () => [join(folder, 'in.jsonl'), '--out', join(folder, 'out.jsonl')];

describe('vouch enrich', () => {
  it('reads every option of judges and verifiers', async () => {
    const calc = `calc=${nodeCommand('console.log(0.5)')}`;
    const panel = ['--judge', 'a', '--judge', 'b', '--judge-endpoint', `a=${fake.url}`, '--judge-endpoint', fake.url];
    const how = ['--judge-orders', 'both', '--judge-repeats', '2', '--judge-temperature', '0.5'];
    await vouch('enrich', ...files(), ...panel, ...how, '--verifier-command', calc, '--quiet');
    expect(JSON.parse(await readFile(join(folder, 'out.jsonl'), 'utf8')).verifiers).toEqual({
      'judge.a': 1,
      'judge.a.orderGap': 0,
      'judge.a.agreement': 1,
      'judge.b': 0,
      'judge.b.orderGap': 0,
      'judge.b.agreement': 1,
      'judges.mean': 0.5,
      'judges.disagreement': 1,
      calc: 0.5,
    });
    expect(fake.bodies.map(({ model, temperature }) => [model, temperature])).toEqual([
      ...Array(4).fill(['a', 0.5]),
      ...Array(4).fill(['b', 0.5]),
    ]);
  });

  it('prints the plan of a dry run, as text or JSON, and writes nothing', async () => {
    const ask = ['--endpoint', fake.url, '--model', 'm', '--ptrue', '--stated-after', '2', '--dry-run'];
    const price = ['--price-prompt', '1', '--price-completion', 'm=2'];
    const plan = JSON.parse(await vouch('enrich', ...files(), ...ask, ...price, '--json'));
    const kinds = plan.rows.map(({ kind, calls }: { kind: string; calls: number }) => [kind, calls]);
    expect(kinds).toEqual([
      ['ptrue', 1],
      ['stated after', 2],
    ]);
    expect(plan.price).toBeCloseTo((plan.promptTokens + 2 * plan.completionTokens) / 1e6, 12);
    expect(await vouch('enrich', ...files(), ...ask)).toMatch(
      /^dry run: nothing was asked or written; 1 answer in all/,
    );
    expect(fake.bodies).toEqual([]);
    expect(await readdir(folder)).toEqual(['in.jsonl']);
  });

  it('names the option that is wrong', async () => {
    await expect(vouch('enrich', ...files(), '--stated-after', '1')).rejects.toMatchObject({
      code: 'BAD_USAGE',
      detail: { field: '--stated-after' },
    });
    await expect(vouch('enrich', ...files(), '--judge', 'a', '--judge', 'a')).rejects.toMatchObject({
      code: 'BAD_USAGE',
      detail: { field: '--judge' },
    });
    await expect(vouch('enrich', ...files(), '--verifier', '')).rejects.toMatchObject({
      code: 'BAD_USAGE',
      detail: { field: '--verifier' },
    });
    await expect(vouch('enrich', ...files(), '--ptrue')).rejects.toMatchObject({ detail: { field: '--model' } });
  });
});

describe('vouch collect', () => {
  it('plans what it would ask', async () => {
    const ask = ['--endpoint', fake.url, '--model', 'm', '--cross-examine', 'e', '--cross-examine-rounds', '1'];
    const plan = JSON.parse(await vouch('collect', ...files(), ...ask, '--dry-run', '--json'));
    expect(plan.rows.map(({ kind, model, calls }: Record<string, unknown>) => [kind, model, calls])).toEqual([
      ['answer', 'm', 1],
      ['cross-examination', 'e', 2],
      ['cross-examination', 'm', 1],
    ]);
  });
});
