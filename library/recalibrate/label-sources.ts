import { labelOf } from '../../data/label-of.js';
import { type AnswerSource, pathsOf } from '../../data/read/answer-source.js';
import { type ReadOptions, readPacked } from '../../data/read/answers.js';
import { readLabels } from '../../monitor/labels.js';
import { chancesIn } from '../../recalibrate/labels/chances-in.js';
import type { DrawnLabel, LabelSources } from '../../recalibrate/labels/kinds.js';
import { type Population, propensities } from '../../recalibrate/labels/propensity.js';
import type { RecalibrateRules } from '../../recalibrate/rules.js';
import { scoreChunk } from '../../scorer/batch/score-chunk.js';
import type { Scorer } from '../../scorer/scorer.js';
import type { TrainingData } from '../../train/prepare/training-data.js';

interface Given {
  answers: AnswerSource;
  reading: ReadOptions;
  /** The answers with a label. */
  data: TrainingData;
  rules: RecalibrateRules;
  /** Opens the version in service. */
  scorer(): Promise<Scorer>;
}

/**
 * How each label came about. Labels in a filled-in queue have known chances; with `drawn`, all others have that chance.
 * The rest is feedback: if the answers without a label were given too, the chances of feedback are estimated from what
 * the version in service says about all of them. Errors: those of reading; BAD_LABEL.
 */
export async function labelSources({ answers, reading, data, rules, scorer }: Given): Promise<LabelSources> {
  const { drawn, missing: unfilled } = await queueLabels(reading);
  if (rules.drawn !== null) {
    for (const [row, id] of data.ids.entries()) {
      if (!drawn.has(id)) drawn.set(id, { value: data.y[row], chance: rules.drawn });
    }
  }
  const missing = rules.drawn === 1 ? data.unlabelled : unfilled;
  const hasFeedback = data.ids.some((id) => !drawn.has(id));
  const paths = pathsOf(answers);
  const isOnce = paths === null ? !Array.isArray(answers) : paths.includes('-');
  if (!hasFeedback || data.unlabelled === 0 || isOnce) return { drawn, missing, chances: null, clipped: 0 };
  const opened = await scorer();
  const population = await populationOf({ answers, reading, scorer: opened, drawn }).finally(() => opened.close());
  return { drawn, missing, ...propensities(population, rules.leastChance) };
}

/** The labels of the file of labels that chance drew, and the number of rows there that nobody labelled. */
async function queueLabels({
  labels: file,
  labelRules,
  badLines,
}: ReadOptions): Promise<{ drawn: Map<string, DrawnLabel>; missing: number }> {
  const drawn = new Map<string, DrawnLabel>();
  const chances = file === undefined ? null : await chancesIn(file);
  if (file === undefined || chances === null) return { drawn, missing: 0 };
  const { labels } = await readLabels(file, { rules: labelRules ?? {}, badLines: badLines ?? 'stop' });
  for (const [id, value] of labels) {
    const chance = chances.get(id);
    if (chance !== undefined) drawn.set(id, { value, chance });
  }
  return { drawn, missing: chances.size - drawn.size };
}

/** What the version in service says about all answers, and which of them have feedback. */
async function populationOf({
  answers,
  reading,
  scorer,
  drawn,
}: Pick<Given, 'answers' | 'reading'> & { scorer: Scorer; drawn: ReadonlyMap<string, DrawnLabel> }) {
  const all: Population = { ids: [], probability: [], isAccepted: [], model: [], task: [], isLabelled: [] };
  for await (const { records } of readPacked(answers, { ...reading, badLines: 'skip' })) {
    const scores = await scoreChunk(scorer, records);
    records.forEach((record, i) => {
      const { probability, decision } = scores[i];
      if (probability === null || Number.isNaN(probability)) return;
      all.ids.push(record.id);
      all.probability.push(probability);
      all.isAccepted.push(decision === 'accept');
      all.model.push(record.model ?? '');
      all.task.push(record.task ?? '');
      all.isLabelled.push(!drawn.has(record.id) && labelOf(record) !== null);
    });
  }
  return all;
}
