import { compose, startedBy as composeStarts } from '../../examples/deploy/compose.js';
import { ofKind, type Probe, podOf, startedBy } from '../../examples/deploy/kubernetes.js';
import type { Started } from '../../examples/deploy/started.js';

type Part = 'service' | 'gateway' | 'monitor' | 'backup';
export interface Keys {
  postgres: string;
  client: string;
  feedback: string;
  upstream: string;
}

/** One of the two examples, as the tests start it. */
export interface Installation {
  name: string;
  started(part: Part): Started;
  /** Files in the containers, by path. */
  files(keys: Keys): Record<string, string>;
  /** Variables of the database's image that the test acts on. */
  database: Record<string, string>;
  /** Paths that are asked for health, of service and gateway. */
  health: Record<'service' | 'gateway', string[]>;
  /** Instances of the service that start at the same time. */
  instances: number;
}

const POD: Record<Part, string> = {
  ...{ service: 'vouch', gateway: 'vouch-gateway', monitor: 'vouch-monitor', backup: 'vouch-backup' },
};
const containerOf = (name: string) => podOf(name).spec.containers[0];
const probes = (name: string): string[] => {
  const { startupProbe, livenessProbe, readinessProbe } = containerOf(name);
  return [startupProbe, livenessProbe, readinessProbe].map((probe?: Probe) => String(probe?.httpGet?.path));
};

export const kubernetes: Installation = {
  name: 'kubernetes',
  started: (part) => startedBy(containerOf(POD[part])),
  files: ({ client, feedback, upstream }) => ({
    ...{ '/keys/api.keys': client, '/keys/feedback.keys': feedback, '/keys/upstream.key': upstream },
  }),
  database: startedBy(containerOf('vouch-postgres')).env,
  health: { service: probes('vouch'), gateway: probes('vouch-gateway') },
  instances: ofKind('Deployment').find(({ metadata }) => metadata.name === 'vouch')?.spec.replicas,
};

/** The path that a health check asks. */
const asked = (check: string): string[] => /127\.0\.0\.1:\d+(\/[\w/]+)/.exec(check)?.slice(1) ?? [];

export const composed = (dockerfile: string): Installation => ({
  name: 'compose',
  started: composeStarts,
  files: (keys) => ({
    '/run/secrets/postgres_password': `${keys.postgres}\n`,
    '/run/secrets/api_keys': `${keys.client}\n`,
    '/run/secrets/feedback_keys': `${keys.feedback}\n`,
    '/run/secrets/upstream_key': `${keys.upstream}\n`,
  }),
  database: composeStarts('postgres').env,
  health: {
    service: asked(dockerfile),
    gateway: asked(String(compose.services.gateway.healthcheck?.test?.at(-1))),
  },
  instances: 1,
});
