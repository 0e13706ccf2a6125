import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { labelOf } from '../../data/label-of.js';
import { readAnswers } from '../../data/read/answers.js';
import { SignalCollector } from '../../features/collect.js';
import { aurocWithin } from '../../metrics/ranking/auroc-within.js';

const folder = process.env.VOUCH_DATA;

/** Real answers of five systems with human labels; every fourth question of the four fifths that signals may be tuned on. */
describe.skipIf(folder === undefined)('on real answers', () => {
  it('agreement with other systems tells right from wrong inside each system', async () => {
    const collector = new SignalCollector(0);
    const labels: number[] = [];
    const models = new Map<string, number>();
    const cells: number[] = [];
    const file = join(folder!, 'triviaqa-5-systems.jsonl.gz');
    const grades = join(folder!, 'triviaqa-5-systems.grades.csv');
    for await (const { records } of readAnswers([file], { labels: grades, on: 'id' })) {
      for (const record of records) {
        const [first, second] = createHash('sha256').update(record.group!).digest();
        const verdict = labelOf(record);
        if (first % 5 === 0 || second % 4 !== 0 || verdict === null) continue;
        collector.add(record);
        labels.push(verdict.value);
        const model = record.model!;
        if (!models.has(model)) models.set(model, models.size);
        cells.push(models.get(model)!);
      }
    }
    const { columns } = collector.finish();
    const y = Float64Array.from(labels);
    const within = (name: string) => aurocWithin(columns.get(`${name}@1`)!, y, Int32Array.from(cells));
    expect(models.size).toBe(5);
    expect(within('others.agree')).toBeGreaterThan(0.91);
    expect(within('others.agreeHead')).toBeGreaterThan(0.91);
    expect(within('others.holdFresh')).toBeGreaterThan(0.91);
    expect(within('others.clusterEntropy')).toBeLessThan(0.3);
    expect(within('text.refusals')).toBeLessThan(0.48);
  });
});
