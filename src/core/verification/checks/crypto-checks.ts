import { NOT_APPLICABLE, PASSED, require, undetermined } from './check.js';
import type { JudgeContext, Outcome, SignatureCheck } from './check.js';
import type { CertificateFacts, SignatureFacts } from '../facts.js';
import type { SuiteId } from '../../crypto/index.js';

/** EN 319 102-1: identification of the signing certificate, cryptographic verification, algorithm constraints. */
export const CRYPTO_CHECKS: readonly SignatureCheck[] = [
  {
    name: 'signature.certificate',
    fragment: 'seal',
    run: ({ signer, unreadable }) =>
      unreadable
        ? NOT_APPLICABLE
        : signer
          ? PASSED
          : undetermined('SIGNER_CERTIFICATE_MISSING', 'NO_SIGNING_CERTIFICATE_FOUND'),
  },
  {
    name: 'cms.signing-certificate',
    fragment: 'seal',
    run: ({ cms }) =>
      cms
        ? require(cms.signingCertificate !== 'absent', 'SIGNING_CERTIFICATE_ABSENT', 'SIG_CONSTRAINTS_FAILURE')
        : NOT_APPLICABLE,
  },
  { name: 'cms.signing-certificate-match', fragment: 'seal', run: signingCertificateMatch },
  {
    name: 'signature.algorithm',
    fragment: 'seal',
    run: ({ suite, unreadable }, { policy, at }) =>
      unreadable
        ? NOT_APPLICABLE
        : require(isAccepted(suite, policy, at), 'ALGORITHM_NOT_ACCEPTED', 'CRYPTO_CONSTRAINTS_FAILURE', {
            algorithm: suite,
          }),
  },
  {
    name: 'signature.key',
    fragment: 'seal',
    run: ({ signer }, { policy }) =>
      signer
        ? require(isStrong(signer, policy), 'KEY_TOO_WEAK', 'CRYPTO_CONSTRAINTS_FAILURE', keyDetails(signer))
        : NOT_APPLICABLE,
  },
  {
    name: 'signature.value',
    fragment: 'integrity',
    run: ({ value, unreadable }) => {
      if (unreadable) return NOT_APPLICABLE;
      if (value === 'not-checked') return undetermined('SIGNATURE_NOT_CHECKED', 'GENERIC');
      return require(value === 'right', 'SIGNATURE_WRONG', 'SIG_CRYPTO_FAILURE');
    },
  },
];

/**
 * RFC 5035: without it another certificate for the same key could take the signer's place. Where it names another one,
 * what was signed contradicts what is shown: a forged structure, so TOTAL_FAILED, whatever the policy tolerates.
 */
function signingCertificateMatch({ cms, signer }: SignatureFacts): Outcome {
  if (!cms || !signer || cms.signingCertificate === 'absent') return NOT_APPLICABLE;
  const { signingCertificate: attribute } = cms;
  return require(attribute === 'named', 'SIGNING_CERTIFICATE_OTHER', 'FORMAT_FAILURE', { attribute });
}

export function isAccepted(suite: SuiteId | null, policy: JudgeContext['policy'], at: Date): boolean {
  const end = suite === null ? undefined : policy.suites[suite];
  return end !== undefined && at < new Date(`${end}T00:00:00Z`);
}

export function isStrong({ rsaBits, curve }: CertificateFacts, policy: JudgeContext['policy']): boolean {
  return rsaBits === null ? policy.curves.includes(curve!) : rsaBits >= policy.minRsaBits;
}

export const keyDetails = ({ rsaBits, curve }: CertificateFacts) => ({ rsaBits, curve });
