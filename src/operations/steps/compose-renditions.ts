import { suiteById, type SuiteId } from '../../core/crypto/index.js';
import { fromBase64 } from '../../core/encoding/index.js';
import { commit, type Commitment } from '../../core/licence/index.js';
import { readCertificate, signedAttributes, signedData } from '../../core/pki/index.js';
import {
  OID_JOURNAL_PROOF,
  OID_RENDITION_BINDING,
  addJournalProof,
  contentDigest,
  encodeBinding,
  encodeJournalProof,
  estimateContentsBytes,
  prepareCodeToken,
  prepareSdJwt,
  sealCodeToken,
  sealPdf,
  serialiseSdJwt,
} from '../../core/renditions/index.js';
import type {
  Binding,
  JournalProof,
  PreparedCodeToken,
  PreparedSdJwt,
  RenditionKind,
} from '../../core/renditions/index.js';
import { dataKeyFor, sealKeyFor } from '../../core/seal/index.js';
import type { Seal, SealKey } from '../../core/seal/index.js';
import type { Fonts, LicenceRecord, Templates } from '../../ports/index.js';
import { composeSheet, preparedSheet } from './compose-sheet.js';
import { dataSuiteOf } from './data-suite.js';
import { OperationError } from '../errors.js';
import { loadSealOf } from './load-seal.js';
import { signWithIntent, type SignWorld, type ToSign } from './sign-with-intent.js';

export type ComposeWorld = SignWorld & {
  readonly templates: Templates;
  readonly fonts: Fonts;
  /** Where a code on a licence leads, without a slash at the end. */
  readonly publicUrl: string;
};

/** A finished file that nobody has seen yet. */
export interface SealedRendition {
  readonly kind: 'pdf' | 'sd-jwt';
  readonly suite: SuiteId;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly intentId: string;
}

/** Growth of the proof between estimate and signing, and certificates of other sizes: doubled when it is not enough. */
const CONTENTS_ATTEMPTS = 3;

/**
 * Makes every rendition that was asked for. Two rounds of intents: the structured data and the licence codes first, then
 * the PDFs, which carry both. Nothing here is visible to anyone yet.
 */
export async function composeRenditions(
  world: ComposeWorld,
  record: LicenceRecord,
): Promise<readonly SealedRendition[]> {
  const { seal } = await loadSealOf(world, record.issuerCode, sealRoleOf(world.templates, record));
  const now = world.clock.now();
  const commitment = commit({ licence: record.licence, requiredSuites: record.requiredSuites, salts: record.salts });
  const pdfs = record.wanted.filter(({ kind }) => kind === 'pdf').map(({ suite }) => suite);
  const data = record.wanted.filter(({ kind }) => kind === 'sd-jwt').map(({ suite }) => suite);
  const draft = { world, record, seal, commitment, now };

  const first = await signCodesAndData(draft, [...new Set(pdfs.map(dataSuiteOf))], data);
  const files = data.map((suite): SealedRendition => ({
    kind: 'sd-jwt',
    suite,
    mediaType: 'application/dc+sd-jwt',
    ...first.data.get(suite)!,
  }));
  return [...(await sealPdfs(draft, pdfs, first)), ...files];
}

interface Draft {
  readonly world: ComposeWorld;
  readonly record: LicenceRecord;
  readonly seal: Seal;
  readonly commitment: Commitment;
  readonly now: Date;
}

/** What the PDFs carry, by suite of the data key. */
interface SignedData {
  readonly codes: ReadonlyMap<SuiteId, string>;
  readonly data: ReadonlyMap<SuiteId, { readonly bytes: Uint8Array; readonly intentId: string }>;
}

async function signCodesAndData(
  draft: Draft,
  pdfSuites: readonly SuiteId[],
  dataSuites: readonly SuiteId[],
): Promise<SignedData> {
  const { world, record, seal, now } = draft;
  const codes = pdfSuites.map((suite) => {
    const key = dataKeyFor(seal, suite, now);
    return { suite, key, code: prepareCode(record, key, now) };
  });
  const data = [...new Set([...pdfSuites, ...dataSuites])].map((suite) => ({
    suite,
    key: dataKeyFor(seal, suite, now),
    data: prepareData(draft, suite),
  }));
  const signed = await signWithIntent(world, [
    ...codes.map(({ key, code }): ToSign => ({
      purpose: 'data',
      key,
      sealCode: seal.code,
      binding: bindingOf(record, 'code'),
      contentDigest: code.contentDigest,
      message: () => code.message,
    })),
    ...data.map(({ key, data: prepared }): ToSign => ({
      purpose: 'data',
      key,
      sealCode: seal.code,
      binding: bindingOf(record, 'sd-jwt'),
      contentDigest: prepared.contentDigest,
      message: (proof) => signable(prepared, key, proof).signingInput,
    })),
  ]);
  return {
    codes: new Map(codes.map(({ suite, code }, i) => [suite, sealCodeToken(code, signed[i]!.signature)])),
    data: new Map(
      data.map(({ suite, key, data: prepared }, i) => {
        const { proof, signature, intentId } = signed[codes.length + i]!;
        return [suite, { bytes: serialiseSdJwt(signable(prepared, key, proof), signature), intentId }];
      }),
    ),
  };
}

function prepareCode(record: LicenceRecord, key: SealKey, issuedAt: Date): PreparedCodeToken {
  return prepareCodeToken({
    suite: suiteById(key.suite),
    spki: signerOf(key).spki,
    issuer: record.issuerCode,
    identifier: record.id,
    commitment: record.commitment.sha256,
    issuedAt,
  });
}

function prepareData({ record, commitment, now }: Draft, suite: SuiteId): PreparedSdJwt {
  return prepareSdJwt({
    licence: record.licence,
    commitment: record.commitment,
    disclosures: commitment.disclosures.map(({ text }) => text),
    requiredSuites: record.requiredSuites,
    suite: suiteById(suite),
    issuedAt: now,
  });
}

function signable(data: PreparedSdJwt, key: SealKey, proof: JournalProof) {
  return addJournalProof(data, { proof, certificates: key.certificates.map(fromBase64) });
}

async function sealPdfs(
  draft: Draft,
  suites: readonly SuiteId[],
  first: SignedData,
): Promise<readonly SealedRendition[]> {
  const { world, record, seal, now } = draft;
  if (suites.length === 0) return [];
  const sheet = await preparedSheet(world, record.licence, seal);
  const sheets = suites.map((suite) => ({
    suite,
    key: sealKeyFor(seal, suite, now),
    code: codeAddress(world, first.codes.get(dataSuiteOf(suite))!),
    data: first.data.get(dataSuiteOf(suite))!.bytes,
  }));

  for (let attempt = 0; ; attempt++) {
    const unsealed = sheets.map(({ suite, key, code, data }) => {
      const reservedBytes =
        estimateContentsBytes({ certificates: key.certificates.map((text) => fromBase64(text).length) }) << attempt;
      return composeSheet(sheet, {
        record,
        seal,
        suite,
        code,
        verificationAddress: world.publicUrl,
        data,
        reservedBytes,
        now,
      });
    });
    const signed = await signWithIntent(
      world,
      sheets.map(({ suite, key }, i): ToSign => {
        const digest = contentDigest(unsealed[i]!, suiteById(suite).hash);
        const binding = bindingOf(record, 'pdf');
        return {
          purpose: 'seal',
          key,
          sealCode: seal.code,
          binding,
          contentDigest: digest,
          message: (proof) =>
            signedAttributes({
              messageDigest: digest,
              signingCertificate: signerOf(key),
              suite: suiteById(suite),
              extra: [
                { oid: OID_RENDITION_BINDING, values: [encodeBinding(binding)] },
                { oid: OID_JOURNAL_PROOF, values: [encodeJournalProof(proof)] },
              ],
            }),
        };
      }),
    );
    const cms = sheets.map(({ suite, key }, i) =>
      signedData({
        suite: suiteById(suite),
        signedAttributes: signed[i]!.message,
        signature: signed[i]!.signature,
        certificates: key.certificates.map(fromBase64),
      }),
    );
    const tooSmall = cms.some((value, i) => value.length * 2 > unsealed[i]!.contentsLength);
    if (tooSmall && attempt < CONTENTS_ATTEMPTS) continue;
    return sheets.map(({ suite }, i) => ({
      kind: 'pdf',
      suite,
      mediaType: 'application/pdf',
      bytes: sealPdf(unsealed[i]!, cms[i]!),
      intentId: signed[i]!.intentId,
    }));
  }
}

/** The code token stands behind `#`, so that no server that the address leads to sees it before the page asks. */
const codeAddress = ({ publicUrl }: ComposeWorld, token: string): string => `${publicUrl}/v#${token}`;

function bindingOf(record: LicenceRecord, kind: RenditionKind): Binding {
  return {
    licence: record.id,
    version: record.licence.version,
    kind,
    commitment: record.commitment,
    requiredSuites: record.requiredSuites,
  };
}

const signerOf = (key: SealKey) => readCertificate(fromBase64(key.certificates[0]!));

function sealRoleOf(templates: Templates, { licence }: LicenceRecord): string {
  const type = templates.type(licence.typeCode, licence.typeVersion);
  if (!type)
    throw new OperationError('LICENCE_TYPE_UNKNOWN', {
      en: `unknown licence type ${licence.typeCode}`,
      zh: `未知的证照类型 ${licence.typeCode}`,
    });
  return type.sealRole;
}
