import { VouchError } from '../../../../support/errors.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { LogFormat, Part } from '../log-format.js';
import { questionFields, writtenTexts } from '../parts/question-of.js';
import { replyOf } from '../parts/reply.js';
import { metricFields } from './judged-metrics.js';

/** Common column names, in order of preference. Users of MLflow choose the names. */
const INPUT = ['inputs', 'input', 'request', 'question', 'query', 'prompt'] as const;
const OUTPUT = ['outputs', 'output', 'predictions', 'prediction', 'response', 'answer'] as const;
const TARGET = ['targets', 'target', 'ground_truth', 'expected_response', 'expected_output', 'reference'] as const;
const CONTEXT = ['context', 'contexts', 'retrieved_context', 'retrieved_contexts'] as const;
/** Columns of MLflow that say nothing about the answer. */
const PASSED =
  /^(trace|trace_metadata|spans|assessments|state|execution_duration|tags|token_count|latency|expectations|error_message)$/;
const METRIC = /^(.+?)(?:\/v\d+)?\/(score|value)$|^(.+)\/v\d+$/;
const ABOUT_METRIC = /\/(justification|rationale|error_message|error_code)$/;

/** Tables of MLflow evaluations: the whole table as pandas splits it, or one of its rows. */
export const mlflowEval: LogFormat = {
  name: 'mlflow-eval',
  title: 'MLflow evaluation tables',
  source:
    'PyPI mlflow 3.18.0: models/evaluation/default_evaluator.py (eval_results_table.json), ' +
    'genai/evaluation/entities.py (result_df), tracking/client.py (log_table) (looked up 2026-11)',
  detect: (row) => {
    if (isTable(row)) return 'columns and data';
    const metric = Object.keys(row).find((key) => METRIC.test(key));
    return metric !== undefined && OUTPUT.some((key) => key in row) ? metric : null;
  },
  besideAnswer: true,
  read(row) {
    if (!isTable(row)) return [partOf(row)];
    const columns = (row.columns as unknown[]).map(String);
    return (row.data as unknown[]).map((values) => {
      return partOf(Object.fromEntries(columns.map((name, i) => [name, (values as unknown[])[i]])));
    });
  },
  mapping: [
    ['id, time', '`trace_id`, `request_id` or `id`; `request_time`'],
    [
      'prompt or messages',
      'the first of `inputs`, `input`, `request`, `question`, `query`, `prompt`; if it is an object, its question',
    ],
    [
      'answer',
      'the first of `outputs`, `output`, `predictions`, `prediction`, `response`, `answer`; if it is a chat ' +
        'completion, its message',
    ],
    ['reference', '`targets`, `target`, `ground_truth`, `expected_response`, also inside `expectations`'],
    ['context', '`context`, `contexts`, `retrieved_context`'],
    ['labels', '`exact_match/v1`, and the verdicts yes and no of the judges `correctness` and `equivalence`'],
    [
      'verifiers',
      'judges and classifiers that need no reference, in 0..1 or yes and no: `toxicity`, `safety`, ' +
        '`relevance_to_query` …',
    ],
    [
      'scores',
      'any other metric (`answer_correctness/v1/score` of 1 to 5, ROUGE …), as it is: it is not a label by itself',
    ],
    ['', 'other columns are kept as they are'],
  ],
  example:
    '{"columns":["inputs","targets","outputs","token_count","exact_match/v1/score","toxicity/v1/score"],' +
    '"data":[["What is the capital of Australia?","Canberra","Canberra",2,1,0.0001]]}',
};

function isTable({ columns, data }: Fields): boolean {
  return (
    Array.isArray(columns) &&
    Array.isArray(data) &&
    columns.every((name) => typeof name === 'string') &&
    data.every((values) => Array.isArray(values) && values.length === columns.length)
  );
}

function partOf(row: Fields): Part {
  const failure = row.error_message;
  if (typeof failure === 'string' && failure !== '') {
    return {
      value: row,
      failed: new VouchError('BAD_RECORD', `the request failed: ${failure}`, { field: 'error_message' }),
    };
  }
  const output = OUTPUT.find((key) => row[key] != null);
  if (output === undefined) {
    const failed = new VouchError('BAD_RECORD', 'has no answer', {
      field: OUTPUT.find((key) => key in row) ?? 'outputs',
      expected: `a column ${OUTPUT.join(', ')}`,
      got: Object.keys(row),
    });
    return { value: row, failed };
  }
  const input = INPUT.find((key) => row[key] != null);
  const expectations = objectOf(row.expectations) ?? {};
  const target = TARGET.find((key) => row[key] != null);
  const reference = writtenTexts(
    target === undefined ? (expectations.expected_response ?? expectations.expected_facts) : row[target],
  );
  const context = writtenTexts(CONTEXT.map((key) => row[key]).find((value) => value != null));
  const id = row.trace_id ?? row.request_id ?? row.id;
  const used = new Set<string>([
    output,
    ...(input === undefined ? [] : [input]),
    ...(target === undefined ? [] : [target]),
    ...CONTEXT,
  ]);
  const rest = Object.entries(row).filter(([key]) => !used.has(key) && !isOwn(key));
  return {
    record: {
      ...Object.fromEntries(rest),
      ...(id == null ? {} : { id: String(id) }),
      ...(typeof row.request_time === 'string' ? { time: row.request_time } : {}),
      ...(input === undefined ? {} : questionFields(row[input])),
      ...answerOf(row[output]),
      ...(reference.length > 0 ? { reference } : {}),
      ...(context.length > 0 ? { context } : {}),
      ...metricFields(metricsOf(row), 'mlflow'),
    },
  };
}

function isOwn(key: string): boolean {
  return (
    PASSED.test(key) ||
    METRIC.test(key) ||
    ABOUT_METRIC.test(key) ||
    /^(trace_id|request_id|id|request_time)$/.test(key)
  );
}

/** Metrics without their version: `exact_match/v1/score`, `correctness/value`. */
function metricsOf(row: Fields): { name: string; value: unknown }[] {
  return Object.entries(row).flatMap(([key, value]) => {
    const [, scored, , versioned] = METRIC.exec(key) ?? [];
    const name = scored ?? versioned;
    return name === undefined || ABOUT_METRIC.test(key) ? [] : [{ name, value }];
  });
}

/**
 * The answer in an output: a text; the message of a chat completion; the text of an object that has one; else the whole
 * output as JSON.
 */
function answerOf(output: unknown): Fields {
  const object = objectOf(output);
  const choice = objectOf((Array.isArray(object?.choices) ? object.choices : [])[0]);
  if (choice !== null)
    return { ...replyOf(objectOf(choice.message) ?? { content: choice.text }, choice.finish_reason, choice.logprobs) };
  if (typeof output === 'string') return { answer: output };
  const inner = ['response', 'answer', 'output', 'content', 'text'].map((key) => object?.[key]);
  const text = inner.find((value) => typeof value === 'string');
  return { answer: text ?? (typeof output === 'object' ? JSON.stringify(output) : String(output)) };
}
