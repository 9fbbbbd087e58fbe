import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

interface Operation {
  readonly operationId: string;
  readonly security?: readonly { readonly token: readonly string[] }[];
  readonly requestBody?: object;
}

const text = readFileSync('api-spec/openapi.yaml', 'utf8');
const document = parse(text) as { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

/** Every operation of the contract, read without the code under test. */
export const contractOperations = Object.entries(document.paths).flatMap(([template, item]) =>
  Object.entries(item)
    .filter(([method]) => ['get', 'post', 'put', 'patch', 'delete'].includes(method))
    .map(([method, operation]) => ({
      template,
      method: method.toUpperCase(),
      operationId: operation.operationId,
      scopes: operation.security?.[0]?.token ?? [],
      hasBody: operation.requestBody !== undefined,
    })),
);

const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { 'date-time': true } });
ajv.addSchema(document, 'contract');

/** What a schema of the contract has against a value. */
export function complaints(schema: string, value: unknown): readonly string[] {
  const validate = ajv.compile({ $ref: `contract#/components/schemas/${schema}` });
  return validate(value) ? [] : validate.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`);
}
