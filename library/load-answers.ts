import type { AnswerSource } from '../data/read/answer-source.js';
import type { ReadOptions } from '../data/read/answers.js';
import { pluginReaders } from '../data/read/formats/define-reader.js';
import { setAside } from '../data/write/set-aside.js';
import type { WantedEmbeddings } from '../features/collect.js';
import type { HashShape } from '../features/hashed-words.js';
import { pluginSignals } from '../features/plugin/signals-of.js';
import type { Plugins } from '../support/plugins/plugin.js';
import { reportedProgress } from '../support/reported-progress.js';
import type { Loaded } from '../train/prepare/load.js';
import type { RunOptions } from './run-options.js';

interface Loading extends Pick<RunOptions, 'onProgress' | 'signal'> {
  read: ReadOptions;
  topK: number;
  words: HashShape | null;
  /** Which embeddings are collected. */
  vectors: WantedEmbeddings | null;
  /** Whether questions and answers are kept for the report. */
  texts?: boolean;
  plugins: Plugins;
  /** File for skipped lines. */
  badFile: string;
}

/**
 * Reads labelled answers into columns and sets bad lines aside. `warnings` holds the notes of the reader, as sentences.
 */
export async function loadAnswers(
  answers: AnswerSource,
  { read, topK, words, vectors, texts, plugins, badFile, onProgress, signal }: Loading,
): Promise<Loaded & { warnings: string[]; madeBy: Plugins }> {
  const { load } = await import('../train/prepare/load.js');
  const show = onProgress === undefined ? undefined : reportedProgress(onProgress);
  const loaded = await load(
    answers,
    { ...read, readers: pluginReaders(plugins) },
    { topK, words, vectors, texts, own: pluginSignals(plugins), show, signal },
  );
  const madeBy = plugins.filter(({ plugin: { kind, name } }) => kind === 'reader' && loaded.formats.includes(name));
  return { ...loaded, madeBy, warnings: [...(await setAside(loaded.bad, badFile)), ...loaded.notes] };
}
