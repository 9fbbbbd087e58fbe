import { Integer } from 'asn1js';
import type { Sequence } from 'asn1js';
import {
  AlgorithmIdentifier,
  CertificateRevocationList,
  Extension,
  Extensions,
  RelativeDistinguishedNames,
  RevokedCertificate,
  Time,
  TimeType,
} from 'pkijs';
import type { CryptoEngineAlgorithmParams, ICryptoEngine } from 'pkijs';
import { suiteById } from '../../../core/crypto/index.js';
import { der, fromHex, tlv } from '../../../core/encoding/index.js';
import type { Signer } from '../signer.js';

/** RFC 5280 5.3.1. `unspecified` is written by leaving the reason out. */
export const CRL_REASONS = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  privilegeWithdrawn: 9,
} as const;

export type RevocationReason = keyof typeof CRL_REASONS;

export interface CrlOrder {
  /** The issuer's name as it stands in its certificate, DER. */
  readonly issuerName: Uint8Array;
  /** Hex. */
  readonly issuerKeyId: string;
  readonly number: number;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly revoked: readonly { readonly serial: string; readonly at: Date; readonly reason: RevocationReason }[];
  readonly signer: Signer;
}

/** A full CRL, version 2, RFC 5280 5, DER. The library gets our signer for its engine, so SM2 goes the same way as RSA. */
export async function makeCrl(order: CrlOrder): Promise<Uint8Array> {
  const list = new CertificateRevocationList({
    version: 1,
    issuer: RelativeDistinguishedNames.fromBER(plain(order.issuerName)),
    thisUpdate: time(order.thisUpdate),
    nextUpdate: time(order.nextUpdate),
    crlExtensions: new Extensions({
      extensions: [
        new Extension({
          extnID: '2.5.29.35',
          // AuthorityKeyIdentifier with keyIdentifier [0] alone.
          extnValue: plain(der.sequence(der.implicit(0, fromHex(order.issuerKeyId), false))),
        }),
        new Extension({ extnID: '2.5.29.20', extnValue: new Integer({ value: order.number }).toBER() }),
      ],
    }),
  });
  // RFC 5280 5.1.2.6: an empty list must be absent.
  if (order.revoked.length > 0) list.revokedCertificates = order.revoked.map(entry);
  await list.sign({} as CryptoKey, '', engineOf(order.signer));
  return new Uint8Array((list.toSchema() as Sequence).toBER());
}

/** The two calls that `sign` makes. */
function engineOf(signer: Signer): ICryptoEngine {
  const signatureAlgorithm = AlgorithmIdentifier.fromBER(plain(suiteById(signer.suite).signatureAlgorithm));
  const engine: Pick<ICryptoEngine, 'getSignatureParameters' | 'signWithPrivateKey'> = {
    getSignatureParameters: () =>
      Promise.resolve({ signatureAlgorithm, parameters: {} as CryptoEngineAlgorithmParams }),
    signWithPrivateKey: (tbs) => Promise.resolve(plain(signer.sign(new Uint8Array(tbs as ArrayBuffer)))),
  };
  return engine as ICryptoEngine;
}

function entry({ serial, at, reason }: CrlOrder['revoked'][number]): RevokedCertificate {
  const reasonCode = { extnID: '2.5.29.21', extnValue: plain(tlv(0x0a, Uint8Array.of(CRL_REASONS[reason]))) };
  return new RevokedCertificate({
    userCertificate: Integer.fromBigInt(BigInt(`0x${serial}`)),
    revocationDate: time(at),
    ...(reason === 'unspecified'
      ? {}
      : { crlEntryExtensions: new Extensions({ extensions: [new Extension(reasonCode)] }) }),
  });
}

/** RFC 5280 5.1.2.4: UTCTime through 2049. */
function time(value: Date): Time {
  return new Time({ type: value.getUTCFullYear() < 2050 ? TimeType.UTCTime : TimeType.GeneralizedTime, value });
}

const plain = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;
