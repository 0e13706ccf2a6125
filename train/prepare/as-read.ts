import type { SignalColumns } from '../../features/collect.js';
import { patternAsRead, type Read } from '../../features/pattern.js';
import type { EmbeddingShape } from '../../features/vectors/embeddings.js';
import type { TrainingData } from './training-data.js';

/**
 * The data as a model with these signals sees it: only the embeddings that it reads, and patterns without the group
 * `encoder` if it reads nothing of that group. Nothing is copied.
 */
export function asRead(data: TrainingData, read: Read): TrainingData {
  const vectors = pickShapes(data.signals.vectors, read.embeddings ?? []);
  return { ...data, pattern: data.pattern.map(patternAsRead(read)), signals: { ...data.signals, vectors } };
}

function pickShapes(vectors: SignalColumns['vectors'], wanted: readonly EmbeddingShape[]): SignalColumns['vectors'] {
  if (vectors == null || wanted.length === 0) return null;
  const places = wanted
    .map(({ name }) => vectors.shapes.findIndex((shape) => shape.name === name))
    .filter((place) => place >= 0);
  return { shapes: places.map((k) => vectors.shapes[k]), values: places.map((k) => vectors.values[k]) };
}
