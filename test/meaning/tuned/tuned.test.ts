import { mkdir, writeFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { Logged } from '../../../data/token-list.js';
import { patternOf } from '../../../features/pattern.js';
import { openAnnotator } from '../../../meaning/annotator.js';
import { tunedTexts } from '../../../meaning/tuned/texts.js';
import { Graph } from '../../../models/onnx/graph.js';
import { errorOf, temporary } from '../../data/temporary.js';
import { tinyGraph, wordTokenizer } from '../tiny-encoder.js';

const { folder } = temporary();
const opened: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const each of opened) await each.close();
});

/** Its logit is the number of tokens of the answer (with [SEP]) minus 2; the question counts nothing. */
function countingGraph(): Uint8Array {
  const graph = new Graph('counting');
  graph.input('input_ids', 'int64', ['texts', 'tokens']);
  const types = graph.input('token_type_ids', 'int64', ['texts', 'tokens']);
  const sum = graph.op('ReduceSum', [graph.op('Cast', [types], { to: 1 }), graph.ints([1], [1])], { keepdims: 1 });
  graph.output('logit', graph.op('Sub', [sum, graph.scalar(2)]), 'float32', ['texts', 1]);
  return graph.encode();
}

async function write(name: string, { graph = countingGraph(), settings = {} } = {}): Promise<string> {
  const dir = `${folder}/${name}`;
  await mkdir(dir);
  await writeFile(`${dir}/model.onnx`, graph);
  await writeFile(`${dir}/tokenizer.json`, JSON.stringify(wordTokenizer));
  await writeFile(`${dir}/encoder.json`, JSON.stringify({ kind: 'tuned', maxTokens: 16, ...settings }));
  return dir;
}

describe('a tuned encoder', () => {
  it('adds its probability as a verifier, next to those that a record has', async () => {
    const annotator = await openAnnotator([await write('judge')]);
    opened.push(annotator);
    const record: Logged = { id: 'a', prompt: 'the capital', answer: 'paris is', verifiers: { other: 0.5 } };
    const [found] = await annotator.annotate([record]);
    expect(found.verifiers).toEqual({ other: 0.5, judge: 0.731059 }); // 3 tokens: σ(1), six decimals
    expect(annotator.encoders).toMatchObject([{ name: 'judge', maxTokens: 16, pooling: 'tuned' }]);
    const bare: Logged = { id: 'b', prompt: 'the capital', answer: 'paris is' };
    const [annotated] = await annotator.annotate([bare]);
    expect([patternOf(bare as never), patternOf(annotated as never)]).toEqual(['free', 'free+verifiers']);
    expect(annotator.counts()).toEqual({ asked: 2, computed: 1 });
  });

  it('leaves a record alone that has its verifier, or no answer', async () => {
    const annotator = await openAnnotator([await write('alone', { settings: { name: 'mine' } })]);
    opened.push(annotator);
    const records: Logged[] = [
      { id: 'a', prompt: 'the', answer: 'paris', verifiers: { mine: 0.25 } },
      { id: 'b', prompt: 'the', answer: null },
    ];
    expect(await annotator.annotate(records)).toEqual(records);
  });

  it('reads the question with its context, and the answer', () => {
    expect(tunedTexts({ prompt: 'Where?', context: ['In Rome.', ' '], answer: 'Rome' })).toEqual({
      asked: 'Where?\nIn Rome.',
      answer: 'Rome',
    });
    const messages = [
      { role: 'user' as const, content: 'Who?' },
      { role: 'assistant' as const, content: 'I' },
    ];
    expect(tunedTexts({ messages, answer: '' })).toEqual({ asked: 'Who?', answer: '' });
  });

  it('refuses a graph without a logit, and settings that are unknown', async () => {
    const vectors = await errorOf(openAnnotator([await write('vectors', { graph: tinyGraph() })]));
    expect(vectors).toMatchObject({ code: 'ENCODER_BAD', expected: 'an output [texts, 1], float32' });
    const unknown = await errorOf(openAnnotator([await write('unknown', { settings: { pooling: 'mean' } })]));
    expect(unknown).toMatchObject({ code: 'ENCODER_BAD', file: `${folder}/unknown/encoder.json` });
  });
});
