import { randomBytes } from 'node:crypto';
import { Keystore } from '../../dist/adapters/keys/index.js';
import { openSigner } from '../../dist/adapters/keys/signer.js';
import { chooseSm2Engine } from '../../dist/adapters/keys/sm2-engine.js';
import { suiteById } from '../../dist/core/crypto/index.js';
import { fromBase64 } from '../../dist/core/encoding/index.js';
import { readCertificate, signedAttributes, signedData } from '../../dist/core/pki/index.js';
import { contentDigest, estimateContentsBytes, sealPdf } from '../../dist/core/renditions/index.js';
import { places } from '../../dist/setup.js';
import { sealablePdf } from '../sample-pdf.mjs';
import { openSampleService } from './service.mjs';

export const DOCUMENT_BYTES = 200_000;
export const SUITES = { SM2: 'SM2-SM3', 'P-256': 'ECDSA-P256-SHA256', 'RSA-2048': 'RSA-PKCS1-SHA256' };
const HANDLERS = {
  SM2: { filter: 'GM.PKILite', subFilter: 'GM.SM2' },
  'P-256': { filter: 'Adobe.PPKLite', subFilter: 'ETSI.CAdES.detached' },
  'RSA-2048': { filter: 'Adobe.PPKLite', subFilter: 'ETSI.CAdES.detached' },
};

/** Sealing an existing PDF, baseline B-B: digest, signed attributes, software key, CMS, the value in its place. */
export async function prepare({ directory }) {
  const opened = await openSampleService(directory);
  const seals = await sealers(opened);
  const cases = Object.entries(seals).map(([name, act]) => [`200 KB ${name}`, { act, inFlight: 1 }]);
  return { cases: Object.fromEntries(cases), facts: {}, close: () => opened.service.close() };
}

/** By name of suite: makes a sealed file of some 200 KB, always the same but for the signature. */
export async function sealers({ settings, passphrase, seal }) {
  const random = { bytes: (count) => randomBytes(count) };
  const keystore = await Keystore.open({ directory: places(settings.dataDirectory).keys, passphrase, random });
  const engine = chooseSm2Engine(random);
  const made = Object.entries(SUITES).map(([name, suiteId]) => {
    const suite = suiteById(suiteId);
    const key = seal.keys.find((one) => one.suite === suiteId);
    const pkcs8 = keystore.privateKey(key.keyId);
    const signer = openSigner(suiteId, pkcs8, engine);
    pkcs8.fill(0);
    const certificates = key.certificates.map(fromBase64);
    const signingCertificate = readCertificate(certificates[0]);
    const reservedBytes = estimateContentsBytes({ certificates: certificates.map(({ length }) => length) });
    const unsealed = sealablePdf(DOCUMENT_BYTES, { ...HANDLERS[name], reservedBytes });
    const act = () => {
      const messageDigest = contentDigest(unsealed, suite.hash);
      const attributes = signedAttributes({ messageDigest, signingCertificate, suite, extra: [] });
      const signature = signer.sign(attributes);
      return sealPdf(unsealed, signedData({ suite, signedAttributes: attributes, signature, certificates }));
    };
    return [name, act];
  });
  keystore.close();
  return Object.fromEntries(made);
}
