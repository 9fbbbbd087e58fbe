import type { HttpSettings } from '../world.js';
import type { BodyForm, BodyRule, RateLimit, Route } from '../route.js';
import { readContract } from './contract.js';
import type { ContractContent, ContractOperation } from './contract.js';
import { parameterReader } from './parameters.js';
import { Schemas } from './schemas.js';

export type Handle = Route['handle'];

/** Bodies that are parsed: the largest is a licence with photographs. */
const MAX_JSON_BYTES = 1_048_576;
const MAX_FORM_BYTES = 16_384;

/**
 * Makes a route of every operation of the contract. An operation without a handler, or a handler without an operation,
 * is a TypeError: it stops the start.
 */
export function operationRoutes(
  contract: string,
  handlers: ReadonlyMap<string, Handle>,
  settings: HttpSettings,
): readonly Route[] {
  const { document, operations } = readContract(contract);
  const schemas = new Schemas(document);
  const known = new Set(operations.map(({ operationId }) => operationId));
  for (const name of handlers.keys())
    if (!known.has(name)) throw new TypeError(`handler ${name} is not in the contract`);
  return operations.map((operation) => {
    const handle = handlers.get(operation.operationId);
    if (!handle) throw new TypeError(`operation ${operation.operationId} has no handler`);
    return routeOf(operation, handle, schemas, settings);
  });
}

function routeOf(operation: ContractOperation, handle: Handle, schemas: Schemas, settings: HttpSettings): Route {
  return {
    name: operation.operationId,
    method: operation.method,
    pattern: patternOf(operation),
    scopes: operation.scopes,
    rateLimit: rateLimitOf(operation),
    bodies:
      operation.body &&
      new Map(operation.body.contents.map((content) => [content.mediaType, bodyRule(content, schemas, settings)])),
    needsIfMatch: operation.parameters.some(({ name }) => name === 'If-Match'),
    problemsAs: operation.operationId === 'createToken' ? 'oauth' : 'json',
    readParameters: parameterReader(operation.parameters, schemas),
    handle,
    checkAnswer: answerCheck(operation, schemas),
  };
}

function patternOf({ template, parameters }: ContractOperation): RegExp {
  const source = template.replaceAll(/[.]/g, '\\.').replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = parameters.find((one) => one.in === 'path' && one.name === name);
    if (!parameter) throw new TypeError(`contract: ${template} does not say what ${name} is`);
    return `(?<${name}>${parameter.mayHaveSlashes ? '.+' : '[^/]+'})`;
  });
  return new RegExp(`^${source}$`);
}

function rateLimitOf({ operationId, rateLimit }: ContractOperation): RateLimit | null {
  if (rateLimit === null || rateLimit === 'verification' || rateLimit === 'token') return rateLimit;
  throw new TypeError(`contract: ${operationId} has an unknown rate limit`);
}

function bodyRule({ mediaType, schema }: ContractContent, schemas: Schemas, settings: HttpSettings): BodyRule {
  const form = formOf(mediaType);
  // Bytes have no JSON Schema: what is in them is the operation's matter.
  if (form === 'bytes') return { form, maxBytes: settings.maxUploadBytes, check: () => [] };
  return { form, maxBytes: form === 'json' ? MAX_JSON_BYTES : MAX_FORM_BYTES, check: schemas.body(schema) };
}

function formOf(mediaType: string): BodyForm {
  if (mediaType === 'application/json') return 'json';
  return mediaType === 'application/x-www-form-urlencoded' ? 'form' : 'bytes';
}

function answerCheck({ responses }: ContractOperation, schemas: Schemas): Route['checkAnswer'] {
  const checks = new Map<string, (body: unknown) => readonly string[]>();
  for (const [status, contents] of responses)
    for (const { mediaType, schema } of contents)
      checks.set(`${status} ${mediaType}`, mediaType.endsWith('json') ? schemas.answer(schema) : () => []);
  return (status, mediaType, body) => {
    const known = responses.has(String(status)) ? String(status) : 'default';
    const check = checks.get(`${known} ${mediaType}`);
    return check ? check(body) : [`${status} ${mediaType}`];
  };
}
