import type { Certificate } from '../pki/index.js';
import { OID_RENDITION_BINDING, SD_JWT_MEDIA_TYPE, decodeBinding, readSdJwtLicence } from '../renditions/index.js';
import type { PdfInspection, SdJwtInspection } from '../renditions/index.js';
import { attributeOf } from '../pki/index.js';
import { attempt } from './inspect.js';
import type { Inspection } from './inspect.js';
import { certificateIn, sdJwtIn, signedDataIn } from './read-once.js';

/** What the world should be asked for. Taken from the file: names to look up in configured sources, never addresses to call. */
export interface Needs {
  /** DER of the names whose revocation lists are wanted, each once. */
  readonly issuers: readonly Uint8Array[];
  /** Licence identifiers as the file claims them, each once. */
  readonly licences: readonly string[];
}

/** `intermediates`: certificates that the caller has besides, which paths may run through. */
export function needsOf(inspection: Inspection, intermediates: readonly Certificate[] = []): Needs {
  const found = inFile(inspection);
  const issuers = new Map([...found.certificates, ...intermediates].map(({ issuer }) => [issuer.key, issuer.der]));
  return { issuers: [...issuers.values()], licences: [...new Set(found.licences)] };
}

interface Found {
  readonly certificates: readonly Certificate[];
  readonly licences: readonly string[];
}

const NOTHING: Found = { certificates: [], licences: [] };

function inFile(inspection: Inspection): Found {
  if (inspection.kind === 'sd-jwt') return inSdJwt(inspection.sdJwt);
  if (inspection.kind !== 'pdf') return NOTHING;
  // The data inside is signed too, by a key whose authority may be another than that of the seal.
  const attached = attachedTokens(inspection.pdf).map((bytes) => {
    const read = sdJwtIn(bytes);
    return read.ok ? { ...inSdJwt(read.value), licences: [] } : NOTHING;
  });
  return join([...inspection.pdf.signatures.map(({ contents }) => inCms(contents)), ...attached]);
}

function inSdJwt(sdJwt: SdJwtInspection): Found {
  const licence = readSdJwtLicence(sdJwt);
  return {
    certificates: sdJwt.certificates.map(certificateIn).flatMap((read) => (read.ok ? [read.value] : [])),
    licences: licence ? [licence.binding.licence] : [],
  };
}

function inCms(contents: Uint8Array): Found {
  const read = signedDataIn(contents);
  if (!read.ok) return NOTHING;
  const licences = read.value.signers.flatMap((signer) => {
    const binding = attributeOf(signer, OID_RENDITION_BINDING);
    const value = binding.found === 'once' ? attempt(() => decodeBinding(binding.value).licence) : undefined;
    return value?.ok ? [value.value] : [];
  });
  return { certificates: read.value.certificates, licences };
}

const attachedTokens = (pdf: PdfInspection): readonly Uint8Array[] =>
  pdf.attachments.flatMap(({ mediaType, bytes }) => (mediaType === SD_JWT_MEDIA_TYPE && bytes !== null ? [bytes] : []));

function join(parts: readonly Found[]): Found {
  return { certificates: parts.flatMap((one) => one.certificates), licences: parts.flatMap((one) => one.licences) };
}
