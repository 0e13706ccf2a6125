import type { Bundle } from '../../../models/bundle/read.js';
import type { Policy } from '../../../scorer/policy/policy.js';
import { policyIn } from '../../../scorer/policy/policy-in.js';
import { repriced } from '../../../scorer/policy/repriced.js';
import { VouchError } from '../../../support/errors.js';
import type { PolicyInUse } from '../../bundle/policy-in-use.js';
import type { GatewayOptions, PolicyServing } from '../../options.js';
import { buyable, checkStages, verifiersRead } from './check-stages.js';

/**
 * Reads the policy that a gateway follows, checks that every stage can be bought with its options, and says how they
 * differ from the certificate. Errors: BUNDLE_BAD; BAD_USAGE.
 */
export function readPolicyFor(options: Pick<GatewayOptions, 'askLogprobs'> & { policy: PolicyServing }) {
  return (bundle: Bundle): PolicyInUse => {
    const trained = policyIn(bundle);
    const { prices, sampleTemperature: asked } = options.policy;
    const { policy, voided } = prices === null ? { policy: trained, voided: [] } : repriced(trained, prices);
    checkStages(policy, bundle.manifest, options);
    const samples = buyable(policy).some(({ fields }) => fields.includes('samples'));
    const sampleTemperature = samples ? temperatureFor(trained, asked) : null;
    const known = trained.conditions.sampleTemperatures;
    const isOther = samples && known !== null && !known.includes(sampleTemperature);
    const notes = [
      ...voided,
      ...(isOther
        ? [
            `The certificate is void: samples are asked at the temperature ${sampleTemperature}, and were certified ` +
              `at ${known.join(', ')}.`,
          ]
        : []),
      ...(trained.claim === null ? ['Nothing was certified for this policy: no answer will be accepted.'] : []),
    ];
    const differs = [...(voided.length > 0 ? ['stages'] : []), ...(isOther ? ['sample temperature'] : [])];
    return { policy, differs, notes, sampleTemperature, verifiers: verifiersRead(bundle.manifest.signals) };
  };
}

/** The given temperature, else the only one that the samples of the log had. Error: BAD_USAGE. */
function temperatureFor({ conditions }: Policy, asked: number | null): number {
  if (asked !== null) return asked;
  const known = conditions.sampleTemperatures ?? [];
  if (known.length === 1 && known[0] !== null) return known[0];
  const said = known.filter((each) => each !== null);
  throw new VouchError('BAD_USAGE', 'the policy buys samples, and its log does not have one temperature for them', {
    field: '--sample-temperature',
    expected: said.length === 0 ? 'a temperature' : `one of ${said.join(', ')}`,
  });
}
