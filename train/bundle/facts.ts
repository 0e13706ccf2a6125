import { basename } from 'node:path';
import { groupingWords } from '../../data/group/words.js';
import { sourceCounts, sourceKind } from '../../data/label-sources.js';
import type { SignalSchema } from '../../features/schema.js';
import { drawsFor } from '../../metrics/interval/bootstrap.js';
import type { ReportData } from '../../report/results.js';
import { append } from '../../support/append.js';
import { pick } from '../../support/pick.js';
import { plural } from '../../support/words/plural.js';
import type { TrainContext } from '../context.js';
import { baseRate } from '../learn/encoded-rows.js';
import type { FitAndCertify } from '../prepare/fit-and-certify.js';
import type { TrainingData } from '../prepare/training-data.js';
import { periodOf } from './period.js';

/** Facts of the data as the report states them. */
export function dataFacts(data: TrainingData, schema: SignalSchema, context: TrainContext): ReportData['data'] {
  return {
    files: context.files.map((file) => basename(file)),
    fingerprint: data.fingerprint,
    period: periodOf(data.time),
    inputs: context.inputs,
    read: context.read,
    labelled: data.n,
    unlabelled: data.unlabelled,
    bad: context.bad,
    groups: data.groupCount,
    ...(data.grouping === undefined ? {} : { grouping: groupingWords(data.grouping) }),
    right: baseRate(data),
    human: data.human.filter(Boolean).length / data.n,
    sources: data.sources,
    models: new Set(data.model).size,
    tasks: new Set(data.task).size,
    signals: data.signals.names.length,
    numeric: schema.numeric.length,
    categorical: schema.categorical.length,
    warnings: [...context.warnings, ...dataWarnings(data)],
  };
}

/** The parts of the data, and what each was used for. */
export function partFacts(
  data: TrainingData,
  { fit, certify }: FitAndCertify,
  isCrossed: boolean,
): ReportData['parts'] {
  const part = (name: 'fit' | 'certify', rows: Int32Array, usedFor: string) => ({
    name,
    rows: rows.length,
    groups: new Set(rows.map((row) => data.group[row])).size,
    right: baseRate({ y: pick(data.y, rows), w: pick(data.w, rows) }),
    usedFor,
  });
  if (isCrossed) {
    return [
      part('fit', fit, 'training of the shipped predictor on all answers; all choices use out-of-fold predictions'),
      part(
        'certify',
        certify,
        'the same answers, each scored by a predictor that has not seen its question: for all figures and promises ' +
          'of this report',
      ),
    ];
  }
  return [
    part('fit', fit, 'training; choice of learner, calibrator and threshold candidates from out-of-fold predictions'),
    part('certify', certify, 'used once, with the trained predictor: for all figures and promises of this report'),
  ];
}

/** Warnings about the data for a careful reader of the report. */
function dataWarnings(data: TrainingData): string[] {
  const warnings: string[] = [];
  if (data.groupCount === data.n && data.groups.every((group) => group.startsWith('row:'))) {
    warnings.push(
      'The answers have no group, no conversation and no prompt, so each answer counts as a separate question. If ' +
        'several ' +
        'answers belong to one question, intervals are too narrow and promises may not hold. Name the field that ' +
        'identifies ' +
        'the question with --group-by.',
    );
  }
  append(warnings, sourceWarnings(data));
  if (data.signals.refused > 0) {
    warnings.push(
      `${plural(data.signals.refused, 'answer has', 'answers have')} fewer than ${plural(data.topK, 'alternative')} ` +
        'for most tokens: top-k signals of such answers count as not recorded.',
    );
  }
  return warnings;
}

/** Warnings about the sources of the labels, if not all labels are known to come from people. */
export function sourceWarnings({ sources, human, n }: TrainingData): string[] {
  const byKind = { human: 0, unknown: 0, other: 0 };
  for (const [source, labels] of Object.entries(sources)) byKind[sourceKind(source)] += labels;
  const people = human.filter(Boolean).length;
  const warnings: string[] = [];
  if (people > 0 && people < n)
    warnings.push(`People labelled ${people} of ${plural(n, 'answer')}. Labels by source: ${sourceCounts(sources)}.`);
  if (people === 0 && byKind.unknown === 0) {
    warnings.push(
      `No label was given by a person (by source: ${sourceCounts(sources)}): quality and promises are about ` +
        'agreement with ' +
        'these graders, which make mistakes themselves.',
    );
  }
  if (byKind.unknown > 0 && people < n) {
    warnings.push(
      `Source unknown: ${byKind.unknown} of ${byKind.human + byKind.unknown + byKind.other} labels do not say who ` +
        'gave them. Quality and promises are about agreement with whoever gave them. If it was people, say so with ' +
        '--label-source human.',
    );
  }
  return warnings;
}

/** How the figures of the report were measured. */
export function judgedFacts(
  { n }: TrainingData,
  { fit }: FitAndCertify,
  crossed: { folds: number[] } | null,
  isRefitted: boolean,
): ReportData['judged'] {
  if (crossed === null) return { how: isRefitted ? 'refit' : 'split', trainedOn: fit.length / n };
  const folds = crossed.folds.length;
  return { how: 'cross', folds, trainedOn: 1 - 1 / folds };
}

/**
 * What was bounded because there are many answers; nothing where all were looked at and as many draws made as asked
 * for.
 */
export function sampledFacts(
  { fit, alone, judged }: Record<'fit' | 'alone' | 'judged', Int32Array>,
  resamples: number,
): Pick<ReportData, 'sampled'> {
  const draws = drawsFor(judged.length, resamples);
  const sampled = {
    ...(alone.length < fit.length ? { alone: alone.length } : {}),
    ...(draws < resamples ? { draws } : {}),
  };
  return Object.keys(sampled).length === 0 ? {} : { sampled };
}
