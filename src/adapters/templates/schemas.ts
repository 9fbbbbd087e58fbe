import { createRequire } from 'node:module';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { FormatsPlugin } from 'ajv-formats';
import type { Json, Words } from '../../core/errors/index.js';
import type { FaceItemRule, ItemsValidator, SchemaProblem } from '../../core/licence/index.js';

// CommonJS whose default export the ESM types misname.
const addFormats = createRequire(import.meta.url)('ajv-formats') as FormatsPlugin;

export type SchemaCheck = (value: Json) => readonly SchemaProblem[];

/** Compiles a JSON Schema 2020-12. Throws what ajv throws; remote references are not followed. */
export function compileSchema(schema: Json): SchemaCheck {
  const validate = newAjv().compile(schema as object);
  return (value) => run(validate, value, '');
}

/** One compiled schema for each item; a schema that does not compile is given to `refuse` with the item's position. */
export function compileItems(items: readonly FaceItemRule[], refuse: (index: number, cause: unknown) => Error): ItemsValidator {
  const ajv = newAjv();
  const checks = items.map(({ key, schema }, index) => {
    try {
      return { key, validate: ajv.compile(schema as object) };
    } catch (cause) {
      throw refuse(index, cause);
    }
  });
  return (values) =>
    checks.flatMap(({ key, validate }) => (Object.hasOwn(values, key) ? run(validate, values[key]!, `/${key}`) : []));
}

function newAjv(): Ajv2020 {
  // `discriminator` and other extensions of ajv stay off: the schemas are plain 2020-12.
  // Its optimiser would take longer than all that it could save: types are compiled at every start.
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, code: { optimize: false } });
  addFormats(ajv);
  return ajv;
}

function run(validate: ValidateFunction, value: Json, prefix: string): SchemaProblem[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => ({ field: fieldOf(error, prefix), keyword: error.keyword, words: wordsOf(error) }));
}

/** A member too many is named itself, not the object that holds it. */
function fieldOf({ keyword, instancePath, params }: ErrorObject, prefix: string): string {
  const extra = keyword === 'additionalProperties' ? `/${escape(String(params['additionalProperty']))}` : '';
  return prefix + instancePath + extra;
}

const escape = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** Words for people. They hold the schema's side only, never the value. */
function wordsOf({ keyword, params, message }: ErrorObject): Words {
  const limit = String(params['limit']);
  const zh: Readonly<Record<string, string>> = {
    type: `类型应为 ${String(params['type'])}`,
    enum: `应为以下之一：${(params['allowedValues'] as readonly unknown[] | undefined)?.join('、')}`,
    minLength: `不少于${limit}个字符`,
    maxLength: `不超过${limit}个字符`,
    minItems: `不少于${limit}项`,
    maxItems: `不超过${limit}项`,
    required: `缺少 ${String(params['missingProperty'])}`,
    additionalProperties: '不允许的字段',
    pattern: '格式不符',
    format: `格式应为 ${String(params['format'])}`,
  };
  const allowed = keyword === 'enum' ? `: ${(params['allowedValues'] as readonly unknown[]).join(', ')}` : '';
  return { en: `${message ?? keyword}${allowed}`, zh: zh[keyword] ?? `不符合规则 ${keyword}` };
}
