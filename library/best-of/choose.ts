import { pluginLabellers } from '../../data/label/define-labeller.js';
import { labelWith } from '../../data/label/list.js';
import { namingOn } from '../../data/naming.js';
import type { AnswerSource } from '../../data/read/answer-source.js';
import { pluginReaders } from '../../data/read/formats/define-reader.js';
import { writeLines } from '../../data/write/json-lines.js';
import { setAside } from '../../data/write/set-aside.js';
import type { Annotator } from '../../meaning/annotator.js';
import { namedBy } from '../../models/bundle/encoders-read.js';
import type { Pinning } from '../../models/bundle/pinning.js';
import type { OpenOptions } from '../../scorer/open.js';
import { writeAtomic } from '../../support/atomic.js';
import { VouchError } from '../../support/errors.js';
import { type Output, refuseOutputs } from '../../support/folder/same-place.js';
import { openPlugins } from '../../support/plugins/open-plugins.js';
import { reportedProgress } from '../../support/reported-progress.js';
import { METHODS } from '../../train/best-of/policy.js';
import { openShare } from '../columns.js';
import { noteEncoders, withEncoders } from '../encoders.js';
import { namedFiles, onlyKnown, splitReading } from '../read-settings.js';
import { type ChooseOptions, type ChooseResult, chooseDefaults } from './choose-options.js';

const known = [
  ...(['model', 'with', 'targetError', 'confidence', 'certifyShare', 'method', 'of', 'withSeen', 'resamples'] as const),
  ...([
    'seed',
    'save',
    'use',
    'out',
    'digest',
    'trusted',
    'plugins',
    'encoders',
    'onProgress',
    'onNote',
    'signal',
  ] as const),
];

/**
 * Chooses one of several answers to each prompt. It compares ways to choose, freezes the best one on some questions and
 * certifies it on the others; with `use`, a method that was frozen before chooses and decides. Errors: those of reading
 * and of opening a bundle; NO_ANSWERS, NO_LABELS, TOO_FEW_LABELS; DUPLICATE_ID; BAD_USAGE; INTERRUPTED if `signal`
 * fired.
 */
export function choose(answers: AnswerSource, options: ChooseOptions = {}): Promise<ChooseResult> {
  return withEncoders(options.encoders, (annotator) => chooseWith(answers, options, annotator));
}

async function chooseWith(
  answers: AnswerSource,
  options: ChooseOptions,
  annotator: Annotator | undefined,
): Promise<ChooseResult> {
  const { read, badFile, rest } = splitReading(options);
  onlyKnown(rest, known);
  checkOptions(rest);
  const { model, with: rule, save, use, out, digest, trusted, onProgress, onNote, signal } = rest;
  const plugins = await openPlugins(rest.plugins);
  const own = pluginLabellers(plugins);
  if (rule !== undefined) labelWith(rule, own);
  const opened = model === undefined ? undefined : await openedAt(model, { digest, trusted }, { plugins, annotator });
  try {
    if (opened !== undefined) noteEncoders(namedBy([opened.scorer.manifest]), annotator, onNote);
    const inputs = [
      ...namedFiles(answers, read, rest.plugins),
      ...(opened?.files ?? []),
      ...(use === undefined ? [] : [use]),
    ];
    const aside = badFile ?? `${out === undefined || out === '-' ? 'vouch-choose' : out}.bad.jsonl`;
    const outputs: Output[] = [
      ['--out', out],
      ['--save', save],
      ['badFile', aside],
    ];
    await refuseOutputs(outputs, { inputs });
    const scorer = opened?.scorer;
    const naming = scorer === undefined ? read.naming : namingOn(scorer.manifest.naming, read.naming);
    const reading = { ...read, naming, readers: pluginReaders(plugins) };
    const show = onProgress === undefined ? undefined : reportedProgress(onProgress);
    const how = { scorer, with: rule, own, show, signal };
    const found = use === undefined ? await compared() : await used(use);
    for (const text of [...(await setAside(found.bad, aside)), ...found.notes]) onNote?.({ about: 'answers', text });
    if (save !== undefined && 'chooser' in found)
      await writeAtomic(save, `${JSON.stringify(found.chooser, null, 2)}\n`);
    if (out !== undefined) await writeLines(out, found.choices);
    const summary = 'summary' in found ? found.summary : null;
    const count = 'summary' in found ? found.summary.answers : found.answers;
    return { choices: found.choices, summary, answers: count, bad: found.bad.length };

    async function compared() {
      const { choose: compare } = await import('../../train/best-of/choose.js');
      const { targetError, confidence, certifyShare, resamples, seed } = { ...chooseDefaults, ...given(rest) };
      const seen = rest.withSeen === true ? [] : (opened?.seen ?? []);
      const { method, of } = rest;
      const measured = { targetError, confidence, certifyShare, resamples, seed, method, of };
      return compare(answers, reading, { ...how, ...measured, seen });
    }

    async function used(file: string) {
      const { readChooser } = await import('../../train/best-of/chooser.js');
      const { useChooser } = await import('../../train/best-of/use.js');
      return useChooser(await readChooser(file), answers, reading, how);
    }
  } finally {
    await opened?.scorer.close();
  }
}

/** The options that are there; `undefined` must not hide a default. */
function given(options: ChooseOptions): Partial<typeof options> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** Errors: BAD_USAGE. */
function checkOptions({
  targetError,
  confidence,
  certifyShare,
  method,
  of,
  use,
  save,
  with: rule,
}: ChooseOptions): void {
  for (const [name, value] of Object.entries({ targetError, confidence, certifyShare })) {
    if (value !== undefined) openShare(name, value);
  }
  if (method !== undefined && !METHODS.includes(method)) {
    throw new VouchError('BAD_USAGE', 'no such method', { field: 'method', expected: METHODS.join(', '), got: method });
  }
  if (of !== undefined && !(Number.isInteger(of) && of >= 1)) {
    throw new VouchError('BAD_USAGE', 'not a number of answers', { field: 'of', expected: '1 or more', got: of });
  }
  const fixed = Object.entries({ save, method, of, with: rule, targetError, confidence, certifyShare });
  const also = fixed.find(([, value]) => value !== undefined);
  if (use === undefined || also === undefined) return;
  const hint = 'The file of --use says how to choose and what is promised. Leave this option out.';
  throw new VouchError('BAD_USAGE', 'this option cannot change a frozen method', {
    field: also[0],
    got: also[1],
    hint,
  });
}

async function openedAt(dir: string, pinning: Pinning, models: Pick<OpenOptions, 'plugins' | 'annotator'>) {
  const { openBundle } = await import('../../scorer/open.js');
  const { filesOf, readBundle } = await import('../../models/bundle/read.js');
  const { SEEN_FILE, seenIn } = await import('../../models/bundle/seen.js');
  const bundle = await readBundle(dir, pinning);
  const { scorer } = await openBundle(bundle, { ...models, grounds: false });
  return { scorer, files: filesOf(bundle), seen: seenIn(bundle.files.get(SEEN_FILE)) };
}
