import type { Pinning } from '../../models/bundle/pinning.js';
import type { PolicyReport } from '../../policy/report/results.js';
import type { Policy } from '../../scorer/policy/policy.js';
import { type PricesInput, readPrices } from './read-prices.js';

/** A policy as `policyShow` reads it. */
export interface ShownPolicy {
  policy: Policy;
  /** The report that was written with it, at the prices of that time. */
  report: PolicyReport;
  /** Why the certificate does not hold with the prices given; empty if it does. */
  voided: string[];
  /** What the policy costs per question at the prices given, in money, from the shares that certified it. */
  signals: number;
}

/**
 * Reads a policy, its certificate and its report. With other prices: what it costs then; the certificate stays unless a
 * stage is another one. Errors: those of opening a bundle; BUNDLE_BAD if it holds no policy.
 */
export async function policyShow(
  dir: string,
  { prices: given, ...pinning }: Pinning & { prices?: PricesInput } = {},
): Promise<ShownPolicy> {
  const { readPolicyFolder } = await import('../../scorer/policy/open-policy.js');
  const { repriced } = await import('../../scorer/policy/repriced.js');
  const { priceOf, worth } = await import('../../scorer/policy/prices.js');
  const { policy: before, report } = await readPolicyFolder(dir, pinning);
  const { policy, voided } =
    given === undefined ? { policy: before, voided: [] } : repriced(before, (await readPrices(given)).prices);
  const { prices, plan } = policy;
  const shown = report as PolicyReport;
  const signals = plan.order.reduce(
    (sum, name, k) => sum + shown.states[k + 1].reached * worth(priceOf(prices, name), prices),
    worth(prices.first.price, prices),
  );
  return { policy, report: shown, voided, signals };
}
