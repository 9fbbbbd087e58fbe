export type * from './types.js';
export { OID_JOURNAL_PROOF, OID_RENDITION_BINDING } from './oids.js';
export { intentDigest, intentLeaf } from './intent.js';
export type {
  ByteRange,
  ChangeLevel,
  Coverage,
  FaceFont,
  FacePicture,
  FaceRun,
  HiddenReason,
  HiddenText,
  ObjectChange,
  PdfAttachment,
  PdfFace,
  PdfInspection,
  PdfRevision,
  PdfSignature,
} from './pdf/read/inspection.js';
export type { PdfProblemCode, StructureProblem } from './pdf/read/problems.js';
export { LayoutError } from './layout/errors.js';
export type { LayoutErrorCode } from './layout/errors.js';
export { readFont } from './layout/font.js';
export type { Font } from './layout/font.js';
export type { FontBook, FontName } from './layout/font-book.js';
export { faceFact, faceText, FACE_FACTS } from './layout/face-text.js';
export type { FaceFact, FaceFormat } from './layout/face-text.js';
export type { FaceData } from './layout/element-content.js';
export { layOut } from './layout/lay-out.js';
export { prepareLayout } from './layout/prepare-layout.js';
export type { PreparedLayout } from './layout/prepare-layout.js';
export { readTemplate } from './layout/read-template.js';
export { sealPaths } from './layout/seal-picture.js';
export type { LayoutTemplate } from './layout/template.js';
export type { Box, GlyphRun, LaidContent, LaidItem, LaidPage, PathStep, VectorPath } from './layout/laid-page.js';
export { composePdf } from './pdf/write/compose-pdf.js';
export type { AttachedFile, PdfInput, PdfSignatureFields } from './pdf/write/compose-pdf.js';
export { preparePdf } from './pdf/write/prepare-pdf.js';
export type { PreparedPdf } from './pdf/write/prepare-pdf.js';
export type { PdfMetadata } from './pdf/write/xmp.js';
export type { UnsealedPdf } from './pdf/unsealed-pdf.js';
export { detectFile } from './detect.js';
export type { FileKind } from './detect.js';
export {
  SD_JWT_MEDIA_TYPE,
  SD_JWT_TYPE,
  SdJwtError,
  VCT_PREFIX,
  addJournalProof,
  digestOfDisclosure,
  inspectSdJwt,
  parseDisclosure,
  prepareSdJwt,
  processPayload,
  readSdJwtLicence,
  serialiseSdJwt,
} from './sd-jwt/index.js';
export type {
  PreparedSdJwt,
  SdJwtDraft,
  SdJwtErrorCode,
  SdJwtInspection,
  SdJwtLicence,
  SignableSdJwt,
} from './sd-jwt/index.js';
export {
  CodeTokenError,
  checkCodeToken,
  codeTokenKeyId,
  prepareCodeToken,
  readCodeToken,
  sealCodeToken,
} from './code-token/index.js';
export type {
  CodeToken,
  CodeTokenCheck,
  CodeTokenErrorCode,
  CodeTokenKey,
  PreparedCodeToken,
  ReadCodeToken,
} from './code-token/index.js';
export { RenditionError } from './errors.js';
export type { RenditionErrorCode } from './errors.js';
export { decodeBinding, encodeBinding, readBinding } from './binding.js';
export { decodeJournalProof, encodeJournalProof, readIntent, readJournalProof } from './journal-proof.js';
export { PdfError } from './pdf/read/errors.js';
export type { PdfErrorCode } from './pdf/read/errors.js';
export { inspectPdf } from './pdf/read/inspect-pdf.js';
export { PdfSealError } from './pdf/seal/errors.js';
export type { PdfSealErrorCode } from './pdf/seal/errors.js';
export { contentDigest, coveredRanges, sealPdf } from './pdf/seal/seal-pdf.js';
export { estimateContentsBytes } from './pdf/seal/estimate-contents-bytes.js';
export type { ContentsParts } from './pdf/seal/estimate-contents-bytes.js';
export { embeddedOutlines, sameOutline } from './embedded-outlines.js';
export type { Outlines } from './embedded-outlines.js';
