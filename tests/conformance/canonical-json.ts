import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, fromUtf8 } from '../../src/core/encoding/index.js';
import type { Json } from '../../src/core/errors/index.js';
import { tried } from './suite.js';
import type { Suite } from './suite.js';

export const CANONICAL_JSON: Suite = {
  name: 'rfc8785',
  source: 'RFC 8785, cyberphone/json-canonicalization',
  vectors: 'jcs',
  cases: 6,
  bothPlatforms: false,
  run: (folder) =>
    Promise.all(
      readdirSync(join(folder, 'input')).map((name) =>
        tried(name, () => {
          const value = JSON.parse(readFileSync(join(folder, 'input', name), 'utf8')) as Json;
          return fromUtf8(canonicalJson(value)) === readFileSync(join(folder, 'output', name), 'utf8');
        }),
      ),
    ),
};
