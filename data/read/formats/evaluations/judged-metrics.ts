import type { Fields } from '../../table/fields.js';
import { gradeOf, numberGrade } from '../parts/scores.js';

/** Metrics that are documented as right or wrong, by comparison with a reference: labels. */
const GRADES = new Set([
  ...['exact_match', 'pattern_match', 'string_present', 'correctness', 'equivalence'],
  ...['agent_goal_accuracy', 'llm_sql_equivalence_with_reference'],
]);

/**
 * Metrics of judges and classifiers that need no reference, so that they are also available for new answers: verifiers.
 */
const VERIFIERS = new Set([
  ...['answer_relevancy', 'answer_relevance', 'response_relevancy', 'relevance_to_query', 'relevance', 'relevancy'],
  ...['faithfulness', 'faithfulness_with_hhem', 'groundedness', 'retrieval_groundedness', 'nv_response_groundedness'],
  ...['context_relevance', 'context_relevancy', 'contextual_relevancy', 'retrieval_relevance', 'nv_context_relevance'],
  ...[
    'context_utilization',
    'llm_context_precision_without_reference',
    'hallucination',
    'summarization',
    'summary_score',
  ],
  ...['toxicity', 'bias', 'safety', 'harmfulness', 'maliciousness', 'conciseness', 'coherence'],
]);

/** A metric of one answer: its value, and whether it passed its threshold. */
interface Metric {
  name: string;
  value: unknown;
  passed?: unknown;
}

/**
 * Metrics as fields of a record. A grade that is documented as right or wrong is a label. A judge's score in 0..1 that
 * needs no reference is `verifiers.NAME`. All others are kept under `scores`: they are not labels by themselves, and as
 * inputs they might betray the label, because most of them are computed from the reference.
 */
export function metricFields(metrics: Iterable<Metric>, source: string): Fields {
  const labels: Fields[] = [];
  const verifiers: Fields = {};
  const scores: Fields = {};
  for (const { name, value, passed } of metrics) {
    const kind = kindOf(name);
    const grade = gradeOf(value);
    const verdict = typeof passed === 'boolean' ? numberGrade(passed) : grade;
    const empty = value == null || (typeof value === 'string' && /^(nan|null|none)?$/i.test(value.trim()));
    if (empty && typeof passed !== 'boolean') continue;
    if (GRADES.has(kind) && verdict !== null) labels.push({ value: verdict, source, name });
    else if (VERIFIERS.has(kind) && grade !== null) verifiers[kind] = grade;
    else scores[name] = empty ? passed : value;
  }
  return {
    ...(labels.length > 0 ? { labels } : {}),
    ...(Object.keys(verifiers).length > 0 ? { verifiers } : {}),
    ...(Object.keys(scores).length > 0 ? { scores } : {}),
  };
}

/** Whether the metric is one of those above. */
export function isKnownMetric(name: string): boolean {
  return GRADES.has(kindOf(name)) || VERIFIERS.has(kindOf(name));
}

/** The same name for `Answer Relevancy` and `answer_relevancy`, without the kind, mode and version of the judge. */
function kindOf(name: string): string {
  return name
    .replace(/\[GEval\]|\(GEval\)|\([^)]*=[^)]*\)|\/v\d+.*$/gi, '')
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
}
