import { readCertificate, readSignedData } from '../pki/index.js';
import { inspectSdJwt } from '../renditions/index.js';
import { attempt } from './inspect.js';

/**
 * Several steps ask for the same structures of a file. Each is read once, for as long as its bytes are held: known by the
 * array itself, which belongs to one inspection or one evidence and is never written to.
 */
function once<T extends object>(read: (bytes: Uint8Array) => T): (bytes: Uint8Array) => T {
  const known = new WeakMap<Uint8Array, T>();
  return (bytes) => {
    let value = known.get(bytes);
    if (value === undefined) known.set(bytes, (value = read(bytes)));
    return value;
  };
}

/** BER is read so that its use is a finding and not a blank; the policy says what follows. */
export const signedDataIn = once((bytes) => attempt(() => readSignedData(bytes, { ber: true })));

export const sdJwtIn = once((bytes) => attempt(() => inspectSdJwt(bytes)));

export const certificateIn = once((bytes) => attempt(() => readCertificate(bytes)));
