/**
 * The promise after a recalibration with labels of the monitor's queue, whose weights are unequal: a split against
 * nested cross-fitting, on populations whose truth is known. `npx tsx bench/recalibrate-promise.ts [--draws 500]
 * [--labels 260] [--alpha .1] [--only NAME]`. Each draw: weeks of 250 answers, from which the product's queue draws 65;
 * then the product's calibrator, its choice (`none` or `calibrator`; with `none`, the threshold alone) and its
 * certification, on all labels in five folds or on halves. With weights `ten to one`, a random half of the answers has a tenth of the chance. A promise is broken if the true error among the accepted
 * answers of the population is above α.
 */
import { parseArgs } from 'node:util';
import { type Certified, recalibratedOnce } from './recalibrate-promise/draw.js';
import { acceptedBy, drifts, populationFor } from './recalibrate-promise/population.js';
import { machine } from './venv.js';

const { values } = parseArgs({
  options: {
    draws: { type: 'string', default: '500' },
    labels: { type: 'string', default: '260' },
    alpha: { type: 'string', default: '.1' },
    only: { type: 'string', default: '' },
  },
});
const DELTA = 0.05;
const [draws, labels, alpha] = [values.draws, values.labels, values.alpha].map(Number);
/** Most broken promises that chance explains: nominal, and two standard errors of a binomial share. */
const most = DELTA * draws + 2 * Math.sqrt(draws * DELTA * (1 - DELTA));

console.log(`# bench/recalibrate-promise: ${machine()}, ${draws} draws, ${labels} labels, α = ${alpha}, δ = ${DELTA}
At most ${most.toFixed(1)} broken promises are within chance.

| drift | weights | effective labels | split: certified | broken | coverage | cross: certified | broken | coverage |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |`);
for (const drift of drifts.filter(({ name }) => name.startsWith(values.only))) {
  for (const isUneven of [false, true]) {
    const population = populationFor(drift, alpha);
    const ways = { split: tally(), cross: tally() };
    let effective = 0;
    for (let k = 0; k < draws; k++) {
      const found = recalibratedOnce(population, {
        labels,
        isUneven,
        alpha,
        delta: DELTA,
        seed: `${drift.name} ${isUneven} ${k}`,
      });
      effective += found.effective / draws;
      for (const way of ['split', 'cross'] as const) count(ways[way], found[way]);
    }
    const cells = Object.values(ways).flatMap((way) => [way.certified, way.broken, (way.coverage / draws).toFixed(3)]);
    console.log(`| ${[drift.name, isUneven ? 'ten to one' : 'queue', effective.toFixed(0), ...cells].join(' | ')} |`);

    function count(way: ReturnType<typeof tally>, certified: Certified | null): void {
      if (certified === null) return;
      const { coverage, error } = acceptedBy(population, certified);
      way.certified++;
      way.coverage += coverage;
      if (error > alpha) way.broken++;
    }
  }
}

function tally() {
  return { certified: 0, broken: 0, coverage: 0 };
}
