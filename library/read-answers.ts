import type { AnswerSource } from '../data/read/answer-source.js';
import { readAnswers as readBatches } from '../data/read/answers.js';
import { pluginReaders } from '../data/read/formats/define-reader.js';
import type { BadLine } from '../data/read/row.js';
import type { AnswerRecord } from '../data/record.js';
import { openPlugins } from '../support/plugins/open-plugins.js';
import { unlessAborted } from '../support/unless-aborted.js';
import { onlyKnown, type ReadSettings, splitReading } from './read-settings.js';
import type { PluginOptions } from './run-options.js';

/** Options of `readAnswers`. */
export interface ReadAnswersOptions extends Omit<ReadSettings, 'badFile'>, PluginOptions {
  /** Reading ends after this many records. */
  maxRows?: number;
  /** Called with each bad line that `badLines: 'skip'` skips. */
  onBadLine?: (line: BadLine) => void;
  signal?: AbortSignal;
}

/**
 * Reads answers from files of any format and gives them as checked records, in order. If `labels` names a file of
 * grades, the records carry these grades. Records without an answer are left out. Memory: one batch, and the grades.
 * Errors: those of the formats, with file, line and field.
 */
export async function* readAnswers(
  answers: AnswerSource,
  options: ReadAnswersOptions = {},
): AsyncGenerator<AnswerRecord, void, undefined> {
  const { maxRows, onBadLine, signal } = options;
  const { read, rest } = splitReading<ReadAnswersOptions & ReadSettings>(options);
  onlyKnown(rest, ['maxRows', 'onBadLine', 'plugins', 'signal']);
  const readers = pluginReaders(await openPlugins(options.plugins));
  for await (const { records, bad } of readBatches(answers, { ...read, readers, maxRows })) {
    unlessAborted(signal);
    for (const line of bad) onBadLine?.(line);
    yield* records;
  }
}
