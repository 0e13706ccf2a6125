import { labelWith } from '../../data/label/list.js';
import { DAY } from '../../support/time/day.js';
import { feedbackHash, feedbackSeal } from '../chain/rows.js';
import { compiledOnce } from '../compiled.js';
import { type Feedback, LATE_DAYS, type Outcome } from '../feedback/feedback.js';
import { plainId, plainText } from '../plain-text.js';
import { FEEDBACK_PRIVATE, FEEDBACK_PUBLIC, type FeedbackTable, type Open } from '../schema.js';
import { type Chain, newSalt } from './chain.js';
import { insertRows } from './insert.js';

/** Who sends feedback, and when it arrived (ms since 1970). */
export interface Sender {
  tenant: string;
  received: number;
  /** Name of the labeller that compares an answer with its correction. */
  labeller?: string;
}

/** The answer that a feedback is about. */
interface Found {
  seq: number;
  time: number;
  answer: string | null;
}

const COLUMNS = [
  ...(['seq', 'salt', 'sealed', 'redacted'] as const),
  ...FEEDBACK_PUBLIC,
  ...FEEDBACK_PRIVATE,
  ...(['scored', 'hash'] as const),
];

/** Adds one feedback to the chain, or says why it was refused. Accepted again under the same key, it changes nothing. */
export async function writeFeedback(db: Open, chain: Chain, given: Feedback, sender: Sender): Promise<Outcome> {
  const tenant = plainId(sender.tenant);
  const key = plainId(given.key);
  const target = plainId(given.target);
  const content = plainText(given.content);
  const said = { key, target };
  const [before] = await earlier(db, { tenant, key });
  const found = await answerOf(db, { tenant, target });
  if (before !== undefined) {
    if (before.content !== content) return refused(said, 'FEEDBACK_CONFLICT');
    const { label, received } = before;
    return { ...said, status: statusOf(before), label, repeated: true, late: isLate(found, received) };
  }
  if (found === undefined && (await isElsewhere(db, target))) return refused(said, 'WRONG_TENANT');
  const { label, source } = labelled(given, found, sender.labeller);
  const contradicts = found !== undefined && label !== null && (await isContradicted(db, found.seq, label)) ? 1 : 0;
  const plain = {
    ...{ received: sender.received, given: given.given, tenant, kind: given.kind, label, source, contradicts },
    ...{ key, target, rater: given.rater === null ? null : plainId(given.rater), content },
    scored: found?.seq ?? null,
  };
  const salt = newSalt();
  const row: Omit<FeedbackTable, 'hash'> = {
    ...{ seq: ++chain.seq, salt, sealed: feedbackSeal(salt, plain), redacted: 0 },
    ...plain,
  };
  chain.hash = feedbackHash(chain.hash, row);
  await insertRows(db, { table: 'vouch_feedback', columns: COLUMNS, rows: [{ ...row, hash: chain.hash }] });
  return { ...said, status: statusOf(row), label, repeated: false, late: isLate(found, sender.received) };
}

function isLate(found: Found | undefined, received: number): boolean {
  return found !== undefined && received - found.time > LATE_DAYS * DAY;
}

/** What a row of feedback says about its link. */
export function statusOf({ scored, contradicts }: Pick<FeedbackTable, 'scored' | 'contradicts'>): Outcome['status'] {
  if (scored === null) return 'unknown id';
  return contradicts === 1 ? 'contradicting' : 'linked';
}

function refused(said: Pick<Outcome, 'key' | 'target'>, code: Outcome['code']): Outcome {
  return { ...said, status: 'refused', label: null, repeated: false, late: false, code };
}

type Said = { tenant: string; key: string };

/** The feedback of the tenant under this key. */
const earlier = compiledOnce((db, { tenant, key }: Said) =>
  db
    .selectFrom('vouch_feedback')
    .select(['content', 'label', 'scored', 'contradicts', 'received'])
    .where('tenant', '=', tenant)
    .where('key', '=', key),
);

type Target = { tenant: string; target: string };

/** The last answer of the tenant with this id, or response id. */
const [lastById, lastByResponse] = (['id', 'response'] as const).map((column) =>
  compiledOnce((db, { tenant, target }: Target) =>
    db
      .selectFrom('vouch_scored')
      .select(['seq', 'time', 'answer'])
      .where(column, '=', target)
      .where('tenant', '=', tenant)
      .orderBy('seq', 'desc')
      .limit(1),
  ),
);

async function answerOf(db: Open, about: Target): Promise<Found | undefined> {
  return (await lastById(db, about))[0] ?? (await lastByResponse(db, about))[0];
}

/** Any answer with this id, or response id. */
const [anyById, anyByResponse] = (['id', 'response'] as const).map((column) =>
  compiledOnce((db, { target }: { target: string }) =>
    db.selectFrom('vouch_scored').select('seq').where(column, '=', target).limit(1),
  ),
);

async function isElsewhere(db: Open, target: string): Promise<boolean> {
  return (await anyById(db, { target })).length > 0 || (await anyByResponse(db, { target })).length > 0;
}

type Answer = { scored: number };

/** Feedback on the answer that says wrong, and feedback that says right: they are on different sides of ½. */
const [wrong, right] = (['<', '>'] as const).map((side) =>
  compiledOnce((db, { scored }: Answer) =>
    db.selectFrom('vouch_feedback').select('seq').where('scored', '=', scored).where('label', side, 0.5).limit(1),
  ),
);

/** Whether earlier feedback on the answer says the opposite. */
async function isContradicted(db: Open, scored: number, label: number): Promise<boolean> {
  if (label === 0.5) return false;
  return (await (label > 0.5 ? wrong : right)(db, { scored })).length > 0;
}

/** A correction is compared with the answer, if the store has its text; the labeller is then the source. */
function labelled(
  { correction, label, source }: Feedback,
  found: Found | undefined,
  name = 'exactMatch',
): { label: number | null; source: string } {
  if (correction === null) return { label, source };
  const labeller = labelWith(name);
  const told =
    found?.answer == null ? null : labeller.of({ id: 'stored', answer: found.answer, reference: [correction] });
  return { label: told, source: told === null ? source : `auto:${labeller.name}` };
}
