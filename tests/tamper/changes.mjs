import { readDerPrefix } from '../../dist/core/encoding/index.js';

/** Which bits are turned at which offset of which file, and what must come of it. Offsets count from 0. */

/**
 * `{ offset, mask, where }` for every `step`-th offset. `where` is `covered` (the signature or a signed digest speaks for
 * this byte) or the name of a part that nothing speaks for.
 *
 * Mask 0x01 changes every byte. Where letters are, 0x20 is tried too: it swaps upper and lower case, which turns names
 * into other names and hexadecimal digits into the same digits written differently.
 */
export function* changesOf({ kind, bytes }, step) {
  const partAt = kind === 'pdf' ? pdfParts(bytes) : tokenParts(bytes);
  for (let offset = 0; offset < bytes.length; offset += step) {
    const { where, only01 } = partAt(offset);
    yield { offset, mask: 0x01, where };
    if (!only01) yield { offset, mask: 0x20, where };
  }
}

export function changed(bytes, { offset, mask }) {
  const copy = Uint8Array.from(bytes);
  copy[offset] ^= mask;
  return copy;
}

/** The gap of `/ByteRange` holds the CMS as a hexadecimal string: brackets, the DER of it, and zeros that fill it up. */
function pdfParts(bytes) {
  const text = Buffer.from(bytes).toString('latin1');
  const [, before, after] = /\/ByteRange *\[0 (\d+) (\d+) \d+ *\]/.exec(text).map(Number);
  const cms = cmsParts(Uint8Array.from(Buffer.from(text.slice(before + 1, after - 1), 'hex')));
  const streams = [...text.matchAll(/stream\r?\n[\s\S]*?endstream/g)].map(({ index, 0: whole }) => [
    index,
    index + whole.length - 9,
  ]);
  return (offset) => {
    if (offset < before || offset >= after)
      return { where: 'covered', only01: streams.some(([start, end]) => offset >= start && offset < end) };
    if (offset === before || offset === after - 1) return { where: 'brackets of /Contents', only01: false };
    const where = cms((offset - before - 1) >> 1);
    return { where, only01: where === FILLING };
  };
}

const FILLING = 'filling of /Contents';

/** Names the part of SignedData (RFC 5652 5.1, 5.3) in which an octet lies. */
function cmsParts(contents) {
  const { node } = readDerPrefix(contents);
  const [version, digestAlgorithms, , certificates, signers] = node.children[1].children[0].children;
  const [signer] = signers.children;
  const [signerVersion, , , attributes, , signature] = signer.children;
  const [signerCertificate, ...others] = certificates.children;
  const parts = [
    [version, 'CMS, version'],
    [digestAlgorithms, 'CMS, digestAlgorithms'],
    [signerCertificate, 'CMS, certificate of the signer'],
    ...others.map((one) => [one, 'CMS, certificate of an issuer']),
    [signerVersion, 'CMS, version of the signer'],
    [attributes, 'CMS, signed attributes'],
    [signature, 'CMS, signature value'],
  ].map(([{ bytes }, name]) => ({
    start: bytes.byteOffset - contents.byteOffset,
    end: bytes.byteOffset - contents.byteOffset + bytes.length,
    name,
  }));
  const end = node.bytes.length;
  return (at) =>
    at >= end ? FILLING : (parts.find((part) => at >= part.start && at < part.end)?.name ?? 'CMS, the rest');
}

/** Header and payload are signed, disclosures by their digests in the payload. */
function tokenParts(bytes) {
  const text = Buffer.from(bytes).toString('latin1');
  const [header, payload, signature] = text.slice(0, text.indexOf('~')).split('.');
  const start = header.length + payload.length + 2;
  // Six bits a character: those that hold the name `x5c`.
  const name = Buffer.from(header, 'base64url').indexOf('"x5c"') + 1;
  const [first, last] = [name * 8, (name + 3) * 8 - 1].map((bit) => Math.floor(bit / 6));
  return (offset) => {
    if (offset >= first && offset <= last) return { where: 'name of the header x5c', only01: false };
    return {
      where: offset >= start && offset < start + signature.length ? 'signature of the token' : 'covered',
      only01: false,
    };
  };
}
