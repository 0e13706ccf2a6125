import { type Prices, priceOf, stopOf, worth } from '../scorer/policy/prices.js';

/** All prices as money, as the choice of a policy needs them. */
export interface Economy {
  /** Names of the stages, in the order of the price file. */
  names: readonly string[];
  first: number;
  stage: ReadonlyMap<string, number>;
  wrong: number;
  /** To return no answer. */
  stop: number;
}

export function economyOf(prices: Prices): Economy {
  const names = prices.stages.map(({ name }) => name);
  return {
    names,
    first: worth(prices.first.price, prices),
    stage: new Map(names.map((name) => [name, worth(priceOf(prices, name), prices)])),
    wrong: prices.wrong,
    stop: stopOf(prices).money,
  };
}
