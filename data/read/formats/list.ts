import { deepeval } from './deepeval.js';
import { inspect } from './inspect.js';
import { lmEval } from './lm-eval.js';
import type { LogFormat } from './log-format.js';
import { mlflowEval } from './mlflow-eval.js';
import { openaiEvals } from './openai-evals.js';
import { promptfoo } from './promptfoo.js';
import { ragas } from './ragas.js';

/** All log formats, in the order in which a row is held against them: the more particular first. */
export const logFormats: readonly LogFormat[] = [lmEval, inspect, promptfoo, openaiEvals, mlflowEval, deepeval, ragas];

const byName = new Map<string, LogFormat>();
for (const format of logFormats) {
  if (byName.has(format.name)) throw new Error(`two formats are called ${format.name}`);
  byName.set(format.name, format);
}

/** The format of that name; undefined where there is none. */
export function logFormatNamed(name: string): LogFormat | undefined {
  return byName.get(name);
}
