import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serveDefaults } from '../../../serve/options.js';
import { folder, manifests, ofKind, type Pod, type Probe, pods } from './kubernetes.js';

const operations = readFileSync(join(folder, '../../docs/operations.md'), 'utf8');
const readme = readFileSync(join(folder, 'README.md'), 'utf8');
/** The pods of the installation; the Job that scores files is for itself. */
const installed = pods.filter(({ file }) => file !== 'score-job.yaml');
const services = ['vouch', 'vouch-gateway'];

type Selector = {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values: string[] }[];
};
const isSelected = ({ matchLabels = {}, matchExpressions = [] }: Selector, { labels }: Pod): boolean =>
  Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
  matchExpressions.every(({ key, operator, values }) => operator === 'In' && values.includes(labels[key]));
const selectedBy = (selector: Selector) => installed.filter((pod) => isSelected(selector, pod)).map(({ name }) => name);

describe('the Kubernetes manifests', () => {
  it('refer to claims, secrets and variables that are there', () => {
    const own = manifests.filter(({ file }) => file !== 'score-job.yaml');
    const claims = own.filter(({ kind }) => kind === 'PersistentVolumeClaim').map(({ metadata }) => metadata.name);
    const [secret] = ofKind('Secret');
    const used = new Set<string>();
    for (const { spec, claims: templates } of installed) {
      for (const { persistentVolumeClaim: claim, secret: named } of spec.volumes ?? []) {
        if (claim !== undefined) expect(claims).toContain(claim.claimName);
        if (claim !== undefined) used.add(claim.claimName);
        for (const { key } of named?.items ?? []) expect(secret.stringData).toHaveProperty([key]);
      }
      const volumes = [...(spec.volumes ?? []).map(({ name }) => name), ...templates];
      for (const { volumeMounts } of spec.containers) {
        expect([...new Set(volumeMounts.map(({ name }) => name))].sort()).toEqual([...volumes].sort());
      }
    }
    expect([...used].sort()).toEqual(claims.sort());
  });

  it('mount each file that a flag names', () => {
    let files = 0;
    for (const { spec } of installed) {
      for (const { args = [], volumeMounts } of spec.containers) {
        for (const [, path] of args.join('\n').matchAll(/--[\w-]+=(\/\S+)/g)) {
          const mount = volumeMounts.find(({ mountPath }) => path.startsWith(`${mountPath}/`));
          expect(mount, path).toBeDefined();
          const items = spec.volumes?.find(({ name }) => name === mount?.name)?.secret?.items;
          if (items !== undefined) expect(items.map((item) => `/keys/${item.path}`)).toContain(path);
          files++;
        }
      }
    }
    expect(files).toBe(7); // two bundles, two files of client keys, two of feedback keys, one of the upstream
  });

  it('reach each other: ports, probes, selectors, and the host of the store', () => {
    for (const { metadata, spec } of ofKind('Service')) {
      const [pod] = installed.filter((each) => isSelected({ matchLabels: spec.selector }, each));
      expect(pod.name).toBe(metadata.name);
      const ports = pod.spec.containers.flatMap((container) => container.ports ?? []);
      expect(ports.find(({ name }) => name === spec.ports[0].targetPort)?.containerPort).toBe(spec.ports[0].port);
    }
    for (const { metadata, spec } of ofKind('PodDisruptionBudget'))
      expect(selectedBy(spec.selector)).toEqual([metadata.name]);
    for (const { metadata, spec } of [...ofKind('Deployment'), ...ofKind('StatefulSet')])
      expect(selectedBy(spec.selector)).toEqual([metadata.name]);
    const [{ data }] = ofKind('ConfigMap');
    const { hostname, port, username } = new URL(String(data?.store));
    const postgres = ofKind('Service').find(({ metadata }) => metadata.name === hostname);
    expect(postgres?.spec.ports[0].port).toBe(Number(port));
    const [database] = installed.filter(({ name }) => name === hostname);
    expect(database.spec.containers[0].env).toContainEqual({ name: 'POSTGRES_USER', value: username });
  });

  it('probe the paths of docs/operations.md at the port that the program listens on', () => {
    for (const name of services) {
      const [container] = installed.find((pod) => pod.name === name)?.spec.containers ?? [];
      const kinds: [Probe | undefined, string][] = [
        [container.startupProbe, 'live'],
        [container.livenessProbe, 'live'],
        [container.readinessProbe, 'ready'],
      ];
      for (const [probe, end] of kinds) {
        expect(probe?.httpGet?.path.endsWith(`/health/${end}`)).toBe(true);
        expect(operations).toContain(`\`${probe?.httpGet?.path}\``);
        expect(probe?.httpGet?.port).toBe(container.ports?.[0].name);
      }
      expect(container.args).toContain(`--port=${container.ports?.[0].containerPort}`);
    }
  });

  it('let the store in for those who use it, and nobody else', () => {
    const users = installed.filter(({ spec }) =>
      spec.containers.some(({ env = [] }) => env.some(({ name }) => name === 'STORE')),
    );
    const policies = new Map(ofKind('NetworkPolicy').map(({ metadata, spec }) => [metadata.name, spec]));
    const names = users.map(({ name }) => name).sort();
    expect(names).toEqual(['vouch', 'vouch-backup', 'vouch-copy', 'vouch-gateway', 'vouch-monitor']);
    expect(selectedBy(policies.get('vouch-store').podSelector)).toEqual(['vouch-postgres']);
    expect(selectedBy(policies.get('vouch-store').ingress[0].from[0].podSelector).sort()).toEqual(names);
    expect(selectedBy(policies.get('vouch-to-store').podSelector).sort()).toEqual(names);
    expect(selectedBy(policies.get('vouch-clients').podSelector).sort()).toEqual(services);
    expect(selectedBy(policies.get('vouch-nothing').podSelector)).toHaveLength(installed.length);
    for (const spec of policies.values()) expect(selectedBy(spec.podSelector).length).toBeGreaterThan(0);
  });

  it('run without rights, with limits, from a read-only root', () => {
    for (const { spec, name } of installed) {
      expect(spec.securityContext, name).toMatchObject({
        runAsNonRoot: true,
        runAsUser: spec.containers[0].image.startsWith('vouch:') ? 10001 : 999,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(spec).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
      for (const { securityContext, resources } of spec.containers) {
        expect(securityContext).toEqual({
          readOnlyRootFilesystem: true,
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        });
        for (const amounts of [resources.requests, resources.limits])
          expect(Object.keys(amounts).sort()).toEqual(['cpu', 'memory']);
      }
    }
  });

  it('give the memory and the time that docs/operations.md states', () => {
    const megabytes = (what: RegExp) => Number((what.exec(operations) as RegExpExecArray)[1].replaceAll(',', ''));
    const usual = megabytes(/About [\d,]+ MB, or ([\d,]+) MB with one thread/);
    const most = megabytes(/largest memory of a service under attack \| ([\d,]+) MB/);
    for (const name of services) {
      const { spec } = installed.find((pod) => pod.name === name) as Pod;
      const [{ requests, limits }] = spec.containers.map(({ resources }) => resources);
      expect(mebibytes(requests.memory) * 1.048576).toBeGreaterThan(usual);
      expect(mebibytes(limits.memory) * 1.048576).toBeGreaterThan(1.5 * most);
      expect(Number(limits.cpu)).toBeLessThanOrEqual(5); // more than five processors are not used
      const { drainWait, drainTimeout } = serveDefaults;
      const stop = megabytes(/wait (\d+) s\s+before it kills the process/);
      expect(spec.terminationGracePeriodSeconds).toBe(stop);
      expect(stop).toBeGreaterThan(drainWait + drainTimeout + 10);
    }
  });

  it('run one monitor at a time, and never again by itself', () => {
    const [monitor, backup] = ['vouch-monitor', 'vouch-backup'].map((name) =>
      ofKind('CronJob').find(({ metadata }) => metadata.name === name),
    );
    expect(monitor?.spec).toMatchObject({ concurrencyPolicy: 'Forbid', jobTemplate: { spec: { backoffLimit: 0 } } });
    expect(backup?.spec.concurrencyPolicy).toBe('Forbid');
  });

  it('are applied by README.md, each file once', () => {
    const applied = [...readme.matchAll(/-f ([\w-]+\.yaml)/g)].map(([, file]) => file);
    const expected = manifests.map(({ file }) => file).filter((file) => !/^(score-job|secret)/.test(file));
    expect([...new Set(applied)].sort()).toEqual([...new Set(expected)].sort());
    const [secret] = ofKind('Secret');
    for (const key of Object.keys(secret.stringData ?? {})) expect(readme).toContain(`--from-file=${key}=`);
  });
});

function mebibytes(text: string): number {
  const [, value, unit] = /^(\d+)(Mi|Gi)$/.exec(text) as RegExpExecArray;
  return Number(value) * (unit === 'Gi' ? 1024 : 1);
}
