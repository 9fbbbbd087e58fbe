import { checkSuiteSignature } from '../../src/core/crypto/index.js';
import { fromBase64 } from '../../src/core/encoding/index.js';
import type { LogKey } from '../../src/core/journal/index.js';
import { readCertificate, readCertificateList } from '../../src/core/pki/index.js';
import { inspectSdJwt } from '../../src/core/renditions/index.js';
import { collectEvidence, establish, inspect, judge, policyByName } from '../../src/core/verification/index.js';
import type { VerificationReport } from '../../src/core/verification/index.js';

/** What the page is given to judge with. Certificates, lists and keys are DER in base64. */
export interface Material {
  readonly anchors: readonly string[];
  readonly intermediates: readonly string[];
  readonly crls: readonly string[];
  readonly journals: readonly {
    readonly origin: string;
    readonly keys: readonly { readonly name: string; readonly suite: LogKey['suite']; readonly spki: string }[];
  }[];
  readonly policy: string;
  /** RFC 3339 UTC. */
  readonly at: string;
}

/** Judges a file where it is: with core alone, and without asking anyone. */
export async function verify(bytes: Uint8Array, material: Material): Promise<VerificationReport> {
  const evidence = collectEvidence(inspect(bytes), {
    at: new Date(material.at),
    anchors: material.anchors.map((one) => readCertificate(fromBase64(one))),
    intermediates: material.intermediates.map((one) => readCertificate(fromBase64(one))),
    crls: material.crls.map((one) => readCertificateList(fromBase64(one))),
    journals: material.journals.map(({ origin, keys }) => ({
      origin,
      keys: keys.map((key) => ({ ...key, spki: fromBase64(key.spki) })),
    })),
    registry: { asked: false },
  });
  return judge(await establish(evidence), policyByName(material.policy), new Date(evidence.at));
}

/** Checks the signature of a token again and again; answers checks each second. */
async function measureSignature(token: Uint8Array, rounds: number): Promise<number> {
  const { jws, certificates } = inspectSdJwt(token);
  const { suite, signingInput: message, signature } = jws;
  const { spki } = readCertificate(certificates[0]!);
  const started = performance.now();
  for (let i = 0; i < rounds; i++)
    if (!(await checkSuiteSignature({ suite, spki, message, signature }))) throw new Error('the token is not signed');
  return (rounds * 1000) / (performance.now() - started);
}

/** How many whole files are judged each second. */
async function measureFile(bytes: Uint8Array, material: Material, rounds: number): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < rounds; i++) await verify(bytes, material);
  return (rounds * 1000) / (performance.now() - started);
}

/** Files come as base64: what the test's driver can hand over. */
Object.assign(globalThis, {
  verifyPage: {
    verify: (base64: string, material: Material) => verify(fromBase64(base64), material),
    measureSignature: (base64: string, rounds: number) => measureSignature(fromBase64(base64), rounds),
    measureFile: (base64: string, material: Material, rounds: number) =>
      measureFile(fromBase64(base64), material, rounds),
  },
});
