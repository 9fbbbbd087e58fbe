import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface StaticFile {
  readonly path: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

// swagger-ui's bundle is not read as UTF-8 unless its type says so.
const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
};

const OWN = ['style.css', 'code.js', 'docs.js', 'icon.svg'];
const SWAGGER = ['swagger-ui.css', 'swagger-ui-bundle.js'];

/** All that is served below `/static`: a closed list read at start, so no path of a request ever names a file. */
export function readStaticFiles(): readonly StaticFile[] {
  const own = fileURLToPath(new URL('../../web/static', import.meta.url));
  const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  return [...OWN.map((name) => join(own, name)), ...SWAGGER.map((name) => join(swagger, name))].map((file) => {
    const name = file.slice(file.lastIndexOf('/') + 1);
    return {
      path: `/static/${name}`,
      mediaType: TYPES[name.slice(name.lastIndexOf('.') + 1)]!,
      bytes: readFileSync(file),
    };
  });
}
