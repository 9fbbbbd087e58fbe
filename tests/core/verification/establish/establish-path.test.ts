import { describe, expect, it } from '@jest/globals';
import { der } from '../../../../src/core/encoding/index.js';
import { certificateFactsOf, revocationFactsOf } from '../../../../src/core/verification/establish/establish-path.js';
import { extension, forge } from '../../pki/fixtures/forge.js';

describe('certificateFactsOf', () => {
  it('describes a certificate by its names, usage and key', () => {
    expect(certificateFactsOf(forge({ subject: 'seal' }))).toMatchObject({
      name: 'seal',
      organisation: '',
      usage: null,
      rsaBits: null,
      curve: '1.2.840.10045.3.1.7',
      suite: 'ECDSA-P256-SHA256',
    });
  });

  it('describes a certificate with a name only among its extensions, a broken key or an unknown suite as far as it goes', () => {
    const key = der.sequence(
      der.sequence(der.oid('1.2.840.113549.1.1.1'), der.null()),
      der.bitString(der.octetString(new Uint8Array(8))),
    );
    const alternative = extension('2.5.29.17', der.sequence(der.implicit(2, new Uint8Array(1).fill(97), false)), true);
    const facts = certificateFactsOf(
      forge({
        emptySubject: true,
        spki: key,
        extensions: [alternative],
        inner: der.sequence(der.oid('1.2.840.113549.1.1.5'), der.null()),
      }),
    );
    expect(facts).toMatchObject({ name: '', organisation: '', suite: null, rsaBits: null });
    expect(facts.curve).toBe('1.2.840.113549.1.1.1');
  });
});

describe('revocationFactsOf', () => {
  const thisUpdate = new Date('2026-05-20T00:00:00Z');

  it('names the time until which a list speaks, where it says one', () => {
    const good = { status: 'good', crl: { id: 'x', thisUpdate, nextUpdate: undefined } } as const;
    expect(revocationFactsOf(good)).toEqual({
      status: 'good',
      thisUpdate: '2026-05-20T00:00:00.000Z',
      nextUpdate: null,
    });
    const limited = { status: 'good', crl: { ...good.crl, nextUpdate: new Date('2026-06-20T00:00:00Z') } } as const;
    expect(revocationFactsOf(limited)).toMatchObject({ nextUpdate: '2026-06-20T00:00:00.000Z' });
  });
});
