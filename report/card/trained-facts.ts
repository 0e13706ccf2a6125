import type { Manifest } from '../../models/bundle/manifest.js';
import { judgedOn, measuredOn } from '../judged-on.js';
import { promised } from '../promise.js';
import type { CertifiedThreshold, ReportData } from '../results.js';
import { rivalOf } from '../rival.js';
import { leakNotes } from '../suspect-notes.js';
import { tooFew } from '../too-few.js';
import { recipeWords, subject } from '../words.js';
import { aboutOf } from './about.js';
import { cautionsOf } from './cautions.js';
import type { CardFacts, Covers } from './facts.js';
import { periodWords } from './provenance.js';

/** The part of a manifest that a card reads. */
export type CardManifest = Pick<Manifest, 'signals' | 'data' | 'thresholds' | 'decisions' | 'model' | 'calibrator'>;

/** The facts of a trained bundle: the content of its report.json, and of its manifest. */
export function trainedFacts(data: ReportData, manifest: CardManifest): CardFacts {
  const rival = rivalOf(data);
  const { learners, calibrators, why } = data.selection;
  return {
    ...sharedFacts(data, manifest),
    subject: subject(data),
    how: 'It was trained on labelled answers.',
    adaptedFrom: null,
    data: {
      files: data.data.files,
      inputs: data.data.inputs ?? [],
      fingerprint: data.data.fingerprint,
      period: periodWords(data.data.period, data.data.labelled),
      answers: data.data.labelled,
      questions: data.data.groups,
      right: data.data.right,
      human: data.data.human,
      sources: data.data.sources ?? null,
      grouping: data.data.grouping ?? null,
      parts: data.parts,
    },
    metrics: data.test.metrics,
    measuredOn: [`Measured on ${judgedOn(data)}.`, measuredOn(data)].filter((line) => line !== null).join(' '),
    rival: rival && { label: `${rival.role}: ${rival.name}`, metrics: rival.standing.metrics },
    candidates: { learners, calibrators },
    chosenBecause: [why],
    promises:
      data.thresholds.length === 0
        ? [nothingPromised(tooFew(data))]
        : data.thresholds.map((threshold) => promised(data, threshold)),
    leaks: leakNotes(data.suspects?.leaks ?? []),
    limits: cautionsOf(data),
    slices: data.slices,
  };
}

function nothingPromised(reason: string | null): { headline: string; details: string[] } {
  return {
    headline: 'No threshold was certified, so nothing is promised about errors. The probabilities can still be used.',
    details: reason === null ? [] : [reason],
  };
}

/** What the results of training and of adapting have in common. */
export function sharedFacts(
  { created, seed, versions, options }: Pick<ReportData, 'created' | 'seed' | 'versions' | 'options'>,
  manifest: CardManifest,
): Pick<CardFacts, 'about' | 'created' | 'seed' | 'versions' | 'options' | 'covers' | 'predictor' | 'thresholds'> {
  const { numeric, categorical } = manifest.signals;
  return {
    about: aboutOf(options),
    ...{ created, seed, versions, options },
    covers: coversOf(manifest),
    predictor: {
      learner: recipeWords(manifest.model.name),
      calibrator: recipeWords(manifest.calibrator.name),
      signals: [...numeric, ...categorical.map(({ name }) => name)],
    },
    // the manifest takes the same claims, and allows further keys
    thresholds: manifest.thresholds.map((each) => ({ ...each, slice: each.slice ?? undefined }) as CertifiedThreshold),
  };
}

function coversOf({ data, decisions }: CardManifest): Covers {
  return {
    models: data.models ?? null,
    tasks: data.tasks ?? null,
    fields: data.fields ?? null,
    sliceBy: decisions?.by === 'slice' ? decisions.sliceBy : [],
    acceptsUnseen: (decisions?.acceptUnseen ?? []).length > 0,
  };
}
