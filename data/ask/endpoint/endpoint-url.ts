import { VouchError } from '../../../support/errors.js';

/**
 * The chat-completions address of an endpoint: a bare host gets `/v1/chat/completions`, a path ending in a version or
 * anything else gets `/chat/completions`, a full address stays. Keys in the address are refused: they end up in logs.
 */
export function endpointUrl(text: string): string {
  const expected = 'an address such as http://127.0.0.1:8080/v1';
  if (!URL.canParse(text))
    throw new VouchError('BAD_USAGE', 'not an endpoint', { field: 'endpoint', expected, got: text });
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new VouchError('BAD_USAGE', 'not an endpoint', { field: 'endpoint', expected, got: url.protocol });
  }
  if (url.username !== '' || url.password !== '') {
    throw new VouchError('BAD_USAGE', 'an endpoint address must not carry a name or password', {
      field: 'endpoint',
      hint: 'Put the key in an environment variable and name that with --api-key-env.',
    });
  }
  const path = url.pathname.replace(/\/+$/, '');
  if (!path.endsWith('/chat/completions')) url.pathname = `${path === '' ? '/v1' : path}/chat/completions`;
  return url.href;
}
