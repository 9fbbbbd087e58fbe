import { describe, expect, it } from '@jest/globals';
import { draftLicence, parseIdentifier } from '../../../src/core/licence/index.js';
import type { DraftInput } from '../../../src/core/licence/index.js';
import { sampleItems, typeRecord } from './type-records.js';

const input: DraftInput = {
  type: typeRecord('food-business-licence'),
  request: { items: sampleItems('food-business-licence') },
  issuer: { name: '示例市行政审批局', code: '11999900MB0000001K', region: '999900' },
  issuedOn: '2026-11-24',
  validateItems: () => [],
  random: new Uint8Array(16).fill(7),
};

describe('a draft', () => {
  it('is a licence: number by the rule, identifier from the number, validity from the day of issue', () => {
    const draft = draftLicence(input);
    if (!draft.ok) throw new Error('refused');
    const { licence } = draft;
    expect(licence).toMatchObject({
      typeCode: '11999900MB0000001K002',
      typeVersion: '1',
      version: '001',
      number: expect.stringMatching(/^JY[0-9]{14}$/),
      issuer: input.issuer,
      holder: { name: '示例市青禾食品有限公司', code: '91999900MA00000A9C', codeType: '001' },
      issuedOn: '2026-11-24',
      validFrom: '2026-11-24',
      validUntil: '2031-11-23',
      items: input.request.items,
      sample: false,
    });
    expect(parseIdentifier(licence.identifier)).toMatchObject({
      ok: true,
      identifier: {
        typeCode: licence.typeCode,
        issuerCode: input.issuer.code,
        serial: licence.number,
        version: '001',
        check: { kind: 'standard' },
        warnings: [],
      },
    });
  });

  it('keeps a number that was given, and the mark of a sample', () => {
    const draft = draftLicence({
      ...input,
      request: { ...input.request, number: 'JY00000000000042', sample: true },
      random: undefined,
    });
    expect(draft).toMatchObject({ ok: true, licence: { number: 'JY00000000000042', sample: true } });
  });

  it('is refused with every problem of the request at once', () => {
    const draft = draftLicence({
      ...input,
      request: { items: { ...sampleItems('food-business-licence'), creditCode: 'x', operator: '' }, number: 'JY1' },
      issuer: { name: '示例市', code: '11999900MB00000012', region: '99' },
      validateItems: () => [{ field: '/operator', keyword: 'minLength', words: { en: 'too short', zh: '过短' } }],
    });
    expect(draft.ok ? [] : draft.problems.map(({ field, code }) => `${field} ${code}`)).toEqual([
      '/items/creditCode CREDIT_CODE_LENGTH',
      '/items/operator FIELD_SCHEMA',
      '/number LICENCE_NUMBER_FORM',
      '/issuer/code CREDIT_CODE_CHECK',
      '/issuer/region REGION_CODE_FORM',
    ]);
  });
});
