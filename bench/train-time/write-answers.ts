import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { random } from '../../support/random.js';

/**
 * Writes made-up answers as JSON Lines, five per question. Whether one is right depends on a third of the signals, on
 * some of them nonlinearly. The same numbers give the same rows.
 */
export async function writeAnswers(path: string, { rows, signals }: { rows: number; signals: number }): Promise<void> {
  const draw = random('train-time');
  const file = createWriteStream(path);
  for (let i = 0; i < rows; i++) {
    const x = Array.from({ length: signals }, () => Math.round(1000 * draw.normal()) / 1000);
    let z = 0.5;
    for (let j = 0; j < signals; j += 3) z += 0.3 * (j % 2 === 0 ? x[j] : Math.abs(x[j]) - 0.8);
    const record = {
      id: `a${i}`,
      group: `q${Math.floor(i / 5)}`,
      model: `m${i % 5}`,
      task: `t${Math.floor(i / 5) % 3}`,
      answer: 'yes',
      features: Object.fromEntries(x.map((value, j) => [`s${j}`, value])),
      label: draw.next() < 1 / (1 + Math.exp(-z)) ? 1 : 0,
    };
    if (!file.write(`${JSON.stringify(record)}\n`)) await once(file, 'drain');
  }
  file.end();
  await finished(file);
}
