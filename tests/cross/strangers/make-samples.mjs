// Issues the sample licences in every suite, for programs of others to judge.
// node make-samples.mjs DIRECTORY   writes DIRECTORY/files/*.{pdf,sd-jwt}, DIRECTORY/trust (what a verifier is given) and
// DIRECTORY/signers/*.pem (keys and certificates under the same roots, for programs of others to sign with).
//
// The RSA signers of the first set have 3,072 bits. Then the department gets new RSA keys of 2,048 bits and the second
// set is issued, so the first also shows that a renewal does no harm.
import 'reflect-metadata';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const { loadSettings, readPassphrase } = await import(join(root, 'dist/config/index.js'));
const { issueSigner, revokeCertificate } = await import(join(root, 'dist/adapters/keys/index.js'));
const { openAuthority, setUp, renewSealKey, places } = await import(join(root, 'dist/setup.js'));
const { openService } = await import(join(root, 'dist/wiring.js'));

const [given] = process.argv.slice(2);
if (given === undefined) throw new Error('usage: make-samples.mjs DIRECTORY');
const directory = resolve(given);
const templates = join(root, 'templates');
const department = { code: '11999900MB0000001K', name: '样本市市场监督管理局' };

const FIRST = ['SM2-SM3', 'ECDSA-P256-SHA256', 'RSA-PKCS1-SHA256', 'RSA-PSS-SHA256'].map((suite) => ({
  kind: 'pdf',
  suite,
}));
const DATA = ['SM2-SM3', 'ECDSA-P256-SHA256'].map((suite) => ({ kind: 'sd-jwt', suite }));
const SECOND = FIRST.filter(({ suite }) => suite.startsWith('RSA'));

const files = join(directory, 'files');
await rm(directory, { recursive: true, force: true });
await mkdir(files, { recursive: true });
const settings = loadSettings(
  { YINXIN_DATA: join(directory, 'data'), YINXIN_LOG: 'error', YINXIN_PUBLIC_URL: 'https://licences.example' },
  { templatesDirectory: templates },
);
await setUp(settings, department, () => undefined);
await issueAll([...FIRST, ...DATA], '');
for (const { suite } of SECOND)
  await renewSealKey(settings, readPassphrase(settings), {
    departmentCode: department.code,
    suite,
    purpose: 'seal',
    rsaBits: 2048,
  });
await issueAll(SECOND, '.2048');
await makeSigners();
await cp(places(settings.dataDirectory).trust, join(directory, 'trust'), { recursive: true });

async function issueAll(renditions, mark) {
  const service = await openService(settings, readPassphrase(settings));
  const caller = { clientId: 'operator', departmentCode: department.code, scopes: new Set() };
  try {
    for (const type of await sampleTypes()) {
      const request = JSON.parse(await readFile(join(templates, type, 'sample.json'), 'utf8'));
      const record = await service.issueLicence({
        caller,
        idempotencyKey: randomUUID(),
        type: request.type,
        items: request.items,
        sample: true,
        renditions,
      });
      for (const { kind, suite, file } of record.renditions) {
        const name = `${type}.${suite.toLowerCase()}${mark}.${kind}`;
        await writeFile(join(files, name), await service.world.files.get(file));
        console.log(name);
      }
    }
    await service.workPending();
  } finally {
    await service.close();
  }
}

/** Two signers in force and one revoked, with their keys in the clear: for tests only. */
async function makeSigners() {
  const signers = join(directory, 'signers');
  await mkdir(signers);
  const authority = await openAuthority(settings, readPassphrase(settings));
  const now = new Date();
  const plan = [
    { name: 'rsa', suite: 'RSA-PKCS1-SHA256', rsaBits: 2048 },
    { name: 'ecdsa', suite: 'ECDSA-P256-SHA256' },
    { name: 'revoked', suite: 'ECDSA-P256-SHA256' },
  ];
  for (const { name, suite, rsaBits } of plan) {
    const order = { purpose: 'seal', sealCode: `STRANGER${name}`, owner: department, suite, rsaBits, now };
    const { keyId, certificates } = await issueSigner(authority, order);
    const key = createPrivateKey({
      key: Buffer.from(authority.keystore.privateKey(keyId)),
      format: 'der',
      type: 'pkcs8',
    });
    await writeFile(join(signers, `${name}.key.pem`), key.export({ format: 'pem', type: 'pkcs8' }));
    const [signer, ...rest] = certificates.map((der) => new X509Certificate(Buffer.from(der, 'base64')));
    await writeFile(join(signers, `${name}.pem`), signer.toString());
    await writeFile(join(signers, `${name}.chain.pem`), rest.join(''));
    if (name === 'revoked') await revokeCertificate(authority, { keyId, reason: 'keyCompromise', now });
  }
  authority.keystore.close();
}

async function sampleTypes() {
  const all = await readdir(templates, { recursive: true });
  return all
    .filter((path) => path.endsWith('/sample.json'))
    .map((path) => path.slice(0, -'/sample.json'.length))
    .sort();
}
