import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readBundle } from '../../../models/bundle/read.js';
import { signBundle } from '../../../models/bundle/sign.js';
import { type NamedKey, readSigningKey, readTrustedKeys } from '../../../models/bundle/signature.js';
import { openScorer } from '../../../scorer/open.js';
import { openGateway } from '../../../serve/gateway/gateway.js';
import { openService } from '../../../serve/service.js';
import { gatewayOptions, serveOptions } from '../../support/serving.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-signature-'));
const at = (name: string) => join(dir, name);
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' });

let mine: NamedKey;
let other: NamedKey;
let trusted: NamedKey[];

beforeAll(async () => {
  for (const name of ['mine', 'other']) {
    openssl('genpkey', '-algorithm', 'ed25519', '-out', `${name}.key`);
    openssl('pkey', '-in', `${name}.key`, '-pubout', '-out', `${name}.pub`);
  }
  openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', 'rsa.key');
  [mine, other] = [await readSigningKey(at('mine.key')), await readSigningKey(at('other.key'))];
  trusted = await readTrustedKeys(at('mine.pub'));
});
beforeEach(async () => {
  rmSync(at('b'), { recursive: true, force: true });
  await writeTinyBundle(at('b'));
});
afterAll(() => rmSync(dir, { recursive: true }));

const sign = async (key: NamedKey) => signBundle(await readBundle(at('b')), key);
const open = (keys = trusted) => openScorer(at('b'), { trusted: keys }).then((scorer) => scorer.close());
const untrusted = (message: RegExp) =>
  expect(open()).rejects.toMatchObject({ code: 'BUNDLE_UNTRUSTED', message: expect.stringMatching(message) });

describe('a signed bundle', () => {
  it('opens if the key is trusted, and is the same bundle for everybody else', async () => {
    const { digest } = await readBundle(at('b'));
    await untrusted(/not signed/);
    await sign(mine);
    await open();
    await expect(open([])).rejects.toMatchObject({ code: 'BUNDLE_UNTRUSTED' });
    expect((await readBundle(at('b'))).digest).toBe(digest);
    expect(readdirSync(at('b')).sort()).toEqual(['golden.json', 'manifest.json', 'manifest.sig', 'model.onnx']);
  });

  it("may have signatures by several keys; signing again replaces the key's own signature", async () => {
    await sign(other);
    await untrusted(/no trusted key/);
    await sign(mine);
    expect((await sign(mine)).signatures.map(({ key }) => key)).toEqual([other.name, mine.name]);
    await open();
    await open(await readTrustedKeys(at('other.pub')));
  });

  it('is refused after any change to the manifest, and with the signature of another bundle', async () => {
    await sign(mine);
    const signature = readFileSync(at('b/manifest.sig'), 'utf8');
    const manifest = readFileSync(at('b/manifest.json'), 'utf8');
    writeFileSync(at('b/manifest.json'), `${manifest}\n`);
    await untrusted(/no trusted key/);
    await writeTinyBundle(at('b'), { seed: 2 }); // the old signature goes with the old bundle
    await untrusted(/not signed/);
    const { digest } = await readBundle(at('b'));
    writeFileSync(at('b/manifest.sig'), JSON.stringify({ ...JSON.parse(signature), manifest: digest }));
    await untrusted(/no trusted key/);
  });

  it.each([
    ['is no JSON', 'x'],
    ['is empty', ''],
    ['has no signature', '{"version":1,"algorithm":"ed25519","manifest":"","signatures":[]}'],
    [
      'is of zeros',
      `{"version":1,"algorithm":"ed25519","manifest":"","signatures":[{"key":"a","signature":"${Buffer.alloc(64).toString('base64')}"}]}`,
    ],
    ['is too short', '{"version":1,"algorithm":"ed25519","manifest":"","signatures":[{"key":"a","signature":"AA=="}]}'],
  ])('whose signature %s is refused', async (_, text) => {
    writeFileSync(at('b/manifest.sig'), text);
    await untrusted(/no trusted key/);
  });

  it('can be checked with openssl alone', async () => {
    const { signatures, manifest } = await sign(mine);
    writeFileSync(at('text'), `vouch bundle manifest sha256:${manifest}\n`);
    writeFileSync(at('signature'), Buffer.from(signatures[0].signature, 'base64'));
    const args = [
      'pkeyutl',
      '-verify',
      '-pubin',
      '-inkey',
      'mine.pub',
      '-rawin',
      '-in',
      'text',
      '-sigfile',
      'signature',
    ];
    expect(openssl(...args).toString()).toContain('Verified Successfully');
  });
});

describe('services with --trusted-keys', () => {
  it('refuse an unsigned bundle at start and at a reload; the old bundle stays in use', async () => {
    await expect(openService(serveOptions(at('b'), { pinning: { trusted } }))).rejects.toMatchObject({
      code: 'BUNDLE_UNTRUSTED',
    });
    const gateway = gatewayOptions(at('b'), 'http://127.0.0.1:9/v1', { pinning: { trusted } });
    await expect(openGateway(gateway)).rejects.toMatchObject({ code: 'BUNDLE_UNTRUSTED' });
    await sign(mine);
    await (await openGateway(gateway)).app.close();
    const { app } = await openService(serveOptions(at('b'), { pinning: { trusted }, adminKeys: ['root'] }));
    const reload = async () => {
      const reply = await app.inject({ method: 'POST', url: '/v1/admin/reload', headers: { 'x-api-key': 'root' } });
      return [reply.statusCode, reply.json().change ?? reply.json().error.code];
    };
    await writeTinyBundle(at('b'), { seed: 2 });
    expect(await reload()).toEqual([422, 'VOUCH_BUNDLE_UNTRUSTED']);
    await sign(other);
    expect(await reload()).toEqual([422, 'VOUCH_BUNDLE_UNTRUSTED']);
    await sign(mine);
    expect(await reload()).toEqual([200, 'swapped']);
    await app.close();
  });

  it('with --digest a service accepts no other bundle', async () => {
    const { digest } = await readBundle(at('b'));
    const { app } = await openService(serveOptions(at('b'), { pinning: { digest }, adminKeys: ['root'] }));
    await writeTinyBundle(at('b'), { seed: 2 });
    const reply = await app.inject({ method: 'POST', url: '/v1/admin/reload', headers: { 'x-api-key': 'root' } });
    expect([reply.statusCode, reply.json().error.code]).toEqual([422, 'VOUCH_BUNDLE_DAMAGED']);
    await app.close();
  });
});

describe('keys', () => {
  it('are Ed25519 in PEM, several in one file; anything else is a usage error that does not quote the file', async () => {
    writeFileSync(at('both.pub'), readFileSync(at('mine.pub'), 'utf8') + readFileSync(at('other.pub'), 'utf8'));
    expect((await readTrustedKeys(at('both.pub'))).map(({ name }) => name)).toEqual([mine.name, other.name]);
    for (const [read, file] of [
      [readTrustedKeys, 'mine.key'],
      [readSigningKey, 'mine.pub'],
      [readSigningKey, 'rsa.key'],
    ] as const) {
      const error = await read(at(file)).catch((thrown) => thrown);
      expect(error).toMatchObject({ code: 'BAD_USAGE', detail: { file: at(file) } });
      expect(error.message).not.toContain('BEGIN');
    }
    await expect(readTrustedKeys(at('none'))).rejects.toMatchObject({ code: 'FILE_MISSING' });
  });
});
