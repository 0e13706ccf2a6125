import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { score } from '../../library/score.js';
import { register as enrich } from '../../scripts/commands/enrich.js';
import { register as scoreCommand } from '../../scripts/commands/score.js';
import { openService } from '../../serve/service.js';
import { errorOf, temporary } from '../data/temporary.js';
import { writeTinyNli } from '../meaning/nli/tiny-nli.js';
import { command } from '../support/run-command.js';
import { serveOptions } from '../support/serving.js';
import { question, replay, standing, useGateways } from '../support/standing-gateway.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

useGateways();

const { folder, put } = temporary();
const at = (name: string) => `${folder}/${name}`;
const records = [
  { id: 'no', prompt: 'Which town', answer: 'a', context: ['not not not', 'It is Paris'] },
  { id: 'yes', prompt: 'Which town', answer: 'Paris', context: ['It is Paris'], samples: [{ answer: 'London' }] },
  { id: 'none', prompt: 'Which town', answer: 'Paris' },
];
const input = put('answers.jsonl', records.map((record) => `${JSON.stringify(record)}\n`).join(''));
let nli: string;
beforeAll(async () => {
  await writeTinyBundle(at('bundle'));
  nli = await writeTinyNli(at('mnli'));
});
const rowsOf = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('vouch enrich --nli', () => {
  it('works without an endpoint, and changes nothing where there is nothing to say', async () => {
    const printed = await command(enrich, 'enrich', input, '--nli', nli, '--out', at('enriched.jsonl'), '--quiet');
    const [no, yes, none] = rowsOf(at('enriched.jsonl'));
    expect(no.entailments.mnli.passages.contradicts[0]).toBeCloseTo(Math.exp(6) / (Math.exp(6) + 2), 6);
    expect(no.entailments.mnli.texts).toBeUndefined();
    expect(yes.entailments.mnli.texts.entails).toEqual([
      [1, expect.any(Number)],
      [expect.any(Number), 1],
    ]);
    expect(none).toEqual(records[2]);
    expect(printed).toContain('text models: 5 texts and pairs, 0.0% from the cache');
  });

  it('refuses a folder with another kind of model', async () => {
    const encoder = await writeTinyNli(at('other'), { settings: { kind: undefined } });
    const asked = command(enrich, 'enrich', input, '--nli', encoder, '--out', at('x.jsonl'), '--quiet');
    expect(await errorOf(asked)).toMatchObject({ code: 'ENCODER_BAD', field: 'kind', expected: 'nli' });
    const missing = command(enrich, 'enrich', input, '--nli', at('gone'), '--out', at('x.jsonl'), '--quiet');
    expect(await errorOf(missing)).toMatchObject({ code: 'FILE_MISSING' });
  });
});

describe('vouch score --nli', () => {
  it('adds columns to CSV and changes no other; the library says the same', async () => {
    const files = [at('scores.csv'), at('plain.csv')];
    await command(scoreCommand, 'score', input, '--model', at('bundle'), '--nli', nli, '--out', files[0], '--quiet');
    await command(scoreCommand, 'score', input, '--model', at('bundle'), '--out', files[1], '--quiet');
    const [rows, plain] = files.map((file) =>
      parse<Record<string, string>>(readFileSync(file, 'utf8'), { columns: true }),
    );
    expect(rows.map(({ grounded }) => grounded)).toEqual(['false', 'true', '']);
    expect(JSON.parse(rows[0].groundedBy)).toMatchObject({ passage: 0, contradicts: expect.any(Number) });
    expect(rows.map(({ grounded: _, groundedBy: __, ...rest }) => rest)).toEqual(plain);
    const asRead = await score([input], { model: at('bundle'), encoders: [nli] });
    expect(asRead.map(({ grounded }) => grounded)).toEqual([false, true, undefined]);
  });
});

describe('over HTTP', () => {
  it('the service reads passages, also of a bundle without text models', async () => {
    const { app } = await openService(serveOptions(at('bundle'), { encoders: [nli] }));
    try {
      const { scores } = (await app.inject({ method: 'POST', url: '/v1/score', payload: { records } })).json();
      expect(scores.map(({ grounded }: { grounded?: boolean }) => grounded)).toEqual([false, true, undefined]);
      const one = (await app.inject({ method: 'POST', url: '/v1/score', payload: records[0] })).json();
      expect(one).toEqual(scores[0]);
    } finally {
      await app.close();
    }
  });

  it('the gateway reads the passages that the client names, and says it in field and header', async () => {
    const { post } = await standing(replay, { encoders: [nli] });
    const ask = async (context: string[]) => {
      const reply = await post({ ...question, vouch: { context } });
      const { vouch } = (await reply.json()) as {
        vouch: { grounded?: boolean; groundedBy?: object; decision: string };
      };
      return { vouch, header: reply.headers.get('x-vouch-grounded') };
    };
    const no = await ask(['a', 'not not not']);
    expect(no.vouch).toMatchObject({ grounded: false, groundedBy: { passage: 1 }, decision: 'accept' });
    expect(no.header).toBe('false');
    const open = await ask(['a']);
    expect([open.vouch.grounded, open.header]).toEqual([undefined, null]);
  });
});
