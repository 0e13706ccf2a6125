import type { Manifest } from '../models/bundle/manifest.js';
import type { Reference } from '../models/bundle/reference.js';
import { driftOf as unseenOf } from '../scorer/batch/drift.js';
import { random } from '../support/random.js';
import { iso } from '../support/time/iso.js';
import { alertsOf, noticesOf } from './alerts/alerts.js';
import type { ScoredAnswer } from './answer.js';
import { columnsOf } from './columns.js';
import { type DriftRule, driftOf } from './drift/drift.js';
import { expectedShare } from './expected.js';
import { type FeedbackCounts, feedbackCounts, feedbackStanding, withLater } from './feedback.js';
import type { Read } from './intake.js';
import { labelUse, openDraws } from './label-use.js';
import { booksOf, claimsOf, labelled, questionHash, registered, slicesNow } from './ledgers.js';
import type { Terms } from './promise/claim-state.js';
import { type Ledger, labelsIn, stateNow } from './promise/ledger.js';
import { badSlices } from './promise/slices.js';
import { estimateOf } from './promise/tally.js';
import { drawLabels, drawnElsewhere, REST } from './queue/draw.js';
import type { MonitorResult } from './results.js';
import { standings } from './standings.js';
import type { AlertKind, MonitorState } from './state.js';

/** What a run is given. */
interface RunInput {
  state: MonitorState;
  manifest: Manifest;
  reference: Reference | null;
  read: Read;
  /** Labels by id of the answer: 1 right, 0 wrong. */
  labels: ReadonlyMap<string, number>;
  rule: DriftRule;
  /** Number of answers to draw for the queue; 0: none, and always if `drawn` is given. */
  queue: number;
  /** The chance with which the labels that came with the answers were drawn; null: they are feedback. */
  drawn: number | null;
  /** Whether a webhook gets the news. */
  sends: boolean;
  /** Stored answers that are left out; absent: none. */
  leftOut?: MonitorResult['answers']['leftOut'];
  /** Milliseconds after which a label that has not arrived is given up. */
  patience: number;
  /** Feedback on accepted answers of earlier runs; absent: there is none. */
  later?: { counts: FeedbackCounts; feedback: number };
  /** The time of the run, used if the answers have none, in milliseconds. */
  clock: number;
}

/** Slices are named so that on average at most this share of them is named wrongly. */
const SLICE_LEVEL = 0.05;

/** Alarms that are about the answers of a run, and not about all labels so far. */
const OF_ANSWERS: readonly AlertKind[] = ['drift', 'unseen', 'feedback'];

/** One run of the monitor: what it found, and what it remembers. A plain function: the same input gives the same. */
export function runMonitor(input: RunInput): { state: MonitorState; result: MonitorResult } {
  const { state: before, manifest, read, labels, rule, drawn, sends, patience, clock } = input;
  const { questions, isSample } = read.sampled;
  const now = read.last ?? before.last ?? clock;
  const due = now + patience;
  const claims = claimsOf(manifest, before);
  const known = new Set(before.drawn);
  const hashes = new Map(
    questions.map((answers) => [answers[0].question, questionHash(answers[0].question, before.bundle)]),
  );
  const fresh = questions.filter(([{ question }]) => !known.has(hashes.get(question)!));

  const elsewhere = drawn === null ? null : drawnElsewhere(fresh, { chance: drawn, due });
  const given = booksOf(before, claims);
  const opened = elsewhere === null ? given : registered(given, elsewhere);
  const books = labelled(opened, { claims, labels, now });

  const all = questions.flat();
  const expected = expectations(questions, isSample);
  const open = openDraws(opened);
  const reports = questions.map((answers) =>
    answers
      .filter(({ claim }) => claim !== null)
      .map(({ id, label }) => ({ id, label: drawn !== null || open.has(id) ? null : (labels.get(id) ?? label) })),
  );
  const own = feedbackCounts(reports.map((answers) => answers.map(({ label }) => label)));
  const feedback = input.later === undefined ? own : withLater(own, input.later.counts);
  const used = labelUse({ labels, open, before: openDraws(given), reports: reports.flat() });
  const findings = {
    promises: standings(books, claims, {
      expected: expected.wrongAccepted?.value ?? null,
      drawn,
      floor: before.floor,
    }),
    slices: badSlices(slicesNow(books, claims), SLICE_LEVEL),
    drift:
      input.reference === null || all.length === 0
        ? null
        : driftOf(input.reference, columnsOf(questions, manifest.signals), rule),
    unseen: unseenOf(read.tally, manifest),
    feedback: feedbackStanding(before.feedback, feedback, rule.level),
  };

  const queue =
    input.queue === 0
      ? null
      : drawLabels(fresh, {
          ...{ labels: input.queue, floor: before.floor, due },
          alphaOf: (claim) => claims.get(claim)!.alpha,
          random: random(before.seed).fork(`queue ${before.runs}`),
        });
  const after = queue === null ? books : registered(books, queue);

  const until = iso(read.last ?? before.last);
  const changes = new Map(before.changes);
  // a run without new answers finds no drift, but does not show that it is over
  const kept = questions.length > 0 ? [] : before.alerts.filter(({ kind }) => OF_ANSWERS.includes(kind));
  const found = [...kept, ...alertsOf(findings, changes, until ?? iso(clock))];
  const { alerts, notices } = noticesOf(before.alerts, found);
  const result: MonitorResult = {
    bundle: before.bundle,
    run: before.runs + 1,
    ...{ since: iso(before.first ?? read.first), until },
    answers: {
      ...{
        new: read.new,
        known: read.known,
        leftOut: input.leftOut ?? { otherBundle: 0, deleted: 0 },
        questions: questions.length,
        isSample,
      },
      accepted: read.tally.accept,
    },
    ...findings,
    rest: restOf(books.ledgers.get(REST)!, claims.get(REST)!),
    expected,
    labels: { ...used, feedback: used.feedback + (input.later?.feedback ?? 0) },
    queue: queue?.rows ?? [],
    ...{ alerts, notices },
  };
  const newlyDrawn = [...(elsewhere?.questions ?? []), ...(queue?.questions ?? [])];
  return {
    result,
    state: {
      ...before,
      runs: before.runs + 1,
      first: before.first ?? read.first,
      ...(read.last === null ? {} : { last: read.last, lastIds: read.lastIds }),
      ledgers: [...after.ledgers],
      slices: [...after.slices],
      changes: findings.promises.map(({ claim, change }) => [claim, Math.max(change.alarms, changes.get(claim) ?? 0)]),
      drawn: [...before.drawn, ...newlyDrawn.map((question) => hashes.get(question)!)],
      feedback: {
        none: before.feedback.none + feedback.none,
        right: before.feedback.right + feedback.right,
        wrong: before.feedback.wrong + feedback.wrong,
      },
      alerts,
      unsent: sends ? [...before.unsent, ...notices] : before.unsent,
    },
  };
}

function expectations(questions: readonly (readonly ScoredAnswer[])[], isSample: boolean): MonitorResult['expected'] {
  const of = (isIn: (answer: ScoredAnswer) => boolean, value: (p: number) => number) => {
    const expected: number[] = [];
    const question: number[] = [];
    for (const [k, answers] of questions.entries()) {
      for (const answer of answers) {
        if (!isIn(answer)) continue;
        expected.push(value(answer.probability));
        question.push(k);
      }
    }
    return expectedShare({ expected, question, isSample });
  };
  return {
    right: of(
      () => true,
      (p) => p,
    ),
    wrongAccepted: of(
      ({ claim }) => claim !== null,
      (p) => 1 - p,
    ),
  };
}

function restOf(ledger: Ledger, terms: Terms): MonitorResult['rest'] {
  const error = estimateOf(stateNow(ledger, terms).tally);
  return error === null ? null : { ...error, labels: labelsIn(ledger) };
}
