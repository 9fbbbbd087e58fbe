import { describe, expect, it } from '@jest/globals';
import { der } from '../../../src/core/encoding/index.js';
import { buildPaths, readCertificate, validatePath } from '../../../src/core/pki/index.js';
import type { Certificate, PathCheckName, PathFacts } from '../../../src/core/pki/index.js';
import { FAMILIES, certificate, crl, fixture } from './fixtures/fixture.js';
import * as forged from './fixtures/forge.js';

const AT = new Date('2026-01-01T00:00:00Z');
const trusting = { get: () => true, set: () => undefined };
const failures = (facts: PathFacts) => facts.checks.filter(({ passed }) => !passed);
const failed = (facts: PathFacts) => failures(facts).map(({ check, place }) => `${check} ${place}`);

describe('buildPaths', () => {
  it.each(FAMILIES)('finds the way from a signer to its root (%s)', (family) => {
    const [root, authority, leaf] = ['root', 'authority', 'signer'].map((name) => certificate(`${family}-${name}`));
    const others = FAMILIES.filter((other) => other !== family).map((other) => certificate(`${other}-authority`));
    const paths = buildPaths({
      leaf: leaf!,
      pool: [...others, authority!, root!, authority!],
      anchors: { certificates: [root!] },
    });
    expect(paths).toEqual([[leaf, authority, root]]);
  });

  it('gives a leaf that is an anchor alone, and none where no anchor is reached', () => {
    const leaf = certificate('sm2-signer');
    expect(buildPaths({ leaf, pool: [], anchors: { certificates: [leaf] } })).toEqual([[leaf]]);
    expect(
      buildPaths({ leaf, pool: [certificate('sm2-authority')], anchors: { certificates: [certificate('rsa-root')] } }),
    ).toEqual([]);
  });

  const forge = (subject: string, issuer: string, seed: number, ...extensions: Uint8Array[]) =>
    forged.forge({ subject, issuer, spki: forged.spkiOf(seed), extensions, serial: der.integer(seed + 1) });

  it('leaves out issuers of the same name with another key identifier', () => {
    const leaf = forge('leaf', 'ca', 1, forged.authorityKeyId('new'));
    const [old, renewed] = [
      forge('ca', 'root', 2, forged.subjectKeyId('old')),
      forge('ca', 'root', 3, forged.subjectKeyId('new')),
    ];
    const silent = forge('ca', 'root', 4);
    const root = forge('root', 'root', 5);
    const paths = buildPaths({ leaf, pool: [old, renewed, silent], anchors: { certificates: [root] } });
    expect(paths).toEqual([
      [leaf, renewed, root],
      [leaf, silent, root],
    ]);
  });

  it('does not go in circles', () => {
    const leaf = forge('leaf', 'a', 1);
    const pool = [forge('a', 'b', 2), forge('b', 'a', 3), forge('a', 'a', 2)];
    expect(buildPaths({ leaf, pool, anchors: { certificates: [forge('root', 'root', 9)] } })).toEqual([]);
  });

  it('finds paths of eight certificates and no longer ones', () => {
    const root = forge('c0', 'c0', 1);
    const chain = (length: number) => {
      const all = Array.from({ length: length - 1 }, (_, i) => forge(`c${i + 1}`, `c${i}`, i + 10));
      return buildPaths({ leaf: all.at(-1)!, pool: all.slice(0, -1), anchors: { certificates: [root] } });
    };
    expect(chain(8).map((path) => path.length)).toEqual([8]);
    expect(chain(9)).toEqual([]);
  });

  it('gives up early on a hostile web of cross-certificates', () => {
    const leaf = forge('leaf', 'n0', 200);
    const pool: Certificate[] = [];
    for (let i = 0; i < 12; i++) for (let j = 0; j < 12; j++) pool.push(forge(`n${i}`, `n${j}`, i));
    const nowhere = { certificates: [forge('root', 'root', 100)] };
    // Without a bound this does not end: there are more ways through the web than atoms.
    expect(buildPaths({ leaf, pool, anchors: nowhere })).toEqual([]);
    const somewhere = { certificates: [forge('n5', 'n5', 100)] };
    expect(buildPaths({ leaf, pool, anchors: somewhere })).toHaveLength(64);
    const everywhere = { certificates: Array.from({ length: 70 }, (_, i) => forge('n0', 'n0', 100 + i)) };
    expect(buildPaths({ leaf, pool, anchors: everywhere })).toHaveLength(64);
  });
});

describe('validatePath', () => {
  const question = (family: string, leaf: string, at = AT) => ({
    path: [certificate(`${family}-${leaf}`), certificate(`${family}-authority`), certificate(`${family}-root`)],
    at,
    crls: [crl(`${family}-root-crl`), crl(`${family}-authority-crl`)],
    purpose: ['digitalSignature', 'nonRepudiation'] as const,
  });

  it.each(FAMILIES)('finds a path made by OpenSSL in order, with every check listed (%s)', async (family) => {
    const cache = new Map<string, boolean>();
    const facts = await validatePath({ ...question(family, 'signer'), cache });
    expect(failures(facts)).toEqual([]);
    const names = (place: number) => facts.checks.filter((one) => one.place === place).map(({ check }) => check);
    const authority: PathCheckName[] = ['certificate-authority', 'path-length', 'key-cert-sign', 'critical-extensions'];
    expect(names(0)).toEqual(['signature', 'validity', 'name-chaining', 'critical-extensions', 'key-usage']);
    expect(names(1)).toEqual(['signature', 'validity', 'name-chaining', ...authority]);
    expect(names(2)).toEqual(['validity', ...authority]);
    expect(facts.revocations.map(({ status }) => status)).toEqual(['good', 'good']);
    expect([...cache.values()]).toEqual([true, true, true, true]);
    expect(await validatePath({ ...question(family, 'signer'), cache })).toEqual(facts);
  });

  it.each(FAMILIES)('tells when and why a certificate was revoked (%s)', async (family) => {
    const facts = await validatePath(question(family, 'revoked'));
    expect(failures(facts)).toEqual([]);
    expect(facts.revocations[0]).toMatchObject({
      status: 'revoked',
      at: new Date('2025-03-01T00:00:00Z'),
      reason: 'keyCompromise',
      crl: { id: crl(`${family}-authority-crl`).id },
    });
  });

  it.each(FAMILIES)('finds a certificate of which one bit was changed (%s)', async (family) => {
    const bytes = fixture(`${family}-signer`);
    const text = new TextEncoder().encode('99990000000001');
    const at = bytes.findIndex((_, i) => text.every((byte, j) => bytes[i + j] === byte));
    bytes[at] = 0x38;
    const { path, ...rest } = question(family, 'signer');
    const facts = await validatePath({ ...rest, path: [readCertificate(bytes), ...path.slice(1)] });
    expect(failures(facts)).toEqual([{ check: 'signature', place: 0, passed: false, why: 'wrong' }]);
  });

  it('tells too early from too late, for the anchor as well', async () => {
    const early = await validatePath(question('sm2', 'signer', new Date('2024-12-31T23:59:59Z')));
    expect(failures(early).map(({ place, why }) => `${place} ${why}`)).toEqual([
      '0 not-yet-valid',
      '1 not-yet-valid',
      '2 not-yet-valid',
    ]);
    expect(early.revocations.map((one) => one.status === 'unknown' && one.why)).toEqual(['not-yet', 'not-yet']);
    const late = await validatePath(question('sm2', 'signer', new Date('2035-01-01T00:00:01Z')));
    expect(failures(late).map(({ place, why }) => `${place} ${why}`)).toEqual(['0 expired', '1 expired']);
    expect(late.revocations.map((one) => one.status === 'unknown' && one.why)).toEqual(['stale', 'stale']);
    const last = await validatePath(question('sm2', 'signer', new Date('2035-01-01T00:00:00Z')));
    expect(failures(last)).toEqual([]);
  });

  it('names an authority that asks for name constraints', async () => {
    const facts = await validatePath({
      path: [certificate('sm2-constrained'), certificate('sm2-root')],
      at: AT,
      crls: [crl('sm2-root-crl')],
    });
    expect(failures(facts)).toEqual([{ check: 'critical-extensions', place: 0, passed: false, names: ['2.5.29.30'] }]);
  });

  const root = (parts: forged.Forged = {}) =>
    forged.forge({
      subject: 'root',
      issuer: 'root',
      extensions: [forged.authority(), forged.keyUsage(5, 6)],
      ...parts,
    });
  const middle = (parts: forged.Forged = {}) =>
    forged.forge({ subject: 'ca', issuer: 'root', extensions: [forged.authority(), forged.keyUsage(5, 6)], ...parts });
  const leaf = (parts: forged.Forged = {}) => forged.forge({ subject: 'leaf', issuer: 'ca', ...parts });
  const facts = (path: Certificate[]) =>
    validatePath({ path, at: AT, crls: [], cache: trusting, purpose: ['digitalSignature'] });

  it.each<[string, string[], Certificate[]]>([
    ['nothing amiss', [], [leaf(), middle(), root()]],
    ['an issuer that is not an authority', ['certificate-authority 1'], [leaf(), middle({ extensions: [] }), root()]],
    [
      'an issuer that says so itself',
      ['certificate-authority 1'],
      [leaf(), middle({ extensions: [forged.extension('2.5.29.19', der.sequence())] }), root()],
    ],
    ['an anchor of version 1', [], [leaf(), middle(), root({ version: [], extensions: [] })]],
    ['an issuer of version 1', ['certificate-authority 1'], [leaf(), middle({ version: [], extensions: [] }), root()]],
    [
      'an anchor of version 3 that is not an authority',
      ['certificate-authority 2'],
      [leaf(), middle(), root({ extensions: [] })],
    ],
    [
      'an issuer whose key may not sign certificates',
      ['key-cert-sign 1'],
      [leaf(), middle({ extensions: [forged.authority(), forged.keyUsage(6)] }), root()],
    ],
    [
      'an anchor whose key may not sign certificates',
      ['key-cert-sign 2'],
      [leaf(), middle(), root({ extensions: [forged.authority(), forged.keyUsage(6)] })],
    ],
    [
      'a path longer than the anchor allows',
      ['path-length 2'],
      [leaf(), middle(), root({ extensions: [forged.authority(0)] })],
    ],
    [
      'a self-issued certificate, which does not count',
      [],
      [leaf({ issuer: 'root' }), root(), root({ extensions: [forged.authority(0)] })],
    ],
    ['names that do not chain', ['name-chaining 0'], [leaf({ issuer: 'other' }), middle(), root()]],
    [
      'an unknown critical extension',
      ['critical-extensions 0'],
      [leaf({ extensions: [forged.extension('2.25.9', der.null(), true)] }), middle(), root()],
    ],
    [
      'an unknown extension that is not critical',
      [],
      [leaf({ extensions: [forged.extension('2.25.9', der.null())] }), middle(), root()],
    ],
    [
      'policy constraints that are not critical',
      ['critical-extensions 1'],
      [leaf(), middle({ extensions: [forged.authority(), forged.extension('2.5.29.36', der.sequence())] }), root()],
    ],
    ['a key that may not sign', ['key-usage 0'], [leaf({ extensions: [forged.keyUsage(2)] }), middle(), root()]],
    ['a leaf that is the anchor', [], [leaf()]],
  ])('finds with %s: %j', async (_, expected, path) => {
    expect(failed(await facts(path))).toEqual(expected);
  });

  it('says that it cannot judge an unknown algorithm, and names the missing usages', async () => {
    const unknown = leaf({ inner: der.sequence(der.oid('1.2.3')), extensions: [forged.keyUsage(2)] });
    expect(failures(await facts([unknown, middle(), root()]))).toEqual([
      { check: 'signature', place: 0, passed: false, why: 'suite-unknown' },
      { check: 'key-usage', place: 0, passed: false, names: ['digitalSignature'] },
    ]);
  });

  describe('revocation', () => {
    const day = (text: string) => new Date(`${text}T00:00:00Z`);
    const certificateOf = (parts: forged.Forged = {}) => forged.forge({ subject: 'leaf', issuer: 'root', ...parts });
    const ask = async (
      lists: forged.ForgedList[],
      more: {
        at?: Date;
        knownAt?: Date;
        maxCrlAge?: number;
        leaf?: Certificate;
        anchor?: Certificate;
        cache?: typeof trusting | undefined;
      } = {},
    ) => {
      const { leaf: subject = certificateOf(), anchor = root(), at = AT, ...options } = more;
      const result = await validatePath({
        path: [subject, anchor],
        at,
        crls: lists.map(forged.forgeList),
        cache: trusting,
        ...options,
      });
      return result.revocations[0]!;
    };
    const why = async (...question: Parameters<typeof ask>) => {
      const answer = await ask(...question);
      return answer.status === 'unknown' ? answer.why : answer.status;
    };

    it('is unknown without a list, and with lists of others', async () => {
      expect(await ask([])).toEqual({ status: 'unknown', why: 'no-crl' });
      expect(await ask([{ issuer: 'other' }])).toEqual({ status: 'unknown', why: 'no-crl' });
    });

    it('is good only by a fresh list', async () => {
      expect(await why([{}])).toBe('good');
      expect(await why([{ nextUpdate: AT }])).toBe('good');
      expect(await why([{ thisUpdate: AT }])).toBe('good');
      expect(await why([{ nextUpdate: day('2025-12-31') }])).toBe('stale');
      expect(await why([{ thisUpdate: day('2026-01-02') }])).toBe('not-yet');
    });

    it('obeys the limit on the age of a list, given in milliseconds', async () => {
      const age = AT.getTime() - forged.FROM.getTime();
      expect(await why([{}], { maxCrlAge: age })).toBe('good');
      expect(await why([{}], { maxCrlAge: age - 1 })).toBe('stale');
      expect(await why([{ nextUpdate: null }])).toBe('stale');
      expect(await why([{ nextUpdate: null }], { maxCrlAge: age })).toBe('good');
    });

    it('is unknown by a list that is not in order, for the reason of the newest such list', async () => {
      expect(await why([{}], { cache: undefined })).toBe('bad-signature');
      expect(await why([{ inner: der.sequence(der.oid('1.2.3')) }])).toBe('suite-unknown');
      expect(await why([{ extensions: [forged.extension('2.5.29.28', der.sequence(), true)] }])).toBe(
        'critical-extension',
      );
      expect(await why([{}], { anchor: root({ extensions: [forged.authority(), forged.keyUsage(5)] }) })).toBe(
        'key-usage',
      );
      expect(await why([{}], { anchor: root({ subject: 'renamed' }) })).toBe('bad-signature');
      expect(await why([{ nextUpdate: day('2025-06-01') }, { thisUpdate: day('2027-01-01') }])).toBe('not-yet');
    });

    it('is not spoilt by a bad list beside a good one', async () => {
      expect(await why([{ thisUpdate: day('2025-12-01'), inner: der.sequence(der.oid('1.2.3')) }, {}])).toBe('good');
    });

    it('lets no stale or newer list undo a revocation', async () => {
      const revokedThen = {
        entries: [forged.entry(1, day('2025-02-01'), forged.reason(1))],
        nextUpdate: day('2025-03-01'),
      };
      expect(await ask([revokedThen])).toMatchObject({
        status: 'revoked',
        at: day('2025-02-01'),
        reason: 'keyCompromise',
      });
      expect(await why([revokedThen, { thisUpdate: day('2025-12-01') }])).toBe('revoked');
    });

    it('lets a newer list lift a hold', async () => {
      const held = { entries: [forged.entry(1, day('2025-02-01'), forged.reason(6))] };
      expect(await ask([held])).toMatchObject({ status: 'revoked', reason: 'certificateHold' });
      expect(await why([held, { thisUpdate: day('2025-12-01') }])).toBe('good');
      expect(await why([{ thisUpdate: day('2025-12-01'), nextUpdate: day('2025-12-02') }, held])).toBe('stale');
    });

    it('judges a past time by what is known later, and tells a later revocation with its date', async () => {
      const later = { thisUpdate: day('2026-06-01') };
      const known = { at: AT, knownAt: day('2026-06-02') };
      expect(await why([later], known)).toBe('good');
      const revoked = { ...later, entries: [forged.entry(1, day('2026-05-01'))] };
      expect(await ask([revoked], known)).toMatchObject({
        status: 'revoked',
        at: day('2026-05-01'),
        reason: undefined,
      });
    });

    it('does not call a certificate good that had expired when the list was made', async () => {
      const expired = certificateOf({ validity: der.sequence(der.time(forged.FROM), der.time(day('2026-02-01'))) });
      expect(await why([{ thisUpdate: day('2026-03-01') }], { leaf: expired, knownAt: day('2026-03-02') })).toBe(
        'certificate-expired',
      );
    });
  });
});
