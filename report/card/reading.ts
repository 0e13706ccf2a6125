import { plural } from '../../support/words/plural.js';
import { plain } from '../markdown.js';
import { chosenPercent, percent } from '../numbers.js';
import type { CertifiedThreshold } from '../results.js';

/** A paragraph with a bold opening; null: without one. */
interface Paragraph {
  opening: string | null;
  text: string;
}

/**
 * What the two numbers of a promise mean, in plain words: the limit that is promised, and the share of errors that was
 * counted. About the claim that accepts most answers.
 */
export function readingOf(thresholds: readonly CertifiedThreshold[]): Paragraph[] {
  const certified = thresholds.filter(({ threshold, error }) => threshold !== null && error !== null);
  if (certified.length === 0) {
    return [
      {
        opening: null,
        text:
          'Nothing is promised. A share of errors in the report is a count on labelled answers. It is not a limit: on ' +
          'other answers it can be higher.',
      },
    ];
  }
  const { alpha, delta, error, accepted, acceptedGroups } = certified.reduce((a, b) =>
    b.accepted > a.accepted ? b : a,
  );
  const limit = chosenPercent(alpha);
  const seen = percent(error);
  return [
    {
      opening: `“At most ${limit}” is the promise.`,
      text:
        'You can rely on it for accepted answers that come from the same source as the labelled ones: in the long run, ' +
        'no more than this share of them is wrong. Certification itself relies on a ' +
        `sample, so it can go wrong: with a probability of at most ${chosenPercent(delta)}, the share is higher.`,
    },
    {
      opening: `“Observed ${seen}” is a count.`,
      text:
        `${percent(error)} of ${plural(accepted, 'accepted answer')} to ${plural(acceptedGroups, 'question')} were ` +
        'wrong. It is the best guess for new answers like these, but nothing guarantees it.',
    },
    {
      opening: 'Why they differ.',
      text:
        'With other questions, the count would have come out a little higher or lower. The promise leaves room for ' +
        'that. More labelled questions bring the two numbers closer.',
    },
    {
      opening: 'What to do with them.',
      text:
        `Plan for ${limit}, and expect about ${seen}. If you count clearly more than ${limit} errors among many new ` +
        'accepted answers, do not rely on this bundle: the answers have changed, or the certification was one of those ' +
        'that go wrong. Both numbers are about the accepted answers together. They say nothing about a single answer, ' +
        'or about answers that were not accepted.',
    },
  ];
}

/** The same as Markdown. */
export function howToRead(thresholds: readonly CertifiedThreshold[]): string {
  return readingOf(thresholds)
    .map(({ opening, text }) => (opening === null ? text : `**${plain(opening)}** ${plain(text)}`))
    .join('\n\n');
}
