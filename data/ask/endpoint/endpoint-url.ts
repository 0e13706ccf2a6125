import { VouchError } from '../../../support/errors.js';

/**
 * What an address is of, the option that names it, an example, and the option that names its key's environment variable
 * if it has a key.
 */
interface Addressed {
  what: string;
  field: string;
  example?: string;
  keyOption?: string;
}

const ENDPOINT: Addressed = { what: 'an endpoint', field: 'endpoint', keyOption: '--api-key-env' };

/**
 * The chat-completions address of an endpoint. A bare host gets `/v1/chat/completions`; any other path gets
 * `/chat/completions`; a full address stays as it is. Addresses that contain a key are refused, because addresses end
 * up in logs.
 */
export function endpointUrl(text: string): string {
  const url = checkedUrl(text, ENDPOINT);
  const path = url.pathname.replace(/\/+$/, '');
  if (!path.endsWith('/chat/completions')) url.pathname = `${path === '' ? '/v1' : path}/chat/completions`;
  return url.href;
}

/** An HTTP address without user name and password. Error: BAD_USAGE. */
export function checkedUrl(
  text: string,
  { what, field, example = 'http://127.0.0.1:8080/v1', keyOption }: Addressed,
): URL {
  const expected = `an address such as ${example}`;
  if (!URL.canParse(text))
    throw new VouchError('BAD_USAGE', `this is not the address of ${what}`, { field, expected, got: text });
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    const got = url.protocol;
    throw new VouchError('BAD_USAGE', `this is not the address of ${what}`, { field, expected, got });
  }
  if (url.username !== '' || url.password !== '') {
    throw new VouchError('BAD_USAGE', `the address of ${what} must not contain a user name or password`, {
      field,
      ...(keyOption === undefined
        ? {}
        : { hint: `Put the key into an environment variable and name the variable with ${keyOption}.` }),
    });
  }
  return url;
}
