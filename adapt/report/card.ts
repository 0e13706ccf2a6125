import { sourceCounts } from '../../data/label-sources.js';
import { aboutList } from '../../report/card/about.js';
import { approval, contentHashes, periodWords } from '../../report/card/provenance.js';
import { howToRead } from '../../report/card/reading.js';
import { list, plain, table } from '../../report/markdown.js';
import { count, interval } from '../../report/numbers.js';
import { metricNames, metricWords } from '../../report/words.js';
import { plural } from '../../support/words/plural.js';
import type { AdaptationReport } from './results.js';
import { changeWords, fittedWords, LIMITS, measuredWords, promiseSentences, subjectOf } from './words.js';

/**
 * card.md of an adapted bundle. Source: Mitchell et al. 2019, "Model Cards". `hashes`: the SHA-256 of the bundle's other
 * files, by name.
 */
export function adaptationCard(report: AdaptationReport, hashes: Readonly<Record<string, string>> = {}): string {
  const { adapted, before, test, differences, created, seed, from, files, fingerprint } = report;
  const rows = metricNames.map((name) => {
    const { label, show, difference } = metricWords[name];
    const gap = `${difference(differences[name].value)} (${interval(differences[name], difference)})`;
    return [label, show(before.metrics[name].value), show(test.metrics[name].value), gap];
  });
  return `${[
    `# Probability that an answer is right: adapted to ${plain(subjectOf(report))}`,
    'This model was made by vouch. It predicts the probability that an answer of a language model is right. ' +
      fittedWords[adapted.change ?? 'adapt'],
    '## Owner and intended use',
    aboutList(report.options),
    '## What it promises',
    ...promiseSentences(report).map(plain),
    '## How to read the promise',
    howToRead(report.thresholds),
    '## How good it is',
    `${measuredWords(report)}. Differences with 95% intervals (bootstrap over questions).`,
    table(['Measure', 'Before', 'After', 'Difference'], rows),
    '## What was changed',
    ...adapted.predictors.map((each) => plain(changeWords(each, adapted.change))),
    '## What it must not be used for',
    LIMITS,
    '## What it was adapted to',
    list([
      ['Files', files.join(', ')],
      ['Answers', `${count(adapted.answers)} to ${plural(adapted.groups, 'question')}`],
      ['Period', periodWords(report.period, adapted.answers)],
      ['Labels by source', sourceCounts(report.sources)],
      ['Fingerprint', fingerprint],
      ['Adapted from the manifest', from],
      ['Made', `${created}, seed ${seed}`],
    ]),
    '## Content hashes (SHA-256)',
    contentHashes(report.inputs, hashes),
    '## Approval',
    approval(),
  ].join('\n\n')}\n`;
}
