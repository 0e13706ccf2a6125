import { type Fields, objectOf } from '../../table/fields.js';
import { scoreFields } from '../parts/scores.js';

/**
 * The verdict of promptfoo as the label `pass`, and the named scores by their names. A result without assertions counts
 * as passed in promptfoo; here it gets no label. A rating given in its web view overrides the assertions; its source is
 * human.
 */
export function promptfooLabels(result: Fields): Fields {
  const grading = objectOf(result.gradingResult);
  const components = componentsOf(grading);
  const byHand =
    components.some(({ assertion }) => objectOf(assertion)?.type === 'human') ||
    /^manual (result|rating)/i.test(String(grading?.reason ?? ''));
  const asserted = objectOf(result.testCase)?.assert;
  const graded = byHand || components.length > 0 || (Array.isArray(asserted) && asserted.length > 0);
  const named = Object.entries(objectOf(result.namedScores) ?? objectOf(grading?.namedScores) ?? {});
  if (!graded && (grading === null || grading.reason === 'No assertions')) return scoreFields(named, 'promptfoo');
  const pass = grading?.pass ?? result.success;
  const { labels = [], ...rest } = scoreFields(named, 'promptfoo');
  if (typeof pass !== 'boolean') return { ...rest, ...((labels as Fields[]).length > 0 ? { labels } : {}) };
  const verdict = { value: pass ? 1 : 0, source: byHand ? 'human' : 'promptfoo', name: 'pass' };
  return { ...rest, labels: [verdict, ...(labels as Fields[])] };
}

/** The texts with which the assertions compare the answer. A template that was not filled in is left out. */
export function promptfooReference(result: Fields): Fields {
  const declared = objectOf(result.testCase)?.assert;
  const assertions = [
    ...componentsOf(objectOf(result.gradingResult)).map(({ assertion }) => assertion),
    ...(Array.isArray(declared) ? declared : []),
  ];
  const values = assertions.flatMap((assertion) => {
    const { type, value } = objectOf(assertion) ?? {};
    const compares = /^(equals|contains|icontains|similar|factuality|model-graded-factuality)$/.test(String(type));
    return compares && typeof value === 'string' && value !== '' && !value.includes('{{') ? [value] : [];
  });
  return values.length > 0 ? { reference: [...new Set(values)] } : {};
}

function componentsOf(grading: Fields | null): Fields[] {
  return Array.isArray(grading?.componentResults) ? grading.componentResults.map((each) => objectOf(each) ?? {}) : [];
}
