import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readYaml } from '../../support/read-yaml.js';
import type { Started } from './started.js';

export const folder = resolve(import.meta.dirname, '../../../examples/kubernetes');

export interface Probe {
  httpGet?: { path: string; port: string };
  exec?: { command: string[] };
}

export interface Container {
  name: string;
  image: string;
  command?: string[];
  args?: string[];
  env?: { name: string; value?: string; valueFrom?: Record<string, { name: string; key: string }> }[];
  ports?: { name: string; containerPort: number }[];
  startupProbe?: Probe;
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  resources: { requests: Record<string, string>; limits: Record<string, string> };
  securityContext: Record<string, unknown>;
  volumeMounts: { name: string; mountPath: string; readOnly?: boolean }[];
}

export interface Volume {
  name: string;
  persistentVolumeClaim?: { claimName: string };
  secret?: { secretName: string; items: { key: string; path: string }[] };
  emptyDir?: object;
}

export interface PodSpec {
  containers: Container[];
  volumes?: Volume[];
  securityContext: Record<string, unknown>;
  terminationGracePeriodSeconds?: number;
}

/** An object of Kubernetes, as far as the tests read it. */
export interface Manifest {
  file: string;
  kind: string;
  metadata: { name: string; labels?: Record<string, string> };
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: every kind has its own
  spec: any;
}

/** All objects of the folder. Of score-job.yaml too, unless it is left out. */
export const manifests: readonly Manifest[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .flatMap((file) => readYaml<Manifest>(join(folder, file)).map((each) => ({ ...each, file })));

export const ofKind = (kind: string): Manifest[] => manifests.filter((each) => each.kind === kind);

export interface Pod {
  name: string;
  kind: string;
  file: string;
  labels: Record<string, string>;
  spec: PodSpec;
  claims: string[];
}

/** Every pod that the objects start. */
export const pods: readonly Pod[] = manifests.flatMap(({ kind, file, metadata, spec }): Pod[] => {
  const template =
    kind === 'CronJob' ? spec.jobTemplate.spec.template : kind === 'Pod' ? { metadata, spec } : spec?.template;
  if (template === undefined) return [];
  const claims = (spec.volumeClaimTemplates ?? []).map((claim: Manifest) => claim.metadata.name);
  return [{ name: metadata.name, kind, file, labels: template.metadata?.labels ?? {}, spec: template.spec, claims }];
});

export function podOf(name: string): Pod {
  const found = pods.find((pod) => pod.name === name);
  if (found === undefined) throw new Error(`no pod ${name}`);
  return found;
}

/** The value of a variable: as it stands, or in the ConfigMap or Secret that it names. */
function variableOf({ name, value, valueFrom }: NonNullable<Container['env']>[number]): string {
  if (value !== undefined) return value;
  const { configMapKeyRef, secretKeyRef, resourceFieldRef } = valueFrom ?? {};
  if (resourceFieldRef !== undefined) return '2';
  const reference = configMapKeyRef ?? secretKeyRef;
  const kind = configMapKeyRef === undefined ? 'Secret' : 'ConfigMap';
  const holder = ofKind(kind).find(({ metadata }) => metadata.name === reference?.name);
  const found = (holder?.data ?? holder?.stringData)?.[String(reference?.key)];
  if (found === undefined) throw new Error(`${name}: there is no ${kind} ${reference?.name} with ${reference?.key}`);
  return found;
}

/** What a container starts, as Kubernetes would: with its variables, and `$(NAME)` replaced. */
export function startedBy({ name, image, command, args = [], env = [] }: Container): Started {
  const variables = Object.fromEntries(env.map((each) => [each.name, variableOf(each)]));
  const words = [...(command ?? (image.startsWith('vouch:') ? ['vouch'] : [])), ...args].map((word) =>
    word.replaceAll(/\$\((\w+)\)/g, (_, variable: string) => {
      if (variables[variable] === undefined) throw new Error(`${name}: $(${variable}) is not set`);
      return variables[variable];
    }),
  );
  return { name, image, words, env: variables };
}
