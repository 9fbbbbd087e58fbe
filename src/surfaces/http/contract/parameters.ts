import { requestInvalid } from '../errors.js';
import type { WrongField } from '../errors.js';
import type { Parameters, RawParameters, Route } from '../route.js';
import type { ContractParameter } from './contract.js';
import type { Schemas } from './schemas.js';

type Place = ContractParameter['in'];

/** Reads the parameters of one operation as the contract says, and names all wrong ones at once. */
export function parameterReader(parameters: readonly ContractParameter[], schemas: Schemas): Route['readParameters'] {
  const places = new Map(
    (['path', 'query', 'header'] as const).map((place) => [place, placeReader(place, parameters, schemas)]),
  );
  return ({ path, query, header }) => {
    const wrong: WrongField[] = [];
    const values = {
      path: places.get('path')!(Object.entries(path), wrong),
      query: places.get('query')!([...query], wrong),
      header: places.get('header')!(namedHeaders(parameters, header), wrong),
    };
    if (wrong.length > 0) throw requestInvalid(wrong);
    return values;
  };
}

function placeReader(place: Place, parameters: readonly ContractParameter[], schemas: Schemas) {
  const mine = parameters.filter((one) => one.in === place);
  const required = mine.filter((one) => one.required).map(({ name }) => name);
  const check = schemas.parameters(new Map(mine.map(({ name, schema }) => [name, schema])), required);
  const integers = new Set(mine.filter(({ isInteger }) => isInteger).map(({ name }) => name));
  return (entries: readonly (readonly [string, string])[], wrong: WrongField[]): Parameters[Place] => {
    const values: Record<string, string | number> = Object.create(null) as Record<string, string | number>;
    for (const [name, text] of entries) {
      if (name in values)
        wrong.push({ field: name, code: 'FIELD_REPEATED', words: { en: 'is given twice', zh: '重复给出' } });
      values[name] = integers.has(name) ? integerOrText(text) : text;
    }
    wrong.push(...check(values));
    return values;
  };
}

/** One text for one number; anything else stays text, which the schema refuses. */
const integerOrText = (text: string): string | number => (/^(0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : text);

/** Only the headers that the contract names: a request has many others. */
function namedHeaders(
  parameters: readonly ContractParameter[],
  header: RawParameters['header'],
): readonly (readonly [string, string])[] {
  return parameters
    .filter((one) => one.in === 'header')
    .flatMap(({ name }) => {
      const value = header[name.toLowerCase()];
      return value === undefined ? [] : [[name, String(value)] as const];
    });
}
