import { isOld, OLD_BUNDLE } from '../../models/bundle/manifest.js';
import type { Bundle } from '../../models/bundle/read.js';
import type { CardFacts } from '../../report/card/facts.js';
import type { CardLater, WatchedRun } from '../../report/card/later.js';
import { leftOpen } from '../../report/card/left-open.js';
import type { EvidenceFacts } from '../../report/evidence/index-html.js';
import { plural } from '../../support/words/plural.js';
import type { SignatureStatus } from './signature-status.js';
import type { StoreEvidence } from './store-evidence.js';

interface Found {
  bundle: Bundle;
  facts: CardFacts;
  later: CardLater;
  signature: SignatureStatus;
  evaluations: readonly { found: EvidenceFacts['evaluations'][number] }[];
  stored: StoreEvidence | null;
  asOf: string;
}

/** What a reader should look at first, in sentences: the worst first. Empty if nothing stands out. */
export function attentionOf(found: Found): string[] {
  const { bundle, facts, later, signature, stored } = found;
  const open = leftOpen(facts, later);
  return [
    ...(stored === null ? [] : storeLines(stored)),
    ...(later.watched === undefined ? [] : watchedLines(later.watched)),
    ...found.evaluations.flatMap(({ found: { path, promises } }) =>
      promises
        .filter(({ verdict }) => verdict === 'broken')
        .map(({ claim }) => `The promise ${claim} is broken in ${path}.`),
    ),
    ...facts.leaks.map((note) => `Leak alarm: ${note}`),
    ...(isOld(bundle.manifest) ? [OLD_BUNDLE] : []),
    ...(facts.thresholds.some(({ threshold }) => threshold !== null)
      ? []
      : ['No threshold is certified: this bundle promises nothing about errors.']),
    ...(signature.isVerified ? [] : [`Signature: ${signature.says}.`]),
    ...laterThan(found),
    ...(bundle.files.has('card.html')
      ? []
      : ['The bundle has no card.html of its own (an older vouch made it). card.html was drawn from its report.json.']),
    ...(open.length === 0
      ? []
      : [`${plural(open.length, 'entry of the card is', 'entries of the card are')} left to fill in.`]),
  ];
}

function storeLines({ index: { findings, answers } }: StoreEvidence): string[] {
  return [
    ...(findings.length === 0
      ? []
      : [`The log is broken at ${plural(findings.length, 'place')}; the first is row ${findings[0].seq}.`]),
    ...(answers === 0 ? ['The store has no answer that this bundle scored.'] : []),
  ];
}

/** The state after the last run. */
function watchedLines(runs: readonly WatchedRun[]): string[] {
  const last = runs[runs.length - 1];
  const broken = last.promises.filter(({ state }) => state === 'broken');
  return [
    ...broken.map(({ claim }) => `The monitor says that the promise ${claim} is broken (run ${last.run}).`),
    ...last.alarms.map((text) => `An alarm of the monitor is on: ${text}`),
  ];
}

/** Inputs that are later than the date of the folder. Times are compared by their day in UTC. */
function laterThan({ facts, later, asOf }: Found): string[] {
  const times: [string, string | null][] = [
    ['The bundle', facts.created],
    ...(later.watched ?? []).map(({ file, until }): [string, string | null] => [file, until]),
    ['The last answer of the store', later.feedback?.to ?? null],
  ];
  return times
    .filter(([, time]) => time !== null && time.slice(0, 10) > asOf)
    .map(([what, time]) => `${what} is of ${time?.slice(0, 10)}, later than the date of this folder (${asOf}).`);
}
