import { comesFromNumbers } from '../../models/raw/plan.js';
import type { TrainOptions } from '../options.js';
import type { TrainingData } from './training-data.js';

/** The data with the signals that may be used: all, or only those computed from numbers. Nothing is copied. */
export function withSignals(data: TrainingData, which: TrainOptions['signals']): TrainingData {
  if (which === 'all') return data;
  const { signals } = data;
  const categories = new Map([...signals.categories].filter(([name]) => name !== 'option'));
  return { ...data, words: null, signals: { ...signals, names: signals.names.filter(comesFromNumbers), categories } };
}
