import type { TrainingData } from './data.js';

/** What a careful reader of the report should be told about the data. */
export function dataWarnings(data: TrainingData): string[] {
  const warnings: string[] = [];
  if (data.groupCount === data.n && data.n > 0) {
    const own = data.groups.every((group) => group.startsWith('row:'));
    warnings.push(
      own
        ? 'The answers have neither group nor prompt, so each counts as a question of its own; if several answer one question, intervals and promises are too narrow. Name the field with --group-by.'
        : 'Every question has exactly one answer.',
    );
  }
  const human = data.human.filter(Boolean).length;
  if (human === 0) {
    warnings.push(
      'No label was given by a person: quality and promises are about agreement with the automatic grader, which errs itself.',
    );
  } else if (human < data.n) {
    warnings.push(`${human} of ${data.n} labels were given by people, the rest by automatic graders.`);
  }
  return warnings;
}
