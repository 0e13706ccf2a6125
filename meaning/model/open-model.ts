import { join } from 'node:path';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { VouchError } from '../../support/errors.js';
import type { ModelFiles } from './model-files.js';
import { type Encoded, openTokeniser, type Tokeniser } from './tokeniser.js';

/** One output of a model for one text, row-major. */
interface Output {
  data: Float32Array;
  dims: readonly number[];
}

/**
 * A text model that is open: its tokenizer, and its graph. Encoders (`encoder/`) and entailment models are
 * built on it: `readModelFiles`, then `openModel`, then `tokeniser.one` or `.pair`, then `run`.
 */
export interface TextModel {
  tokeniser: Tokeniser;
  /** The shapes of the outputs by name; a dimension that is not fixed is a text or -1. Floats of 32 bits only. */
  outputs: ReadonlyMap<string, readonly (number | string)[]>;
  /**
   * Runs the graph on one text, in the thread that asks. Texts are never joined into one batch, because the numbers of
   * a text would depend on the others: models of 8 bits scale all of a batch together, and others may differ in the last
   * digits. Error: ENCODER_BAD.
   */
  run(encoded: Encoded, output: string): Promise<Output>;
  close(): Promise<void>;
}

/** The inputs that a graph may have, all [1, tokens]. */
const INPUTS = ['input_ids', 'attention_mask', 'token_type_ids'] as const;
type Input = (typeof INPUTS)[number];

/** Opens the graph and the tokenizer of a model. Errors: ENCODER_BAD for a graph or tokenizer that does not fit. */
export async function openModel(
  { dir, graph, tokenizer }: Pick<ModelFiles<unknown>, 'dir' | 'graph' | 'tokenizer'>,
  { maxTokens }: { maxTokens: number },
): Promise<TextModel> {
  const file = join(dir, 'model.onnx');
  const tokeniser = await openTokeniser(tokenizer, maxTokens, join(dir, 'tokenizer.json'));
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const session = await InferenceSession.create(graph, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 4, // errors are thrown, and told once
  }).catch((cause: unknown) => {
    throw new VouchError('ENCODER_BAD', 'this is not a graph that onnxruntime can run', { file, cause });
  });
  try {
    const inputs = inputsOf(session, file);
    const outputs = outputsOf(session);
    return {
      tokeniser,
      outputs,
      run: async (encoded, output) => {
        const feeds: Record<string, Tensor> = {};
        for (const { name, type } of inputs) {
          const values = valuesOf(encoded, name);
          const data = type === 'int64' ? BigInt64Array.from(values, BigInt) : Int32Array.from(values);
          feeds[name] = new Tensor(type, data, [1, values.length]);
        }
        const results = await session.run(feeds, [output]).catch((cause: unknown) => {
          const reason = cause instanceof Error ? cause.message : String(cause);
          throw new VouchError('ENCODER_BAD', `the graph failed: ${reason}`, { file, cause });
        });
        const { data, dims } = results[output];
        if (data instanceof Float32Array) return { data, dims };
        throw new VouchError('ENCODER_BAD', 'this output is not float32', { file, field: output });
      },
      close: () => session.release(),
    };
  } catch (error) {
    await session.release();
    throw error;
  }
}

function valuesOf({ ids, types }: Encoded, input: Input): number[] {
  if (input === 'input_ids') return ids;
  return input === 'token_type_ids' ? types : ids.map(() => 1);
}

function inputsOf({ inputMetadata }: InferenceSession, file: string): { name: Input; type: 'int64' | 'int32' }[] {
  const found = inputMetadata.map((input) => {
    const { name } = input;
    const type = input.isTensor ? input.type : 'no tensor';
    const detail = { file, field: name, expected: `${INPUTS.join(', ')}: int64 [texts, tokens]`, got: type };
    if (!INPUTS.some((known) => known === name))
      throw new VouchError('ENCODER_BAD', 'the graph asks for an input that is not known', { ...detail, got: name });
    if (type !== 'int64' && type !== 'int32')
      throw new VouchError('ENCODER_BAD', 'this input of the graph has another type', detail);
    if (!input.isTensor || input.shape.length !== 2 || input.shape[0] === 0)
      throw new VouchError('ENCODER_BAD', 'this input of the graph has another shape', detail);
    return { name: name as Input, type: type as 'int64' | 'int32' };
  });
  if (found.some(({ name }) => name === 'input_ids')) return found;
  throw new VouchError('ENCODER_BAD', 'the graph does not read tokens', { file, expected: 'an input input_ids' });
}

function outputsOf({ outputMetadata }: InferenceSession): Map<string, readonly (number | string)[]> {
  return new Map(
    outputMetadata.flatMap((output) =>
      output.isTensor && output.type === 'float32' ? [[output.name, output.shape] as const] : [],
    ),
  );
}
