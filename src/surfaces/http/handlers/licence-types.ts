import { httpError } from '../errors.js';
import type { HttpWorld } from '../world.js';
import { json } from './typed.js';
import type { HandlersOf, JsonOf } from './typed.js';

const PUBLIC = { headers: { 'Cache-Control': 'public, max-age=300' } };

export const licenceTypeHandlers = ({ templates }: HttpWorld): HandlersOf<'listLicenceTypes' | 'getLicenceType'> => ({
  listLicenceTypes: () =>
    json<'listLicenceTypes'>(
      { types: templates.types().map(({ code, version, name }) => ({ code, version, name })) },
      PUBLIC,
    ),

  getLicenceType: ({ path }) => {
    const type = templates.type(path.code);
    if (!type) throw httpError('LICENCE_TYPE_NOT_FOUND');
    const { code, version, name, catalogue, items, states, operations, validity, suites } = type;
    const body = { code, version, name, catalogue, items, states, operations, validity, suites };
    return json<'getLicenceType'>(body as unknown as JsonOf<'getLicenceType'>, PUBLIC);
  },
});
