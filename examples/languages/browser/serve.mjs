// A static server for the example: node serve.mjs exported/raw-graph [port]. Prints the address it listens on.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const [, , folder, port = '0'] = process.argv;
const here = import.meta.dirname;
const roots = { ort: join(here, 'node_modules/onnxruntime-web/dist'), export: folder };
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

const server = createServer(async (request, response) => {
  const path =
    normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname)).slice(1) || 'index.html';
  const [first, ...rest] = path.split('/');
  const file = Object.hasOwn(roots, first) ? join(roots[first], ...rest) : join(here, path);
  const content = await readFile(file).catch(() => null);
  response.writeHead(content === null ? 404 : 200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
  });
  response.end(content ?? 'not found');
});
server.listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`));
