/** What somebody, or something, said about an answer. */
type Kind = 'thumb' | 'stars' | 'correction' | 'choice' | 'verdict' | 'outcome' | 'score';

/** One feedback on one answer, checked. */
export interface Feedback {
  /** Two feedbacks of one tenant with the same key are the same feedback. */
  key: string;
  /** The id or response id of the answer. */
  target: string;
  kind: Kind;
  /** 1 right, 0 wrong, between them a share; null if the answer's text is needed to tell, or nothing follows. */
  label: number | null;
  /** The corrected answer, of a correction. */
  correction: string | null;
  /** Who or what gave the label, as in the labels of a record. */
  source: string;
  rater: string | null;
  /** When it was given, in ms since 1970, if that is known. */
  given: number | null;
  /** What was sent, as JSON with a fixed order of keys. */
  content: string;
}

/** What became of one feedback. */
export interface Outcome {
  key: string;
  target: string;
  /** `refused`: the answer belongs to another tenant, or the key was used for something else. */
  status: 'linked' | 'contradicting' | 'unknown id' | 'refused';
  label: number | null;
  /** The same feedback was accepted before; this is the result from then. */
  repeated: boolean;
  /** It arrived more than seven days after the answer was scored. */
  late: boolean;
  /** Why it was refused. */
  code?: 'WRONG_TENANT' | 'FEEDBACK_CONFLICT';
}

/** Days after which feedback counts as late. */
export const LATE_DAYS = 7;
