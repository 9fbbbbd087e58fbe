const NOT_USED = 'RFC 5652 puts it outside of what is signed, and no check takes anything from it';

/**
 * Parts of a sealed file in which a byte may change although the file stays accepted, and why. Names as in changes.mjs.
 * All lie in /Contents, which no PDF signature can cover; every other byte there has one permitted value only.
 */
export const EXCEPTIONS = [
  { where: 'CMS, version', reason: NOT_USED },
  { where: 'CMS, digestAlgorithms', reason: `${NOT_USED}: the signer's own, in SignerInfo, is compared with the suite` },
  { where: 'CMS, version of the signer', reason: NOT_USED },
  {
    where: 'CMS, certificate of an issuer',
    reason: 'a help to build the path. Changed it vouches for nothing; the path is then built with the same certificate from the trust directory',
  },
];
