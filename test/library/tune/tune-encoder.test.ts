import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { RecordInput } from '../../../data/record.js';
import type { Logged } from '../../../data/token-list.js';
import { tuneEncoder } from '../../../library/tune/tune-encoder.js';
import { openAnnotator } from '../../../meaning/annotator.js';
import { errorOf, temporary } from '../../data/temporary.js';
import { writeTinyEncoder } from '../../meaning/tiny-encoder.js';
import { foreignBert } from '../../models/bert/foreign-bert.js';
import { tinyBert } from '../../models/bert/tiny-bert.js';

const { folder } = temporary();
const places = ['paris', 'london'];
const letters = 'abcdefghijklmnopqrstuvwxyz';
const answers: RecordInput[] = Array.from({ length: 48 }, (_, i) => ({
  id: `a${i}`,
  group: `q${i >> 1}`,
  prompt: `${letters[i >> 1].repeat(5)} ${['is', 'not'][(i >> 1) % 2]} the capital of france`, // an unknown word each
  answer: places[i % 2],
  labels: [{ value: ((i >> 1) % 2 === 0) === (i % 2 === 0) ? 1 : 0, source: 'human' }],
}));
const encoder = await writeTinyEncoder(`${folder}/encoder`, { graph: foreignBert(tinyBert(2)) });
const fast = { encoder, backend: 'cpu', layers: 1, maxTokens: 16, folds: 2, epochs: 1, batch: 16 } as const;

describe('tuneEncoder', () => {
  it('writes a text model, and answers with a verifier that did not see their question', async () => {
    const out = `${folder}/tuned`;
    const notes: string[] = [];
    const result = await tuneEncoder(answers, { ...fast, out, onNote: ({ text }) => notes.push(text) });
    expect(result).toMatchObject({ out, answers: 48, questions: 24, backend: 'cpu', bad: 0 });
    const { frozen, tuned, difference } = result.logLoss;
    const { value, low, high } = difference;
    expect(value).toBeCloseTo(tuned - frozen, 10);
    expect(low! <= value! && value! <= high!).toBe(true);
    expect(notes.some((text) => text.startsWith('tuning takes '))).toBe(true);
    expect((await readdir(folder)).filter((name) => name.endsWith('.fits'))).toEqual([]);
    const written = (await readFile(`${out}/answers.jsonl`, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(written.map(({ id }) => id)).toEqual(answers.map(({ id }) => id));
    for (const { verifiers } of written) expect(verifiers.tuned > 0 && verifiers.tuned < 1).toBe(true);

    const annotator = await openAnnotator([out]);
    const added: Logged = { id: 'new', prompt: 'not the capital', answer: 'london' };
    const [{ verifiers }] = await annotator.annotate([added]);
    await annotator.close();
    expect(verifiers!.tuned! > 0 && verifiers!.tuned! < 1).toBe(true);

    const again = await tuneEncoder(answers, { ...fast, out }); // replaces it
    expect(again).toEqual(result);
  });

  it('refuses what cannot be tuned, before anything is computed', async () => {
    const out = `${folder}/none`;
    const small = await writeTinyEncoder(`${folder}/small`);
    const codes = [
      await errorOf(tuneEncoder(answers, { ...fast, encoder: small, out })),
      await errorOf(tuneEncoder(answers, { ...fast, maxTokens: 32, out })),
      await errorOf(tuneEncoder(answers, { ...fast, layers: 3, out })),
      await errorOf(tuneEncoder(answers, { ...fast, epochs: 0, out })),
      await errorOf(tuneEncoder(answers, { ...fast, out, speed: 1 } as never)),
      await errorOf(tuneEncoder(answers, { ...fast, out: encoder })),
      await errorOf(tuneEncoder(answers.slice(0, 20), { ...fast, out })),
      await errorOf(
        tuneEncoder(
          answers.map(({ labels: _, ...bare }) => bare),
          { ...fast, out },
        ),
      ),
    ].map(({ code, field }) => `${code} ${field}`);
    expect(codes).toEqual([
      'ENCODER_BAD embeddings.LayerNorm.weight',
      'BAD_USAGE maxTokens',
      'BAD_USAGE layers',
      'BAD_USAGE epochs',
      'BAD_USAGE speed',
      'BAD_USAGE --out',
      'TOO_FEW_LABELS undefined',
      'NO_LABELS labels',
    ]);
  });
});
