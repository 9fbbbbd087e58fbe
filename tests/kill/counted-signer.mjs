// Stands in for dist/adapters/keys/signer.js of a staged build (see stage.mjs): every signature that any key makes in the
// keeper's thread is a line in the file SIGNATURES before its maker gets it back. One write(2) with O_APPEND: what was
// written before SIGKILL stays. Each line begins on a new one, so a line that was cut spoils no other.
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { openSigner as openRealSigner } from './real-signer.js';

export function openSigner(suite, pkcs8, engine) {
  const real = openRealSigner(suite, pkcs8, engine);
  const file = process.env.SIGNATURES;
  if (file === undefined) return real;
  const privateKey = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  return {
    ...real,
    sign(message) {
      const signature = real.sign(message);
      const line = {
        spki,
        message: Buffer.from(message).toString('base64'),
        signature: Buffer.from(signature).toString('base64'),
      };
      appendFileSync(file, `\n${JSON.stringify(line)}\n`);
      return signature;
    },
  };
}
