import { createHash } from 'node:crypto';
import { VouchError } from '../../../../support/errors.js';
import { finishOf, leavesNoAnswer } from '../../../finish.js';
import { boundedJson } from '../../json/bounded-json.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { LogFormat, Part } from '../log-format.js';
import { turnsOf } from '../parts/messages.js';
import { replyOf } from '../parts/reply.js';
import { promptfooLabels, promptfooReference } from './promptfoo-grades.js';

/** Results of promptfoo: one document with all results, or one result per line. */
export const promptfoo: LogFormat = {
  name: 'promptfoo',
  title: 'promptfoo results',
  source:
    'github.com/promptfoo/promptfoo: src/types/index.ts (EvaluateResult, EvaluateSummaryV2 and V3), ' +
    'src/assertions/assertionsResult.ts, src/providers/openai/chat.ts (looked up 2026-11)',
  detect: (row) => {
    if (resultsOf(row) !== null) return 'results.results with promptfoo rows';
    return isResult(row) ? 'vars, prompt.raw and success or gradingResult' : null;
  },
  read(row) {
    const results = resultsOf(row);
    if (results === null) return [partOf(row, {})];
    const summary = objectOf(row.results) ?? row;
    return results.map((result) => partOf(objectOf(result) ?? {}, { evalId: row.evalId, time: summary.timestamp }));
  },
  mapping: [
    ['id', '`id` of the result, else `EVAL_ID/testIdx/promptIdx`'],
    [
      'group',
      'a hash of `vars`, so that one question to several providers and with several prompts is one group; ' +
        'none without `vars`',
    ],
    ['conversation', '`metadata.conversationId` of the test case'],
    ['model', '`provider.id`'],
    ['time', '`results.timestamp`'],
    ['prompt or messages', '`prompt.raw`; messages if it is a chat as JSON'],
    [
      'answer',
      '`response.output`; an object as JSON; `null` if it is a tool or function call or was filtered. ' +
        'Thoughts that `showThinking` writes before the answer stay in it',
    ],
    ['finish', '`response.finishReason`'],
    ['tokens', '`response.raw.choices[0].logprobs`, if the provider keeps the raw response'],
    [
      'logProbs',
      '`response.logProbs` as it is: log-probabilities without the texts of their tokens cannot become `tokens`',
    ],
    ['reference', 'values of the assertions equals, contains, icontains, similar and factuality'],
    [
      'labels',
      '`pass` (`gradingResult.pass`, else `success`), and each of `namedScores` by its name. A manual rating ' +
        'has the source `human`. Results without assertions count as passed in promptfoo; they get no label',
    ],
    [
      'score',
      '`score` as it is: the weighted share of passed assertions (`pass` is the verdict). `--label-column ' +
        'score` uses it as the label',
    ],
    ['metadata', "the result's own"],
    [
      'set aside',
      'results that ended with an error (`failureReason` 2). The reason of a failed assertion is also in ' +
        '`error`, but it is not an error',
    ],
  ],
  example:
    '{"id":"r1","promptIdx":0,"testIdx":0,"provider":{"id":"openai:gpt-4o-mini","label":""},' +
    '"prompt":{"raw":"What is the capital of Australia?","label":"{{question}}"},"vars":{"question":"What is ' +
    'the capital of Australia?"},"response":{"output":"Canberra","finishReason":"stop"},"success":true,' +
    '"score":1,"failureReason":0,"namedScores":{},"gradingResult":{"pass":true,"score":1,"reason":"All ' +
    'assertions passed","componentResults":[{"pass":true,"score":1,"reason":"",' +
    '"assertion":{"type":"icontains","value":"Canberra"}}]}}',
};

/** The list of results: in the output file {results: {results}}, or in a summary by itself. */
function resultsOf(row: Fields): unknown[] | null {
  for (const summary of [objectOf(row.results), row]) {
    if (summary === null || !Array.isArray(summary.results)) continue;
    const first = objectOf(summary.results[0]);
    if (first === null ? 'stats' in summary && 'version' in summary : isResult(first)) return summary.results;
  }
  return null;
}

function isResult(row: Fields): boolean {
  if (!('vars' in row) || !('prompt' in row) || !('success' in row || 'gradingResult' in row)) return false;
  return 'promptIdx' in row || typeof objectOf(row.prompt)?.raw === 'string';
}

interface Run {
  evalId?: unknown;
  time?: unknown;
}

function partOf(result: Fields, { evalId, time }: Run): Part {
  const response = objectOf(result.response) ?? {};
  const failure = failureOf(result, response);
  if (failure !== null) return { value: result, failed: failure };
  const vars = objectOf(result.vars) ?? {};
  const metadata = objectOf(result.metadata) ?? {};
  const conversation = objectOf(objectOf(result.testCase)?.metadata)?.conversationId ?? metadata.conversationId;
  const provider = objectOf(result.provider)?.id ?? result.provider;
  const path = evalId == null || result.testIdx == null ? undefined : `${evalId}/${result.testIdx}/${result.promptIdx}`;
  const id = result.id ?? path;
  return {
    record: {
      ...(id === undefined ? {} : { id: String(id) }),
      ...groupOf(vars),
      ...(conversation == null ? {} : { conversation: String(conversation) }),
      ...(typeof provider === 'string' ? { model: provider } : {}),
      ...(typeof time === 'string' ? { time } : {}),
      ...promptOf(objectOf(result.prompt)?.raw ?? result.prompt),
      ...answerOf(response),
      ...promptfooReference(result),
      ...promptfooLabels(result),
      ...(typeof result.score === 'number' ? { score: result.score } : {}),
      ...(Array.isArray(response.logProbs) ? { logProbs: response.logProbs } : {}),
      ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
    },
  };
}

/**
 * Why there is no answer: the request failed. A failed assertion also leaves its reason in `error`, but then there is
 * an output.
 */
function failureOf({ failureReason, error }: Fields, response: Fields): VouchError | null {
  const reason = response.error ?? error;
  const failed = failureReason === 2 || response.error != null || (error != null && response.output == null);
  if (failed) {
    return new VouchError(
      'BAD_RECORD',
      `the request failed: ${String(reason ?? 'no reason given').replace(/\.$/, '')}`,
      {
        field: 'error',
      },
    );
  }
  if (response.output != null) return null;
  return new VouchError('BAD_RECORD', 'has no answer', {
    field: 'response.output',
    expected: 'the output of the provider',
    got: response.output,
  });
}

/** The text that the provider for Azure returns instead of a filtered answer. */
const AZURE_FILTERED = /^The generated content was filtered due to triggering Azure OpenAI Service's content filtering/;

/**
 * The output as an answer. Tool calls take the place of the text: as a list, as a single call, or as the whole message.
 */
function answerOf(response: Fields): Fields {
  const { output } = response;
  const raw = objectOf((objectOf(response.raw)?.choices as unknown[] | undefined)?.[0]);
  const message = objectOf(output) ?? {};
  const calls = Array.isArray(output) ? output : message.tool_calls;
  const isCalls = Array.isArray(calls) && calls.length > 0 && calls.every((call) => isCall(objectOf(call) ?? {}));
  const filtered = typeof output === 'string' && AZURE_FILTERED.test(output);
  const end = filtered ? 'content_filter' : finishOf(response.finishReason ?? raw?.finish_reason);
  const finish = isCalls ? 'tool_calls' : isFunctionCall(message) ? 'function_call' : end;
  if (leavesNoAnswer(finish)) return { answer: null, finish };
  const content = typeof output === 'string' ? output : JSON.stringify(output);
  const { tokens } = replyOf({ content, reasoning: objectOf(raw?.message)?.reasoning }, undefined, raw?.logprobs);
  const own = objectOf(raw?.message)?.content === content;
  return {
    answer: content,
    ...(finish === undefined ? {} : { finish }),
    ...(own && tokens !== undefined ? { tokens } : {}),
  };
}

function isCall(call: Fields): boolean {
  return objectOf(call.function) !== null || call.type === 'tool_use' || call.type === 'function_call';
}

/** {name, arguments: JSON text} and nothing else, or such a call in a message. */
function isFunctionCall(message: Fields): boolean {
  const inside = objectOf(message.function_call);
  const { name, arguments: given, ...rest } = inside ?? message;
  return typeof name === 'string' && typeof given === 'string' && (inside !== null || Object.keys(rest).length === 0);
}

/** The variables identify the question, except those that promptfoo adds by itself (`_conversation`, `sessionId`). */
function groupOf(vars: Fields): Fields {
  const own = Object.entries(vars).filter(([name]) => !name.startsWith('_') && name !== 'sessionId');
  if (own.length === 0) return {};
  const text = JSON.stringify(own.sort(([a], [b]) => (a < b ? -1 : 1)));
  return { group: `vars:${createHash('sha256').update(text).digest('hex').slice(0, 32)}` };
}

/** A prompt as it was sent: a text, or a chat as JSON. */
function promptOf(raw: unknown): Fields {
  if (typeof raw !== 'string') return {};
  if (/^\s*\[/.test(raw)) {
    try {
      const chat: unknown = boundedJson(raw);
      const isChat =
        Array.isArray(chat) && chat.length > 0 && chat.every((turn) => typeof objectOf(turn)?.role === 'string');
      if (isChat) return { messages: turnsOf(chat) };
    } catch {
      // a text that begins with a bracket
    }
  }
  return { prompt: raw };
}
