// Makes the committed generated files again. With --check it only compares and exits 1 on a difference.
import openapiTS, { astToString } from 'openapi-typescript';
import { readFileSync, writeFileSync } from 'node:fs';

const CHECK = process.argv.includes('--check');
const target = 'src/surfaces/api/generated/openapi.ts';

const head = '// Generated from api-spec/openapi.yaml by `npm run generate`; never edited.\n';
const text = head + astToString(await openapiTS(new URL('../api-spec/openapi.yaml', import.meta.url)));

if (!CHECK) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) {
  process.stderr.write(`${target} is not what the contract gives; run npm run generate\n`);
  process.exit(1);
}
