import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compose, folder, interpolated, type Service, variables } from './compose.js';

const services = Object.entries(compose.services);
const text = readFileSync(join(folder, 'compose.yaml'), 'utf8');
const dockerfile = readFileSync(join(folder, '../../Dockerfile'), 'utf8');
const operations = readFileSync(join(folder, '../../docs/operations.md'), 'utf8');
const readme = readFileSync(join(folder, 'README.md'), 'utf8');
const ignored = ['.gitignore', '.dockerignore'].map((name) => readFileSync(join(folder, '../..', name), 'utf8'));

describe('the Compose file', () => {
  it('uses each variable of .env.example, and no other', () => {
    const used = new Set<string>();
    interpolated(text.replaceAll(/^\s*#.*$/gm, ''), (name) => used.add(name));
    expect([...used].sort()).toEqual(Object.keys(variables).sort());
  });

  it('refers to services, networks, volumes and secrets that it has', () => {
    const secrets = new Set<string>();
    for (const [name, service] of services) {
      for (const other of Object.keys(service.depends_on ?? {})) {
        expect(service.depends_on?.[other]).toEqual({ condition: 'service_healthy' });
        expect(compose.services[other].healthcheck?.test?.length).toBeGreaterThan(1);
        expect(service.networks).toContain('inside');
      }
      for (const network of service.networks ?? []) expect(compose.networks).toHaveProperty(network);
      for (const secret of service.secrets ?? []) {
        expect(compose.secrets[secret], name).toEqual({ file: `secrets/${secret}` });
        secrets.add(secret);
      }
      for (const volume of service.volumes ?? []) {
        const [from] = interpolated(volume).split(':');
        if (!from.startsWith('./')) expect(compose.volumes).toHaveProperty(from);
      }
    }
    expect([...secrets].sort()).toEqual(Object.keys(compose.secrets).sort());
    for (const secret of secrets) expect(readme).toContain(`secrets/${secret}`);
  });

  it('gives each program the secrets that it reads, and no other', () => {
    for (const [name, { command = [], environment = {}, secrets = [] }] of services) {
      const words = [...command, ...Object.values(environment)].join('\n');
      const read = new Set([...words.matchAll(/\/run\/secrets\/(\w+)/g)].map(([, secret]) => secret));
      expect([...read].sort(), name).toEqual([...secrets].sort());
    }
  });

  it('keeps the store away from outside, and runs vouch without rights', () => {
    expect(compose.networks.inside).toEqual({ internal: true });
    expect(compose.services.postgres.networks).toEqual(['inside']);
    expect(compose.services.postgres.ports).toBeUndefined();
    expect(dockerfile).toMatch(/^USER 10001:10001$/m);
    for (const [, service] of services.filter(([, { image }]) => image.startsWith('vouch:'))) {
      expect(service).toMatchObject({
        ...{ read_only: true, tmpfs: ['/tmp'], cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] },
        ...{ restart: 'unless-stopped', stop_grace_period: '45s', mem_limit: '2g' },
      });
      for (const volume of service.volumes ?? []) if (volume.includes(':/versions')) expect(volume).toMatch(/:ro$/);
    }
    expect(operations).toMatch(/wait 45 s\s+before it kills/);
  });

  it('publishes the ports that the programs listen on, where the health checks ask', () => {
    const listening = (service: Service) => /--port (\d+)/.exec(String(service.command))?.[1];
    const { service, gateway } = compose.services;
    for (const [each, port] of [[service, 8080] as const, [gateway, 8081] as const]) {
      expect(each.ports?.map(interpolatedPort)).toEqual([`127.0.0.1:${port}:${port}`]);
      expect(listening(each)).toBe(String(port));
    }
    expect(dockerfile).toContain(':8080/v2/health/ready');
    expect(gateway.healthcheck?.test?.at(-1)).toContain(':8081/vouch/health/ready');
    for (const path of ['/v2/health/ready', '/vouch/health/ready']) expect(operations).toContain(`\`${path}\``);
  });

  it('keeps what it makes out of git and of the image', () => {
    for (const name of ['.env', 'secrets/', 'versions/', 'monitor/', 'backups/'])
      expect(ignored[0]).toContain(`examples/compose/${name}\n`);
    expect(ignored[1]).toContain('examples/compose\n');
  });
});

const interpolatedPort = (port: string) => interpolated(port);
