import { NOT_APPLICABLE, PASSED, failed, require, undetermined } from './check.js';
import type { Outcome, SignatureCheck } from './check.js';
import type { CmsFacts, SignatureFacts } from '../facts.js';
import type { ReasonCode } from '../words/reasons.table.js';

/** EN 319 102-1, format checking: nothing below makes sense where one of these fails. */
export const FORMAT_CHECKS: readonly SignatureCheck[] = [
  {
    name: 'signature.readable',
    fragment: 'integrity',
    run: ({ unreadable }) =>
      unreadable ? failed('SIGNATURE_UNREADABLE', 'FORMAT_FAILURE', { code: unreadable.code }) : PASSED,
  },
  {
    name: 'pdf.coverage',
    fragment: 'integrity',
    run: ({ pdf }) =>
      listOf(pdf && (pdf.coverage === 'invalid' ? ['BYTE_RANGE', ...pdf.coverageProblems] : []), 'COVERAGE_INVALID'),
  },
  {
    name: 'pdf.contents',
    fragment: 'integrity',
    run: ({ pdf }) => listOf(pdf && pdf.contentsProblems, 'CONTENTS_MALFORMED'),
  },
  {
    name: 'pdf.signature-field',
    fragment: 'integrity',
    run: ({ pdf }) => listOf(pdf && pdf.problems, 'SIGNATURE_FIELD_MALFORMED'),
  },
  { name: 'pdf.later-changes', fragment: 'integrity', run: laterChanges },
  {
    name: 'pdf.sub-filter',
    fragment: 'seal',
    run: ({ pdf }, { policy }) => {
      if (!pdf) return NOT_APPLICABLE;
      return require(policy.subFilters.includes(pdf.subFilter ?? ''), 'SUB_FILTER_UNKNOWN', 'FORMAT_FAILURE', {
        subFilter: pdf.subFilter,
      });
    },
  },
  cmsCheck('cms.encoding', 'integrity', ({ ber }) => require(!ber, 'CMS_NOT_DER', 'FORMAT_FAILURE')),
  cmsCheck('cms.trailing-data', 'integrity', ({ trailing }) =>
    require(trailing === 0, 'CMS_TRAILING_DATA', 'FORMAT_FAILURE', { bytes: trailing }),
  ),
  cmsCheck('cms.one-signer', 'seal', ({ signers }) =>
    require(signers === 1, 'CMS_SIGNERS', 'FORMAT_FAILURE', { signers }),
  ),
  cmsCheck('cms.detached', 'integrity', ({ detached }) => require(detached, 'CMS_CONTENT_INSIDE', 'FORMAT_FAILURE')),
  // Without attributes, content that reads as attributes could be passed off as them, and the other way round.
  cmsCheck('cms.signed-attributes', 'integrity', ({ hasAttributes, contentIsAttributes }) =>
    require(hasAttributes && !contentIsAttributes, 'CMS_ATTRIBUTES_MISSING', 'FORMAT_FAILURE'),
  ),
  cmsCheck('cms.attribute-order', 'integrity', ({ attributesInOrder }) =>
    require(attributesInOrder, 'CMS_ATTRIBUTES_NOT_DER', 'FORMAT_FAILURE'),
  ),
  cmsCheck('cms.content-type', 'integrity', ({ contentType }) =>
    require(contentType === 'right', 'CMS_CONTENT_TYPE', 'FORMAT_FAILURE', { contentType }),
  ),
  cmsCheck('cms.digest-algorithm', 'integrity', ({ digestFitsSuite, digestAlgorithm }, { suite }) =>
    // An unknown signature algorithm is reported once, by `signature.algorithm`.
    suite === null
      ? NOT_APPLICABLE
      : require(digestFitsSuite, 'CMS_DIGEST_ALGORITHM', 'FORMAT_FAILURE', { digestAlgorithm }),
  ),
  cmsCheck('cms.message-digest', 'integrity', messageDigest),
  cmsCheck('cms.signing-time', 'seal', ({ signingTime }) => require(!signingTime, 'CMS_SIGNING_TIME')),
  {
    name: 'jws.type',
    fragment: 'integrity',
    run: ({ jws }) =>
      jws ? require(jws.typ === 'dc+sd-jwt', 'JWS_TYPE', 'FORMAT_FAILURE', { typ: jws.typ }) : NOT_APPLICABLE,
  },
];

/** RFC 5652 5.4: the digest in the attributes is that of the covered bytes. */
function messageDigest({ messageDigest: found, digestAlgorithm }: CmsFacts): Outcome {
  if (found === 'equal') return PASSED;
  if (found === 'different') return failed('DIGEST_DIFFERS', 'HASH_FAILURE');
  if (found === 'not-computed')
    return failed('DIGEST_ALGORITHM_UNKNOWN', 'CRYPTO_CONSTRAINTS_FAILURE', { digestAlgorithm });
  return failed('MESSAGE_DIGEST_ATTRIBUTE', 'FORMAT_FAILURE', { attribute: found });
}

/**
 * A certified document (DocMDP P=1) allows no later change but validation data and time-stamps, whoever made it. In
 * other documents a change off the white list is doubt: the policy says what doubt leads to.
 */
function laterChanges({ pdf }: SignatureFacts, { facts, policy }: Parameters<SignatureCheck['run']>[1]): Outcome {
  if (!pdf) return NOT_APPLICABLE;
  if (pdf.changesAfter !== 'other') return { result: 'passed', details: { changes: pdf.changesAfter } };
  const changes = facts
    .pdf!.revisions.flatMap((one) => one.changes)
    .slice(0, 10)
    .join('; ');
  return pdf.docMdp === 1 || policy.doubt === 'failed'
    ? failed('CHANGED_AFTER_SIGNING', 'FORMAT_FAILURE', { changes })
    : undetermined('CHANGED_AFTER_SIGNING', 'GENERIC', { changes });
}

function cmsCheck(
  name: SignatureCheck['name'],
  fragment: SignatureCheck['fragment'],
  run: (cms: CmsFacts, signature: SignatureFacts) => Outcome,
): SignatureCheck {
  return { name, fragment, run: (signature) => (signature.cms ? run(signature.cms, signature) : NOT_APPLICABLE) };
}

function listOf(problems: readonly string[] | null, reason: ReasonCode): Outcome {
  if (problems === null) return NOT_APPLICABLE;
  return require(problems.length === 0, reason, 'FORMAT_FAILURE', { problems: problems.join(', ') });
}
