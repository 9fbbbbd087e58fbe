import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Words } from '../../../core/errors/index.js';

/** What may be repeated to the sender: a name of the sender's own could be anything. */
const PLAIN_NAME = /^[A-Za-z][\w.-]{0,63}$/;

/** JSON pointer of the wrong field: the member itself, also where ajv points at the object that holds it. */
export function pointerOf({ instancePath, params }: ErrorObject): string {
  const { missingProperty, additionalProperty } = params as { missingProperty?: string; additionalProperty?: string };
  const name = missingProperty ?? additionalProperty;
  const path = instancePath.split('/').every((step) => step === '' || /^\d+$/.test(step) || PLAIN_NAME.test(step))
    ? instancePath
    : '';
  return name !== undefined && PLAIN_NAME.test(name) ? `${path}/${name}` : path;
}

/** Code and words for a rule of JSON Schema. The value is never quoted. */
export function fieldProblem({ keyword, params }: ErrorObject): { readonly code: string; readonly words: Words } {
  const limit = String((params as { limit?: unknown }).limit);
  switch (keyword) {
    case 'required':
      return { code: 'FIELD_REQUIRED', words: { en: 'is missing', zh: '为必填项' } };
    case 'additionalProperties':
      return { code: 'FIELD_UNKNOWN', words: { en: 'is not known here', zh: '不是已知字段' } };
    case 'type':
      return { code: 'FIELD_TYPE', words: { en: 'has the wrong type', zh: '类型不正确' } };
    case 'enum':
    case 'const':
      return { code: 'FIELD_VALUE', words: { en: 'is none of the allowed values', zh: '不是允许的取值' } };
    case 'pattern':
    case 'format':
      return { code: 'FIELD_FORMAT', words: { en: 'has the wrong form', zh: '格式不正确' } };
    case 'minLength':
    case 'minItems':
      return { code: 'FIELD_TOO_SHORT', words: { en: `needs at least ${limit}`, zh: `至少 ${limit} 个` } };
    case 'maxLength':
    case 'maxItems':
    case 'maxProperties':
      return { code: 'FIELD_TOO_LONG', words: { en: `may have ${limit} at most`, zh: `至多 ${limit} 个` } };
    case 'minimum':
    case 'maximum':
      return {
        code: 'FIELD_RANGE',
        words: { en: `is out of range (${keyword} ${limit})`, zh: `超出范围（界限 ${limit}）` },
      };
    case 'uniqueItems':
      return { code: 'FIELD_REPEATED', words: { en: 'has an entry twice', zh: '存在重复项' } };
    default:
      return { code: 'FIELD_INVALID', words: { en: 'is not valid', zh: '不符合要求' } };
  }
}
