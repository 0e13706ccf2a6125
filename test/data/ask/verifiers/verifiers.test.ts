import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collect } from '../../../../data/ask/collect.js';
import { enrich } from '../../../../data/ask/enrich.js';
import { describeSummary } from '../../../../data/ask/summary.js';
import { type Fake, fakeEndpoint, type Handler, says, send } from '../fake-endpoint.js';
import { linesOf, runOf, verifiersIn } from '../run-of.js';
import { nodeCommand } from './programs.js';

let folder: string;
const fakes: Fake[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vouch-verifiers-'));
});
afterEach(async () => {
  await Promise.all(fakes.splice(0).map((fake) => fake.close()));
  await rm(folder, { recursive: true, force: true });
});

async function fake(handler: Handler): Promise<Fake> {
  const made = await fakeEndpoint(handler);
  fakes.push(made);
  return made;
}

const lines = [
  '{"id":"a","prompt":"17+26?","answer":"43", "big":12345678901234567890,"reference":["43"],"label":1,"secret":"43"}',
  '{"id":"b", "answer":"44","verifiers":{"nli":0.40}}',
];

describe('a verifier behind HTTP', () => {
  it('gets the record without references, labels and unknown keys, and adds its scores', async () => {
    const { url, bodies } = await fake((_, response) => {
      send(response, 200, { score: 0.75, scores: { grounded: 0.5 } });
    });
    const run = await runOf(folder, lines, { way: { verifiers: `nli2=${url}/score` } });
    const summary = await enrich(run);
    expect(bodies).toEqual([
      { id: 'a', prompt: '17+26?', answer: '43' },
      { id: 'b', answer: '44' },
    ]);
    const scores = '"nli2":0.75,"nli2.grounded":0.5}';
    expect(await linesOf(run.out)).toEqual([
      `${lines[0].slice(0, -1)},"verifiers":{${scores}}`,
      `{"id":"b", "answer":"44","verifiers":{"nli":0.4,${scores}}`,
    ]);
    expect(summary.oddities.noQuestion).toBe(0);
    expect(summary.verifiers).toEqual({ nli2: { scored: 2, failed: 0, reason: null } });
  });

  it('is sent its own key only, tries again, and is not asked for what is there', async () => {
    const keys: (string | undefined)[] = [];
    const { url } = await fake((_, response, request) => {
      keys.push(request.headers.authorization);
      if (keys.length === 1) send(response, 503, 'later');
      else send(response, 200, '0.5');
    });
    const there = '{"id":"c","answer":"x","verifiers":{"http":0.1}}';
    const way = { verifiers: url, verifierApiKeyEnv: 'V_KEY', retries: 2, backOff: 0.01 };
    const run = await runOf(folder, [lines[0], there], { way, more: { env: { V_KEY: 'kv', OPENAI_API_KEY: 'ko' } } });
    await enrich(run);
    expect(keys).toEqual(['Bearer kv', 'Bearer kv']);
    expect(await verifiersIn(run.out)).toEqual([{ http: 0.5 }, { http: 0.1 }]);
    await rm(run.out);
    await enrich({ ...run, way: { ...run.way, verifierApiKeyEnv: [] } });
    expect(keys[2]).toBeUndefined();
  });

  it('that replies with something else has no score for this answer, and is counted', async () => {
    const { url } = await fake((body, response) => {
      const { id } = body as unknown as { id: string };
      if (id === 'a') send(response, 200, '{"verdict": true}');
      else if (id === 'b') send(response, 422, { error: 'no prompt' });
      else send(response, 200, '1');
    });
    const run = await runOf(folder, [...lines, '{"id":"c","answer":"x"}'], { way: { verifiers: url } });
    const summary = await enrich(run);
    expect(await verifiersIn(run.out)).toEqual([undefined, { nli: 0.4 }, { http: 1 }]);
    expect(describeSummary(summary)).toContain(
      'verifier http failed for 2 of 3 answers, which have no score; the first: expected a number from 0 to 1',
    );
    expect((await linesOf(run.out))[1]).toBe(lines[1]);
  });

  it('that is down sets the answer aside, and the next call asks only that one', async () => {
    let down = true;
    const { url, bodies } = await fake((body, response) => {
      const { id } = body as unknown as { id: string };
      if (down && id === 'a') send(response, 500, 'oops');
      else send(response, 200, '1');
    });
    const run = await runOf(folder, lines, { way: { verifiers: `v=${url}` } });
    expect(await enrich(run)).toMatchObject({ written: 1, failed: 1 });
    expect(JSON.parse(await readFile(`${run.out}.bad.jsonl`, 'utf8'))).toMatchObject({
      id: 'a',
      reason: 'verifier v: 500 oops',
    });
    down = false;
    bodies.length = 0;
    expect(await enrich(run)).toMatchObject({ written: 2, before: 1, failed: 0 });
    expect(bodies).toHaveLength(1);
    expect(await verifiersIn(run.out)).toEqual([{ v: 1 }, { nli: 0.4, v: 1 }]);
  });

  it('that is down costs no request to a model', async () => {
    const judge = await fake((_, response) => send(response, 200, says('True')));
    const { url } = await fake((_, response) => send(response, 500, 'oops'));
    const way = { verifiers: url, judgeEndpoints: [judge.url] };
    const run = await runOf(folder, [lines[0]], { ask: { judge: 'j' }, way });
    await expect(enrich(run)).rejects.toMatchObject({ code: 'ENDPOINT_FAILED' });
    expect(judge.bodies).toEqual([]);
  });

  it('may not redirect: another address would get the texts, or a request without them', async () => {
    const other = await fake((_, response) => send(response, 200, '0.9'));
    for (const status of [302, 307]) {
      const { url } = await fake((_, response) => send(response, status, '', { location: `${other.url}/v` }));
      const run = await runOf(folder, lines, { way: { verifiers: url } });
      await expect(enrich({ ...run, restart: true })).rejects.toThrow(
        `verifier http: ${status} is a redirect to ${other.url}/v; give that address`,
      );
    }
    expect(other.bodies).toEqual([]);
  });

  it('may not reply at length, nor take too long', async () => {
    const long = await fake((_, response) => send(response, 200, `"${'x'.repeat(70_000)}"`));
    const run = await runOf(folder, [lines[0]], { way: { verifiers: long.url } });
    await expect(enrich(run)).rejects.toThrow(/verifier http: the reply is longer than 65536 bytes/);
    const slow = await fake(() => {});
    const waits = await runOf(folder, [lines[0]], { way: { verifiers: slow.url, verifierTimeout: 0.1 } });
    await expect(enrich({ ...waits, restart: true })).rejects.toThrow(/verifier http: no answer within 0.1 s/);
  });
});

describe('a program as verifier', () => {
  it('gets the record on standard input, and its output is the score', async () => {
    const verifierCommands = `calc=${nodeCommand("console.log(input.answer === '43' && !('reference' in input) ? 1 : 0.25)")}`;
    const run = await runOf(folder, lines, { way: { verifierCommands } });
    await enrich(run);
    expect(await verifiersIn(run.out)).toEqual([{ calc: 1 }, { nli: 0.4, calc: 0.25 }]);
  });

  it('that fails, hangs or prints something else adds no score, and is counted with the first reason', async () => {
    const code = `
      if (input.id === 'a') { console.log(0); process.exit(2); }
      if (input.id === 'b') console.log('ok');
      if (input.id === 'c') setTimeout(() => {}, 60000);
      if (input.id === 'd') console.log(0.5);`;
    const more = ['c', 'd'].map((id) => ({ id, answer: 'x' }));
    const way = { verifierCommands: `t=${nodeCommand(code)}`, verifierTimeout: 3 };
    const run = await runOf(folder, [...lines, ...more], { way });
    const summary = await enrich(run);
    expect(await verifiersIn(run.out)).toEqual([undefined, { nli: 0.4 }, undefined, { t: 0.5 }]);
    expect(summary).toMatchObject({ written: 4, failed: 0 });
    expect(summary.verifiers).toEqual({ t: { scored: 1, failed: 3, reason: 'exit status 2' } });
  });

  it('that fails for all of the first answers ends the run, and keeps what is there', async () => {
    const way = { verifierCommands: nodeCommand('process.exit(1)'), giveUpAfter: 2 };
    const run = await runOf(folder, [...lines, { id: 'c', answer: 'x' }], { way });
    await expect(enrich(run)).rejects.toMatchObject({
      code: 'VERIFIER_FAILED',
      message: expect.stringMatching(/verifier command failed for its first 2 answers.*exit status 1/),
    });
    expect(existsSync(`${run.out}.partial`)).toBe(true);
  });

  it('does not see the keys of endpoints', async () => {
    const code =
      "console.log(process.env.KEEP + (process.env.OPENAI_API_KEY ?? '') + (process.env.J ?? '') + (process.env.V ?? '') + (process.env.H ?? ''))";
    const way = {
      verifierCommands: nodeCommand(code),
      judgeApiKeyEnv: 'J',
      verifierApiKeyEnv: 'V',
      hiddenApiKeyEnv: 'H',
    };
    const env = { KEEP: '0.5', OPENAI_API_KEY: '1', J: '2', V: '3', H: '4' };
    const run = await runOf(folder, [lines[0]], { way, more: { env } });
    await enrich(run);
    expect(await verifiersIn(run.out)).toEqual([{ command: 0.5 }]);
  });

  it('runs no more often at once than allowed', async () => {
    const marks = join(folder, 'marks');
    const code = `
      const fs = require('fs');
      fs.appendFileSync(${JSON.stringify(marks)}, '+');
      setTimeout(() => { fs.appendFileSync(${JSON.stringify(marks)}, '-'); console.log(1); }, 300);`;
    const way = { verifierCommands: nodeCommand(code), verifierConcurrency: 1, concurrency: 3 };
    const run = await runOf(
      folder,
      ['a', 'b', 'c'].map((id) => ({ id, answer: 'x' })),
      { way },
    );
    await enrich(run);
    expect(await readFile(marks, 'utf8')).toBe('+-+-+-');
  });

  it('scores the answers of collect, beside what a model is asked', async () => {
    const { url } = await fake((body, response) => {
      const judging = body.messages.at(-1)?.content.includes('Proposed answer');
      send(response, 200, says(judging ? 'True' : '43'));
    });
    const run = await runOf(folder, [{ id: 'q', prompt: '17+26?', reference: ['43'] }], {
      ask: { model: 'm', judge: 'j' },
      way: { endpoints: [url], verifierCommands: `calc=${nodeCommand('console.log(input.answer / 86)')}` },
    });
    await collect(run);
    expect(await verifiersIn(run.out)).toEqual([{ judge: 1, calc: 0.5 }]);
  });
});

describe('names of verifiers', () => {
  const refused = async (way: object) => {
    const run = await runOf(folder, lines, { way });
    return enrich(run).catch(({ code, detail }) => [code, detail.field, detail.got]);
  };

  it('are their own, once each, and are not those of vouch', async () => {
    expect(await refused({ verifiers: ['http://h', 'http://i'] })).toEqual(['BAD_USAGE', '--verifier', 'http']);
    expect(await refused({ verifiers: ['ptrue=http://h'] })).toEqual(['BAD_USAGE', '--verifier', 'ptrue']);
    expect(await refused({ verifiers: ['judge.x=http://h'] })).toEqual(['BAD_USAGE', '--verifier', 'judge.x']);
    expect(await refused({ verifierCommands: ['http=true'], verifiers: ['http://h'] })).toEqual([
      'BAD_USAGE',
      '--verifier-command',
      'http',
    ]);
  });

  it('are told from addresses and commands; what cannot be used is refused before anything is asked', async () => {
    expect(await refused({ verifiers: ['ftp://h'] })).toEqual(['BAD_USAGE', '--verifier', 'ftp:']);
    expect(await refused({ verifiers: ['v=h'] })).toEqual(['BAD_USAGE', '--verifier', 'h']);
    expect(await refused({ verifiers: ['http://u:p@h/?a=b'] })).toEqual(['BAD_USAGE', '--verifier', undefined]);
    const none = join(folder, 'none');
    expect(await refused({ verifierCommands: [`v=${none} --a=b`] })).toEqual(['BAD_USAGE', '--verifier-command', none]);
    expect(await refused({ verifierCommands: ['vouch-no-such-program --a=b'] })).toEqual([
      'BAD_USAGE',
      '--verifier-command',
      'vouch-no-such-program',
    ]);
    expect(existsSync(join(folder, 'out.jsonl.partial'))).toBe(false);
  });

  it('belong to what is asked: a run goes on only with the same verifiers', async () => {
    const { url } = await fake((_, response) => send(response, 500, ''));
    const run = await runOf(folder, lines, { way: { verifiers: [`a=${url}`] } });
    await expect(enrich(run)).rejects.toMatchObject({ code: 'ENDPOINT_FAILED' });
    const other = { ...run, way: { ...run.way, verifiers: [`b=${url}`] } };
    await expect(enrich(other)).rejects.toMatchObject({ code: 'RESUME_MISMATCH', detail: { field: 'verifiers' } });
  });
});
