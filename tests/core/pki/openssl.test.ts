import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hash } from '#primitives';
import { checkSuiteSignature, suiteById } from '../../../src/core/crypto/index.js';
import { utf8 } from '../../../src/core/encoding/index.js';
import { readCertificate, readSignedData, signedAttributes, signedData } from '../../../src/core/pki/index.js';
import { opensslFolder, opensslVersion } from './fixtures/openssl-cli.js';

const CONTENT = utf8('content that is signed\n');
const DISTID = 'distid:1234567812345678';
const PSS = ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:32'];

/** How the command makes a key, a certificate and a signature in each family. */
const FAMILIES = {
  'RSA-PKCS1-SHA256': {
    key: ['RSA', 'rsa_keygen_bits:2048'],
    certify: ['-sha256'],
    sign: ['dgst', '-sha256', '-sign', 'key'],
  },
  'RSA-PSS-SHA256': {
    key: ['RSA', 'rsa_keygen_bits:2048'],
    certify: ['-sha256', ...PSS],
    sign: ['dgst', '-sha256', ...PSS, '-sign', 'key'],
  },
  'ECDSA-P256-SHA256': {
    key: ['EC', 'ec_paramgen_curve:P-256'],
    certify: ['-sha256'],
    sign: ['dgst', '-sha256', '-sign', 'key'],
  },
  'SM2-SM3': {
    key: ['EC', 'ec_paramgen_curve:SM2'],
    certify: ['-sm3', '-sigopt', DISTID],
    sign: ['pkeyutl', '-sign', '-rawin', '-digest', 'sm3', '-pkeyopt', DISTID, '-inkey', 'key', '-in'],
  },
} as const;

(opensslVersion() === undefined ? describe.skip : describe)('OpenSSL', () => {
  let folder: ReturnType<typeof opensslFolder>;
  beforeAll(() => {
    folder = opensslFolder();
    folder.write('content', CONTENT);
    folder.write('changed', utf8('content that was changed\n'));
  });
  afterAll(() => folder.remove());

  const make = (id: keyof typeof FAMILIES) => {
    const { key, certify, sign } = FAMILIES[id];
    const suite = suiteById(id);
    folder.run('genpkey', '-algorithm', key[0], '-pkeyopt', key[1], '-out', 'key');
    folder.run(
      'req',
      '-x509',
      '-key',
      'key',
      '-subj',
      '/CN=sample',
      '-days',
      '30',
      ...certify,
      '-addext',
      'keyUsage=critical,digitalSignature',
      '-out',
      'cert.pem',
    );
    folder.run('x509', '-in', 'cert.pem', '-outform', 'DER', '-out', 'cert.der');
    const signingCertificate = readCertificate(folder.read('cert.der'));
    const attributes = signedAttributes({
      messageDigest: hash(suite.hash, CONTENT),
      signingCertificate,
      suite,
      extra: [{ oid: '2.25.9', values: [utf8('\u0005\u0000')] }],
    });
    folder.write('attributes', attributes);
    folder.run(sign[0], '-out', 'signature', ...sign.slice(1), 'attributes');
    const signature = folder.read('signature');
    const bytes = signedData({
      suite,
      signedAttributes: attributes,
      signature,
      certificates: [signingCertificate.der],
    });
    folder.write('signed.cms', bytes);
    return { suite, signingCertificate, bytes };
  };

  it.each(['RSA-PKCS1-SHA256', 'RSA-PSS-SHA256', 'ECDSA-P256-SHA256'] as const)(
    'accepts what signedData writes, and only over its content (%s)',
    (id) => {
      make(id);
      const verify = (content: string) =>
        folder.says(
          'cms',
          '-verify',
          '-cades',
          '-binary',
          '-inform',
          'DER',
          '-in',
          'signed.cms',
          '-content',
          content,
          '-CAfile',
          'cert.pem',
          '-purpose',
          'any',
          '-out',
          'out',
        );
      expect(verify('content')).toBe(true);
      expect(verify('changed')).toBe(false);
    },
  );

  it('accepts an SM2 signature over the attributes that the reader gives (openssl cms has no way to say the user id)', async () => {
    const { suite, signingCertificate, bytes } = make('SM2-SM3');
    const { signedBytes, signature } = readSignedData(bytes).signers[0]!;
    expect(await checkSuiteSignature({ suite, spki: signingCertificate.spki, message: signedBytes!, signature })).toBe(
      true,
    );
    folder.write('message', signedBytes!);
    folder.write('value', signature);
    const verify = (id: string) =>
      folder.says(
        'pkeyutl',
        '-verify',
        '-rawin',
        '-digest',
        'sm3',
        '-pkeyopt',
        id,
        '-certin',
        '-inkey',
        'cert.pem',
        '-in',
        'message',
        '-sigfile',
        'value',
      );
    expect(verify(DISTID)).toBe(true);
    expect(verify('distid:0000000000000000')).toBe(false);
  });
});
