/** What was met while reading, for the summary: pass an empty one in the options, look at it when reading is over. */
export interface ReadSummary {
  /** Good records and bad lines. */
  records: number;
  bad: number;
  /** Keys that are no part of the record, let through, and in how many records. */
  unknownKeys: Record<string, number>;
  /** Records with neither group nor prompt: each is its own group. */
  ungrouped: number;
  /** Records without the field that --group-by names. */
  withoutGroupField: number;
  /** Answers that got grades from --labels, grades that fit no answer, rows without a grade. */
  graded: number;
  ungraded: number;
  strayGrades: number;
}

export function newSummary(): ReadSummary {
  return {
    records: 0,
    bad: 0,
    unknownKeys: {},
    ungrouped: 0,
    withoutGroupField: 0,
    graded: 0,
    ungraded: 0,
    strayGrades: 0,
  };
}
