import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { register } from '../../scripts/commands/train.js';
import { temporary } from '../data/temporary.js';
import { writeTinyEncoder } from '../meaning/tiny-encoder.js';
import { foreignBert } from '../models/bert/foreign-bert.js';
import { tinyBert } from '../models/bert/tiny-bert.js';
import { madeAnswers } from '../support/answers.js';
import { command } from '../support/run-command.js';
import { quick } from '../support/trained.js';

const { folder } = temporary();

it('vouch train --text tuned tunes the encoder, trains on its verifier, and says what it gained', async () => {
  const encoder = await writeTinyEncoder(`${folder}/encoder`, { graph: foreignBert(tinyBert(2, 1, 128)) });
  const answers = `${folder}/answers.jsonl`;
  const made = madeAnswers(130, 1).map((record) => {
    const right = (record.labels?.[0].value ?? 0) >= 0.5;
    return { ...record, answer: right ? 'Paris' : 'London' };
  });
  writeFileSync(answers, made.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const config = `${folder}/config.json`;
  writeFileSync(config, JSON.stringify({ ...quick, learners: ['logistic'], patterns: ['free'], backend: 'wasm' }));
  const out = `${folder}/mine`;
  const err: string[] = [];
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0);
  const how = ['--config', config, '--text', 'tuned', '--encoder', encoder, '--out', out];
  await command(register, 'train', answers, ...how).finally(() => spy.mockRestore());
  expect(err.join('')).toContain(`tuned encoder in ${out}.encoder: log-loss `);
  const manifest = JSON.parse(readFileSync(`${out}/manifest.json`, 'utf8'));
  expect(manifest.encoders.map(({ name }: { name: string }) => name)).toEqual(['tuned']);
});
