const NOT_USED = 'RFC 5652 puts it outside of what is signed, and no check takes anything from it';

/**
 * Bytes whose change has a lesser effect than it must have, and why. Names of parts as in changes.mjs. `outcome` is the
 * best that may come of a change there; all that may still be accepted lies in /Contents, which no PDF signature can cover.
 */
export const EXCEPTIONS = [
  { where: 'CMS, version', outcome: 'accepted', reason: NOT_USED },
  {
    where: 'CMS, digestAlgorithms',
    outcome: 'accepted',
    reason: `${NOT_USED}: the signer's own, in SignerInfo, is compared with the suite`,
  },
  { where: 'CMS, version of the signer', outcome: 'accepted', reason: NOT_USED },
  {
    where: 'CMS, certificate of an issuer',
    outcome: 'accepted',
    reason:
      'a help to build the path. Changed it vouches for nothing; the path then has the same certificate from the trust directory',
  },
  {
    where: 'name of the header x5c',
    outcome: 'undetermined',
    reason:
      'signed, but under another name there is no certificate and so no key to check the signature with: INDETERMINATE',
  },
];
