import { VouchError } from '../../../../support/errors.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { LogFormat, Part } from '../log-format.js';
import { turnsOf } from '../parts/messages.js';
import { plainText, writtenTexts } from '../parts/question-of.js';
import { isKnownMetric, metricFields } from './judged-metrics.js';

/** Columns of a sample, with the names of version 0.2 and later, and those of 0.1. */
const OWN = new Set([
  ...['user_input', 'response', 'multi_responses', 'retrieved_contexts', 'reference_contexts', 'reference', 'rubrics'],
  ...['retrieved_context_ids', 'reference_context_ids', 'reference_tool_calls', 'reference_topics'],
  ...['question', 'answer', 'contexts', 'ground_truth', 'ground_truths'],
]);

/** Names of the columns with other Ragas metrics. */
const METRIC =
  /^(answer_(correctness|similarity)|semantic_similarity|factual_correctness|nv_accuracy|(llm_|non_llm_|id_based_)?context_(precision|recall)|context_entity_recall|noise_sensitivity|(bleu|rouge|chrf)_score|non_llm_string_similarity|tool_call_(accuracy|f1)|topic_adherence)\b/;

/** Rows of a Ragas dataset or of its results. */
export const ragas: LogFormat = {
  name: 'ragas',
  title: 'Ragas samples and results',
  source:
    'PyPI ragas 0.4.3: dataset_schema.py (SingleTurnSample, MultiTurnSample, EvaluationResult), metrics ' +
    '(looked up 2026-11)',
  detect: (row) => {
    if ('user_input' in row && ('response' in row || 'multi_responses' in row || Array.isArray(row.user_input))) {
      return 'user_input and response';
    }
    const older = 'question' in row && 'answer' in row && ('contexts' in row || 'ground_truths' in row);
    return older && !('prompt' in row) && !('messages' in row) ? 'question, answer and contexts (version 0.1)' : null;
  },
  besideAnswer: true,
  read: (row) => [partOf(row)],
  mapping: [
    ['prompt or messages', '`user_input`, formerly `question`; of a conversation the messages before its last'],
    ['answer', '`response`, formerly `answer`; the last message of a conversation, `null` if it calls a tool'],
    ['samples', 'further `multi_responses`'],
    ['context', '`retrieved_contexts`, formerly `contexts`'],
    ['reference', '`reference`, formerly `ground_truth`, `ground_truths`'],
    [
      'labels',
      'metrics that are right or wrong: `exact_match`, `string_present`, `agent_goal_accuracy`, ' +
        '`llm_sql_equivalence_with_reference`',
    ],
    ['verifiers', 'metrics that need no reference: `faithfulness`, `answer_relevancy`, `nv_response_groundedness` …'],
    ['scores', 'other metrics of Ragas, as they are: most are computed from the reference'],
  ],
  example:
    '{"user_input":"What is the capital of Australia?","retrieved_contexts":["Canberra is the capital."],' +
    '"response":"Canberra","reference":"Canberra","faithfulness":1.0,"answer_correctness":0.98,' +
    '"exact_match":1.0}',
};

function partOf(row: Fields): Part {
  const { user_input: input, multi_responses: several } = row;
  const turns = Array.isArray(input) ? input.map((turn) => objectOf(turn) ?? {}) : null;
  const last = turns?.at(-1);
  const called = last !== undefined && Array.isArray(last.tool_calls) && last.tool_calls.length > 0;
  const responses = Array.isArray(several) ? several.flatMap((text) => plainText(text) ?? []) : [];
  const given =
    turns === null ? (row.response ?? row.answer ?? responses[0]) : speaks(last) ? last?.content : undefined;
  const answer = plainText(given);
  if (answer === null && !called) {
    const expected = turns === null ? 'a text' : 'a conversation whose last message is from the model';
    return {
      value: row,
      failed: new VouchError('BAD_RECORD', 'has no answer', {
        field: turns === null ? 'response' : 'user_input',
        expected,
        got: given,
      }),
    };
  }
  const context = writtenTexts(row.retrieved_contexts ?? row.contexts);
  const reference = writtenTexts(row.reference ?? row.ground_truth ?? row.ground_truths);
  const others = responses.slice(row.response == null && row.answer == null ? 1 : 0);
  const metrics: { name: string; value: unknown }[] = [];
  const rest: Fields = {};
  for (const [name, value] of Object.entries(row)) {
    if (OWN.has(name)) continue;
    if (isKnownMetric(name) || METRIC.test(name)) metrics.push({ name, value });
    else rest[name] = value;
  }
  const question = turns === null ? (input ?? row.question) : undefined;
  return {
    record: {
      ...rest,
      ...(question == null ? {} : { prompt: plainText(question) ?? JSON.stringify(question) }),
      ...(turns === null ? {} : { messages: turnsOf(turns.slice(0, -1).map(withRole)) }),
      ...(called ? { answer: null, finish: 'tool_calls' } : { answer }),
      ...(others.length > 0 ? { samples: others.map((text) => ({ answer: text })) } : {}),
      ...(context.length > 0 ? { context } : {}),
      ...(reference.length > 0 ? { reference } : {}),
      ...metricFields(metrics, 'ragas'),
    },
  };
}

/** Whether a message is from the model. */
function speaks(turn: Fields | undefined): boolean {
  return turn?.type === 'ai' || turn?.role === 'assistant';
}

function withRole({ type, role, content }: Fields): Fields {
  const roles: Record<string, string> = { human: 'user', ai: 'assistant', tool: 'tool' };
  return { role: role ?? roles[String(type)] ?? 'user', content };
}
