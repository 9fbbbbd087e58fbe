import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { WrongField } from '../errors.js';
import { fieldProblem, pointerOf } from './field-problems.js';

const DOCUMENT = 'contract';
/** More would help nobody, and the list is as long as the sender likes. */
const MAX_FIELDS = 50;

/** Schemas of the contract, compiled from the document as it stands. */
export class Schemas {
  /** Without ajv's own optimiser: it takes longer at every start than requests ever get back. */
  private readonly ajv = new Ajv2020({ allErrors: true, strict: false, useDefaults: true, code: { optimize: false } });
  /** By pointer: nearly every operation answers with the same problem. */
  private readonly answers = new Map<string, ValidateFunction>();

  constructor(document: object) {
    this.ajv.addFormat('date-time', isInstant);
    this.ajv.addSchema(document, DOCUMENT);
  }

  /** `pointer`: JSON pointer of a schema in the document. */
  body(pointer: string): (value: unknown) => readonly WrongField[] {
    return this.compile({ $ref: refTo(pointer) });
  }

  /** Parameters of one place; `properties` maps names to pointers. Others are refused. */
  parameters(
    properties: ReadonlyMap<string, string>,
    required: readonly string[],
  ): (values: object) => readonly WrongField[] {
    const schema = {
      type: 'object',
      properties: Object.fromEntries([...properties].map(([name, pointer]) => [name, { $ref: refTo(pointer) }])),
      required,
      additionalProperties: false,
    };
    const check = this.compile(schema);
    // A parameter is named, not pointed at.
    return (values) => check(values).map((wrong) => ({ ...wrong, field: wrong.field.slice(1) }));
  }

  /** For our own answers: place and rule, nothing of the value. */
  answer(pointer: string): (value: unknown) => readonly string[] {
    const validate = this.answers.get(pointer) ?? this.ajv.compile({ $ref: refTo(pointer) });
    this.answers.set(pointer, validate);
    return (value) =>
      validate(value) ? [] : validate.errors!.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
  }

  private compile(schema: object): (value: unknown) => readonly WrongField[] {
    const validate = this.ajv.compile(schema);
    return (value) => {
      if (validate(value)) return [];
      const seen = new Map<string, WrongField>();
      for (const error of (validate.errors as readonly ErrorObject[]).slice(0, MAX_FIELDS)) {
        const field = pointerOf(error);
        // The first complaint about a field is enough.
        if (!seen.has(field)) seen.set(field, { field, ...fieldProblem(error) });
      }
      return [...seen.values()];
    };
  }
}

// ajv reads the fragment as a URI: what JSON pointer leaves alone must be percent-encoded here.
const refTo = (pointer: string): string => `${DOCUMENT}#${pointer.split('/').map(encodeURIComponent).join('/')}`;

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** RFC 3339 without leap seconds, for which a `Date` has no value. */
const isInstant = (text: string): boolean => RFC3339.test(text) && !Number.isNaN(Date.parse(text));
