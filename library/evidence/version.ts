import { z } from 'zod';
import { adaptedCardFacts } from '../../adapt/report/card-facts.js';
import type { AdaptationReport } from '../../adapt/report/results.js';
import type { Bundle } from '../../models/bundle/read.js';
import type { CardFacts } from '../../report/card/facts.js';
import { trainedFacts } from '../../report/card/trained-facts.js';
import type { ReportData } from '../../report/results.js';
import { VouchError } from '../../support/errors.js';

/** What every report.json has that a card can be drawn from. */
const reportSchema = z.looseObject({
  created: z.string(),
  versions: z.record(z.string(), z.string()),
  options: z.record(z.string(), z.unknown()),
  thresholds: z.array(z.looseObject({})),
  test: z.looseObject({ metrics: z.record(z.string(), z.looseObject({})) }),
});

/**
 * The facts of a bundle for its card, from its report.json and its manifest; also of bundles that were written without
 * card.html. Error: BUNDLE_BAD if report.json is missing or of another kind.
 */
export function cardFactsOf({ dir, files, manifest }: Bundle): CardFacts {
  const content = files.get('report.json');
  const report = content === undefined ? null : parsed(Buffer.from(content).toString('utf8'));
  if (report === null || !reportSchema.safeParse(report).success) {
    throw new VouchError('BUNDLE_BAD', 'the bundle has no report.json that a card can be drawn from', {
      ...{ file: dir, field: 'report.json', hint: 'Train or adapt it again with this version of vouch.' },
    });
  }
  return 'adapted' in (report as object)
    ? adaptedCardFacts(report as AdaptationReport, manifest)
    : trainedFacts(report as ReportData, manifest);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
