export type * from './types.js';
export { PkiError } from './errors.js';
export type { PkiErrorCode } from './errors.js';
export { readCertificate } from './x509/certificate.js';
export { NAME_OIDS, commonNameOf, organisationOf, sameName } from './x509/name.js';
export { publicKeyOf } from './x509/public-key.js';
export type { PublicKeyKind } from './x509/public-key.js';
export { readCertificateList } from './crl/certificate-list.js';
export { verifyCertificateList } from './crl/verify-certificate-list.js';
export type { CertificateListCheck } from './crl/verify-certificate-list.js';
export { ATTRIBUTE_OIDS, CMS_OIDS } from './cms/oids.js';
export { certificateOfSigner, readSignedData } from './cms/signed-data.js';
export { readsAsAttributes } from './cms/attributes.js';
export {
  attributeOf,
  claimedSigningTimeOf,
  contentTypeOf,
  isReferenceTo,
  messageDigestOf,
  signingCertificateOf,
} from './cms/read-attributes.js';
export { signedAttributes } from './cms/signed-attributes.js';
export { signedData } from './cms/write-signed-data.js';
export { buildPaths } from './path/build-paths.js';
export { validatePath } from './path/validate-path.js';
export type { PathQuestion } from './path/validate-path.js';
