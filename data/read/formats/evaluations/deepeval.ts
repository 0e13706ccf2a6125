import { VouchError } from '../../../../support/errors.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { LogFormat, Part } from '../log-format.js';
import { questionFields, writtenTexts } from '../parts/question-of.js';
import { metricFields } from './judged-metrics.js';

/** Test cases of DeepEval and their results: one per row, or a test run or evaluation result with all of them. */
export const deepeval: LogFormat = {
  name: 'deepeval',
  title: 'DeepEval test cases and results',
  source:
    'PyPI deepeval 4.3.1: test_case/llm_test_case.py, test_run/api.py (LLMApiTestCase), evaluate/types.py ' +
    '(looked up 2026-11)',
  detect: (row) => {
    if (casesOf(row) !== null) return 'testCases or test_results with actual outputs';
    return isCase(row) ? 'input and actual_output' : null;
  },
  read: (row) => (casesOf(row) ?? [row]).map((testCase) => partOf(testCase, row)),
  mapping: [
    ['prompt or messages', '`input`; `turns` before the last of a conversation'],
    ['answer', '`actual_output`; the last turn of a conversation'],
    ['reference', '`expected_output`'],
    ['context', '`retrieval_context`, else `context`'],
    [
      'labels',
      'metrics documented as right or wrong (Exact Match, Pattern Match, a G-Eval called Correctness): 1 if ' +
        '`success`; without any metrics, the `success` of the test case',
    ],
    [
      'verifiers',
      'scores of metrics that need no reference (Answer Relevancy, Faithfulness, Hallucination, Toxicity, Bias …)',
    ],
    [
      'scores',
      'the score of any other metric, and `success` of the whole test case, as they are: they are not labels ' +
        'by themselves',
    ],
    ['task', '`testFile` of the test run'],
    ['metadata', "the test case's own"],
    ['', 'keys in snake_case and in camelCase'],
  ],
  example:
    '{"name":"test_case_0","input":"What is the capital of Australia?","actualOutput":"Canberra",' +
    '"expectedOutput":"Canberra","retrievalContext":["Canberra is the capital."],"success":true,' +
    '"metricsData":[{"name":"Correctness [GEval]","score":0.9,"threshold":0.5,"success":true},' +
    '{"name":"Faithfulness","score":1.0,"threshold":0.5,"success":true}]}',
};

/** The test cases of a test run ({testCases}) or an evaluation result ({test_results}). */
function casesOf(row: Fields): Fields[] | null {
  const lists = [row.testCases, row.test_cases, row.conversationalTestCases, row.conversational_test_cases];
  const cases = [...lists, row.test_results, row.testResults].flatMap((list) => (Array.isArray(list) ? list : []));
  const objects = cases.map((each) => objectOf(each) ?? {});
  return objects.length > 0 && objects.some(isCase) ? objects : null;
}

function isCase(row: Fields): boolean {
  if ('actual_output' in row || 'actualOutput' in row) return 'input' in row;
  return Array.isArray(row.turns) && ('metricsData' in row || 'metrics_data' in row || 'scenario' in row);
}

function partOf(row: Fields, run: Fields): Part {
  const turns = Array.isArray(row.turns) ? row.turns : null;
  const last = objectOf(turns?.at(-1));
  const given =
    turns === null ? (row.actual_output ?? row.actualOutput) : last?.role === 'assistant' ? last.content : null;
  if (given == null) {
    const failed = new VouchError('BAD_RECORD', 'has no answer', {
      field: turns === null ? 'actual_output' : 'turns',
      expected: turns === null ? 'a text' : 'a last turn of the assistant',
      got: turns === null ? given : last?.role,
    });
    return { value: row, failed };
  }
  const expected = writtenTexts(row.expected_output ?? row.expectedOutput);
  const context = writtenTexts(row.retrieval_context ?? row.retrievalContext ?? row.context);
  const metadata = objectOf(row.metadata ?? row.additional_metadata ?? row.additionalMetadata) ?? {};
  const task = run.testFile ?? run.test_file;
  return {
    record: {
      ...(typeof task === 'string' ? { task } : {}),
      ...questionFields(turns === null ? row.input : turns.slice(0, -1)),
      answer: typeof given === 'string' ? given : JSON.stringify(given),
      ...(context.length > 0 ? { context } : {}),
      ...(expected.length > 0 ? { reference: expected } : {}),
      ...gradesOf(row),
      ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
    },
  };
}

/**
 * Metrics by their meaning. The success of the whole case combines metrics of all kinds, so it is a label only if there
 * are no metrics.
 */
function gradesOf(row: Fields): Fields {
  const list = row.metrics_data ?? row.metricsData;
  const metrics = (Array.isArray(list) ? list : []).map((metric) => objectOf(metric) ?? {});
  const { success } = row;
  if (metrics.length === 0) {
    return typeof success === 'boolean'
      ? { labels: [{ value: success ? 1 : 0, source: 'deepeval', name: 'success' }] }
      : {};
  }
  const scored = metrics.filter(({ error }) => error == null);
  const fields = metricFields(
    scored.map(({ name, score, success: passed }) => ({ name: String(name), value: score, passed })),
    'deepeval',
  );
  return typeof success === 'boolean' ? { ...fields, scores: { ...(fields.scores as Fields), success } } : fields;
}
