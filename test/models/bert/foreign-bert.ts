import type { Bert } from '../../../models/bert/bert.js';
import { emitBert } from '../../../models/bert/emit.js';
import { bytes, int, join, string } from '../../../models/onnx/protobuf.js';
import { type Field, fieldsOf } from '../../../models/onnx/read.js';
import { tinyHead } from './tiny-bert.js';

const text = new TextDecoder();
const LAYER: Record<string, string> = {
  queryBias: 'attention.self.query.bias',
  keyBias: 'attention.self.key.bias',
  valueBias: 'attention.self.value.bias',
  outBias: 'attention.output.dense.bias',
  upBias: 'intermediate.dense.bias',
  downBias: 'output.dense.bias',
};
const TABLES: Record<string, string> = {
  words: 'embeddings.word_embeddings.weight',
  places: 'embeddings.position_embeddings.weight',
  types: 'embeddings.token_type_embeddings.weight',
};

/**
 * A graph of an encoder named as PyTorch's exporter names it: tables, biases and normalisations by the module that they
 * belong to, matrices by a number. Its outputs are the vectors of the tokens, and a logit that no encoder has.
 */
export function foreignBert(bert: Bert, prefix = ''): Uint8Array {
  const model = fieldsOf(emitBert(bert, tinyHead));
  const graph = fieldsOf(model.find(({ number }) => number === 7)!.bytes);
  const constants = graph.filter(({ number }) => number === 5).map(({ bytes: own }) => nameIn(own, 8));
  const renamed = new Map<string, string>();
  const count = new Map<string, number>();
  for (const name of constants) {
    const label = name.replace(/_\d+$/, '');
    const k = count.get(label) ?? 0;
    count.set(label, k + 1);
    const own =
      label === 'norm'
        ? normName(k)
        : (TABLES[label] ?? (label in LAYER ? `encoder.layer.${k}.${LAYER[label]}` : null));
    renamed.set(name, own === null ? `onnx::MatMul_${renamed.size}` : prefix + own);
  }
  const last = graph
    .filter(({ number, bytes: own }) => number === 1 && nameIn(own, 4) === 'LayerNormalization')
    .at(-1)!;
  const parts = graph.map(({ number, bytes: own }) =>
    bytes(number, number === 1 ? renamedIn(own, [1], renamed) : number === 5 ? renamedIn(own, [8], renamed) : own),
  );
  const whole = join([...parts, bytes(12, vectors(nameIn(last.bytes, 2), bert.hidden))]);
  return join(model.map(({ number, bytes: own }) => (number === 7 ? bytes(7, whole) : again(number, own))));
}

/** Scale and shift, after the tables and twice in each layer. */
function normName(k: number): string {
  const part = k % 2 === 0 ? 'weight' : 'bias';
  if (k < 2) return `embeddings.LayerNorm.${part}`;
  const place = (k - 2) % 4 < 2 ? 'attention.output' : 'output';
  return `encoder.layer.${Math.floor((k - 2) / 4)}.${place}.LayerNorm.${part}`;
}

function nameIn(message: Uint8Array, number: number): string {
  return text.decode(fieldsOf(message).find((field) => field.number === number)?.bytes);
}

function renamedIn(message: Uint8Array, numbers: number[], names: Map<string, string>): Uint8Array {
  return join(
    fieldsOf(message).map((field) => {
      const name = numbers.includes(field.number) ? names.get(text.decode(field.bytes)) : undefined;
      return name === undefined
        ? again(field.number, field.bytes, isVarint(message, field))
        : string(field.number, name);
    }),
  );
}

/** Whether a field was a varint: its byte is then no part of the message's memory. */
function isVarint(message: Uint8Array, { bytes: own }: Field): boolean {
  return own.buffer !== message.buffer;
}

function again(number: number, own: Uint8Array, varint = own.length === 1 && number === 1): Uint8Array {
  return varint ? int(number, own[0]) : bytes(number, own);
}

function vectors(name: string, hidden: number): Uint8Array {
  const dimensions = [string(2, 'texts'), string(2, 'tokens'), int(1, hidden)].map((each) => bytes(1, each));
  return join([string(1, name), bytes(2, bytes(1, join([int(1, 1), bytes(2, join(dimensions))])))]);
}
