import type { IncomingHttpHeaders } from 'node:http';
import { sha256 } from '../../support/digest.js';
import { keyIn, readKeys } from './keys.js';

/** A key, and whose it is. */
export interface TenantKey {
  key: string;
  /** Answers and feedback of different tenants are kept apart. */
  tenant: string;
}

/**
 * Keys from a file or else from an environment variable, as `readKeys` reads them. After a key and a space, a line may
 * name the tenant. Errors: FILE_MISSING, BAD_USAGE.
 */
export async function readTenantKeys(file: string | undefined, variable: string): Promise<TenantKey[]> {
  const lines = await readKeys(file, variable);
  return lines.map((line) => {
    const [key, ...rest] = line.split(/\s+/);
    return { key, tenant: rest.join(' ') };
  });
}

/**
 * The tenant of a request by its key; '' for other keys and for none. The keys are compared by their digests, so that
 * the duration of a look-up reveals nothing about them.
 */
export function tenantsOf(keys: readonly TenantKey[]): (headers: IncomingHttpHeaders) => string {
  const byDigest = new Map(keys.map(({ key, tenant }) => [sha256(key), tenant]));
  if (byDigest.size === 0) return () => '';
  return (headers) => {
    const key = keyIn(headers);
    return key === undefined ? '' : (byDigest.get(sha256(key)) ?? '');
  };
}
