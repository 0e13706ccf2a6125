import type { Pinning } from '../../models/bundle/pinning.js';
import { type Bundle, readBundle } from '../../models/bundle/read.js';
import { REFERENCE_FILE, referenceIn } from '../../models/bundle/reference.js';
import { coded } from '../../store/coded.js';
import type { Store } from '../../store/open.js';
import { answersSince, countOfOthers, type Span } from '../../store/read/answers-since.js';
import { endOf, hasPlace } from '../../store/read/place.js';
import { saidOf, saidOfNames } from '../../store/read/said.js';
import { openExisting } from '../../store/ready.js';
import { VouchError } from '../../support/errors.js';
import { DAY } from '../../support/time/day.js';
import { announce, type FindingFiles, writeFindings } from '../findings.js';
import { Intake, type Read } from '../intake.js';
import { openDraws } from '../label-use.js';
import { questionHash } from '../ledgers.js';
import type { MonitorResult } from '../results.js';
import type { MonitorRules } from '../rules.js';
import { runMonitor } from '../run.js';
import { type MonitorState, writeState } from '../state.js';
import { lockState, stateFor, stateOfBundle } from '../state-file.js';
import { feedbackLater } from './later.js';
import { storedName } from './named.js';
import { textsOf } from './queue-texts.js';
import { meanLabels, reviewsBy } from './reviews.js';
import { takeStored } from './take-stored.js';
import { withPolicyClaim } from './with-policy-claim.js';

/** What a run over a store is given, checked. */
export interface StoredRun extends FindingFiles {
  /** A path, or postgres://… */
  place: string;
  /** Folder of the bundle, and which bundles are accepted. */
  model: string;
  pinning?: Pinning;
  state: string;
  /** Whether a state of another bundle is set aside, instead of refused. */
  perBundle?: boolean;
  webhook?: string;
  rules: MonitorRules;
  /** Which feedback counts as the label of a drawn answer. */
  reviews: readonly string[];
  /** Labels of a filled-in queue, by name of the answer. They take precedence over feedback. */
  labels: ReadonlyMap<string, number>;
  signal?: AbortSignal;
  /** Gets the number of answers that were read since the last call. */
  progress?(answers: number): void;
  note(text: string): void;
}

/**
 * One run of the monitor over the answers that a store got since the last run, and over the feedback on them. It needs no
 * text and scores nothing: scores and signals are in the store. Errors: those of opening a bundle and a store;
 * RESUME_MISMATCH if the state is of another bundle or of other rules; OUT_UNWRITABLE if another run uses the state;
 * INTERRUPTED.
 */
export async function runStored(run: StoredRun): Promise<MonitorResult> {
  const bundle = await readBundle(run.model, run.pinning);
  const lock = await lockState(run.state);
  try {
    if (run.perBundle) await stateOfBundle(run.state, bundle.digest);
    const store = await openExisting(run.place);
    try {
      return await watched(store, bundle, run);
    } catch (error) {
      throw error instanceof VouchError ? error : coded(error, store.shown);
    } finally {
      await store.close();
    }
  } finally {
    await lock.release();
  }
}

async function watched(store: Store, bundle: Bundle, run: StoredRun): Promise<MonitorResult> {
  const before = await stateFor(run.state, bundle.digest, run.rules);
  const end = await endOf(store.db);
  const goesOn = before.stored !== null && (await hasPlace(store.db, before.stored));
  if (before.stored !== null && !goesOn) run.note(OTHER_STORE);
  const span: Span = {
    ...{ bundle: bundle.digest, after: goesOn ? before.stored!.seq : 0, through: end.seq },
    from: goesOn ? null : before.last,
  };
  const { read, deleted, isLookedAt } = await readAnswers(store, { before, bundle, span, run });
  const isReview = reviewsBy(run.reviews);
  const names = [...openDraws({ ledgers: new Map(before.ledgers) })].filter(([, label]) => label === null);
  const reviews = (
    await saidOfNames(
      store.db,
      names.map(([name]) => name),
      span,
    )
  ).filter(isReview);
  const labels = new Map([...meanLabels(reviews, (said) => storedName({ ...said, seq: said.scored })), ...run.labels]);
  const drawn = new Set(before.drawn);
  const later = await feedbackLater(store.db, {
    ...{ span, isReview, isLookedAt },
    wasDrawn: (question) => drawn.has(questionHash(question, before.bundle)),
  });
  const reference = referenceIn(bundle.files.get(REFERENCE_FILE));
  const { state, result } = runMonitor({
    ...{ state: before, manifest: withPolicyClaim(bundle), reference, read, labels, later },
    leftOut: { otherBundle: await countOfOthers(store.db, span), deleted },
    rule: { level: run.rules.driftLevel, least: run.rules.leastDrift },
    queue: run.queue === undefined ? 0 : run.rules.queueLabels,
    drawn: null,
    sends: run.webhook !== undefined,
    patience: run.rules.dueDays * DAY,
    clock: Date.now(),
  });
  const after = { ...state, stored: end };
  stopIfAsked(run.signal);
  await writeFindings(run, result, (ids) => textsOf(store.db, ids, bundle.digest));
  await writeState(run.state, after);
  if (run.webhook !== undefined) {
    await announce(run.webhook, { stateFile: run.state, state: after, signal: run.signal, note: run.note });
  }
  return result;
}

const OTHER_STORE =
  'this store does not contain the row where the last run ended: it is another one, or it was restored from a backup. ' +
  'The run goes on after the time of the last answer';

interface Reading {
  before: MonitorState;
  bundle: Bundle;
  span: Span;
  run: Pick<StoredRun, 'signal' | 'progress'>;
}

async function readAnswers(
  { db, shown }: Store,
  { before, bundle, span, run }: Reading,
): Promise<{ read: Read; deleted: number; isLookedAt(question: string): boolean }> {
  const intake = new Intake(before);
  const { manifest } = bundle;
  let deleted = 0;
  for await (const rows of answersSince(db, span)) {
    stopIfAsked(run.signal);
    const said = await saidOf(
      db,
      rows.map(({ seq }) => seq),
      span.through,
    );
    deleted += takeStored(rows, { intake, manifest, shown, said, allNew: span.after > 0 });
    run.progress?.(rows.length);
  }
  const read = intake.finish();
  // answers may be stored late, and a run over these alone must not set the time back
  const isBack = read.last !== null && before.last !== null && read.last < before.last;
  const kept = isBack ? { ...read, last: before.last, lastIds: before.lastIds } : read;
  return { read: kept, deleted, isLookedAt: (question) => intake.isLookedAt(question) };
}

function stopIfAsked(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new VouchError('INTERRUPTED', 'the run was stopped; the state is as before');
}
