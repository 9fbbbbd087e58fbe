import { checkSuiteSignature } from '../../crypto/index.js';
import type { Certificate } from '../../pki/index.js';
import { readJournalProof, readSdJwtLicence } from '../../renditions/index.js';
import type { Binding, JournalProof, SdJwtInspection } from '../../renditions/index.js';
import type { Evidence, TokenEvidence } from '../evidence.js';
import type { DataFacts, Readable, SignatureFacts } from '../facts.js';
import { attempt } from '../inspect.js';
import type { Unreadable } from '../inspect.js';
import { certificateIn, sdJwtIn } from '../read-once.js';
import { dataFactsOf } from './data-facts.js';
import { establishJournal } from './establish-journal.js';
import { certificateFactsOf, establishPath } from './establish-path.js';
import { objectOf } from './world.js';
import type { World } from './world.js';

export interface TokenFacts {
  readonly signature: SignatureFacts;
  readonly data: DataFacts | null;
}

/** Everything cryptographic about one SD-JWT: RFC 7515 5.2, RFC 9901 7.1, RFC 5280 6, the journal and the commitment. */
export async function establishToken(token: TokenEvidence, evidence: Evidence, world: World): Promise<TokenFacts> {
  const read = sdJwtIn(objectOf(evidence, token.object).bytes);
  if (!read.ok) return { signature: unreadableToken(token, read.why), data: null };
  const inspection = read.value;
  const certificates: Certificate[] = [];
  for (const one of inspection.certificates.map(certificateIn)) {
    if (!one.ok) return { signature: unreadableToken(token, one.why), data: null };
    certificates.push(one.value);
  }
  const { jws } = inspection;
  const leaf = certificates[0];
  const licence = readSdJwtLicence(inspection);
  const binding: Readable<Binding> = licence
    ? { found: 'once', value: licence.binding }
    : bindingOfStranger(inspection);
  const journal = await establishJournal(
    journalProofOf(inspection),
    { suite: jws.suite.id, contentDigest: inspection.contentDigest, binding },
    world,
  );
  const signature: SignatureFacts = {
    ...blank(token),
    unreadable: null,
    jws: { typ: inspection.typ },
    suite: jws.suite.id,
    value: await checkValue(inspection, leaf),
    signer: leaf ? certificateFactsOf(leaf) : null,
    path: leaf ? await establishPath(leaf, certificates, world) : null,
    claimedTime: 'intent' in journal ? journal.intent.at : issuedAtOf(inspection),
    binding,
    journal,
  };
  return { signature, data: dataFactsOf(licence, binding) };
}

async function checkValue({ jws }: SdJwtInspection, leaf: Certificate | undefined): Promise<SignatureFacts['value']> {
  if (!leaf) return 'not-checked';
  const { suite, signingInput: message, signature } = jws;
  return (await checkSuiteSignature({ suite, spki: leaf.spki, message, signature })) ? 'right' : 'wrong';
}

/** A payload that says it is a licence but is not of its form is malformed; one that says nothing of it has no binding. */
function bindingOfStranger({ payload }: SdJwtInspection): Readable<Binding> {
  return {
    found: Object.hasOwn(payload, 'rendition') || Object.hasOwn(payload, 'commitment') ? 'malformed' : 'absent',
  };
}

function journalProofOf({ journalProof }: SdJwtInspection): Readable<JournalProof> {
  if (journalProof === null) return { found: 'absent' };
  const read = attempt(() => readJournalProof(journalProof));
  return read.ok ? { found: 'once', value: read.value } : { found: 'malformed' };
}

/** RFC 7519 4.1.6. Anything but a plausible number of seconds is no claim. */
function issuedAtOf({ payload }: SdJwtInspection): string | null {
  const { iat } = payload;
  return typeof iat === 'number' && iat > 0 && iat < 1e11 ? new Date(Math.floor(iat) * 1000).toISOString() : null;
}

function blank({ id, attachment }: TokenEvidence) {
  return { id, kind: 'sd-jwt', attached: attachment !== null, pdf: null, cms: null } as const;
}

function unreadableToken(token: TokenEvidence, why: Unreadable): SignatureFacts {
  return {
    ...blank(token),
    unreadable: why,
    jws: null,
    suite: null,
    value: 'not-checked',
    signer: null,
    path: null,
    claimedTime: null,
    binding: { found: 'absent' },
    journal: { state: 'absent' },
  };
}
