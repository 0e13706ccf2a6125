/**
 * The α–coverage curve by Bonferroni and as a chain, for the split and for cross-fitting, on samples whose truth is
 * known. It counts the draws with a false claim in the curve, in the headline, and in either, and shows the mean true
 * coverage at each α. `npx tsx bench/certify-curve.ts [--draws 500] [--sizes 400,1000,all] [--alpha .05] [--only
 * NAME,NAME] [--data DIR] [--seed S]`
 */
import { parseArgs } from 'node:util';
import { ALPHAS } from '../train/certify/alpha-coverage.js';
import { curvesOf } from './cross/curve.js';
import { sizedPopulations } from './cross/populations.js';
import { machine } from './venv.js';

const { values } = parseArgs({
  options: {
    draws: { type: 'string', default: '500' },
    sizes: { type: 'string', default: '400,1000,all' },
    alpha: { type: 'string', default: '.05' },
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: '' },
    data: { type: 'string' },
  },
});
const draws = Number(values.draws);
const alpha = Number(values.alpha);

console.log(`# bench/certify-curve: ${machine()}, ${draws} draws, δ = .05, headline at α = ${alpha};
draws with a false claim; mean true coverage
| population | questions | curve | false: curve | headline | either | ${ALPHAS.join(' | ')} |
| --- | ---: | --- | ---: | ---: | ---: | ${ALPHAS.map(() => '---:').join(' | ')} |`);
for await (const { name, population, size } of sizedPopulations(values)) {
  const { headline, curves } = curvesOf(population, { size, alpha, delta: 0.05, draws, seed: values.seed });
  for (const [curve, { broken, union, coverage }] of Object.entries(curves)) {
    const promise = headline[curve.startsWith('split') ? 'split' : curve.endsWith('refit') ? 'refit' : 'folds'];
    const by = coverage.map((share) => share.toFixed(3)).join(' | ');
    console.log(`| ${name} | ${size} | ${curve} | ${broken} | ${promise} | ${union} | ${by} |`);
  }
}
