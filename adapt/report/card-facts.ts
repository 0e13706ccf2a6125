import { ALWAYS } from '../../report/card/cautions.js';
import type { CardFacts } from '../../report/card/facts.js';
import { periodWords } from '../../report/card/provenance.js';
import { type CardManifest, sharedFacts } from '../../report/card/trained-facts.js';
import type { AdaptationReport } from './results.js';
import { changeWords, fittedWords, LIMITS, measuredWords, promiseSentences, subjectOf } from './words.js';

/** The facts of an adapted bundle for card.html: the content of its report.json, and of its manifest. */
export function adaptedCardFacts(report: AdaptationReport, manifest: CardManifest): CardFacts {
  const { adapted, test, before, from, files, inputs, fingerprint, period, sources, warnings } = report;
  return {
    ...sharedFacts(report, manifest),
    subject: `adapted to ${subjectOf(report)}`,
    how: fittedWords[adapted.change ?? 'adapt'],
    adaptedFrom: from,
    data: {
      ...{ files, inputs: inputs ?? [], fingerprint, sources },
      period: periodWords(period, adapted.answers),
      answers: adapted.answers,
      questions: adapted.groups,
      ...{ right: null, human: null, grouping: null },
      parts: [],
    },
    metrics: test.metrics,
    measuredOn: `${measuredWords(report)}.`,
    rival: { label: 'Before it was adapted', metrics: before.metrics },
    candidates: null,
    chosenBecause: adapted.predictors.map((each) => changeWords(each, adapted.change)),
    promises: promiseSentences(report).map((headline) => ({ headline, details: [] })),
    leaks: [],
    limits: [LIMITS, ...warnings, ...ALWAYS],
    slices: [],
  };
}
