import type { Fields } from '../../table/fields.js';
import { gradeOf, numberGrade } from '../parts/scores.js';

/** Metrics that are documented as right or wrong, held against a reference: labels. */
const GRADES = new Set([
  ...['exact_match', 'pattern_match', 'string_present', 'correctness', 'equivalence'],
  ...['agent_goal_accuracy', 'llm_sql_equivalence_with_reference'],
]);

/** Metrics of judges and classifiers that look at no reference, so that they can be had for a new answer too: verifiers. */
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

/** A metric of one answer: its value, and whether its threshold was passed. */
export interface Metric {
  name: string;
  value: unknown;
  passed?: unknown;
}

/**
 * Metrics as fields of a record. A grade documented as right or wrong is a label; a judge's score that needs no reference is
 * `verifiers.NAME`, where it lies in 0..1. Any other is kept under `scores`: it is no label by itself, and as an input it might
 * betray the label, as most such metrics are computed from the reference.
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

/** Whether a metric's name is one of those above. */
export function isKnownMetric(name: string): boolean {
  return GRADES.has(kindOf(name)) || VERIFIERS.has(kindOf(name));
}

/** `Answer Relevancy` and `answer_relevancy` alike; without the kind of judge, its mode and its version. */
function kindOf(name: string): string {
  return name
    .replace(/\[GEval\]|\(GEval\)|\([^)]*=[^)]*\)|\/v\d+.*$/gi, '')
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
}
