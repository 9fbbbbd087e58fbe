import { suiteById } from '../../../core/crypto/index.js';
import type { SuiteId } from '../../../core/crypto/index.js';

/** One cryptography, one root: a certificate and all above it use the same mathematics. */
export type Family = 'sm2' | 'rsa' | 'ecdsa';

export interface FamilyRow {
  readonly id: Family;
  /** In names of authorities. */
  readonly label: string;
  /** What the authorities of this family sign certificates and CRLs with. */
  readonly suite: SuiteId;
}

export const FAMILIES: readonly FamilyRow[] = [
  { id: 'sm2', label: 'SM2', suite: 'SM2-SM3' },
  { id: 'rsa', label: 'RSA', suite: 'RSA-PKCS1-SHA256' },
  { id: 'ecdsa', label: 'ECDSA', suite: 'ECDSA-P256-SHA256' },
];

export const familyRow = (id: Family): FamilyRow => FAMILIES.find((row) => row.id === id)!;

/** The family in which a key of this suite gets its certificate. */
export function familyOf(suite: SuiteId): Family {
  switch (suiteById(suite).scheme.kind) {
    case 'sm2':
      return 'sm2';
    case 'rsa-pkcs1':
    case 'rsa-pss':
      return 'rsa';
    case 'ecdsa':
      return 'ecdsa';
    case 'ed25519':
      throw new TypeError('no certificates are issued for Ed25519 keys');
  }
}
