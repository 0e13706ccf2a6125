import { VouchError } from '../../../support/errors.js';

/**
 * The chat-completions address of an endpoint. A bare host gets `/v1/chat/completions`; any other path gets
 * `/chat/completions`; a full address stays as it is. Addresses that contain a key are refused, because addresses end
 * up in logs.
 */
export function endpointUrl(text: string): string {
  const expected = 'an address such as http://127.0.0.1:8080/v1';
  if (!URL.canParse(text))
    throw new VouchError('BAD_USAGE', 'this is not the address of an endpoint', {
      field: 'endpoint',
      expected,
      got: text,
    });
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    const got = url.protocol;
    throw new VouchError('BAD_USAGE', 'this is not the address of an endpoint', { field: 'endpoint', expected, got });
  }
  if (url.username !== '' || url.password !== '') {
    throw new VouchError('BAD_USAGE', 'the address of an endpoint must not contain a user name or password', {
      field: 'endpoint',
      hint: 'Put the key into an environment variable and name the variable with --api-key-env.',
    });
  }
  const path = url.pathname.replace(/\/+$/, '');
  if (!path.endsWith('/chat/completions')) url.pathname = `${path === '' ? '/v1' : path}/chat/completions`;
  return url.href;
}
