import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { TAG, isUniversal, readDer } from '../../../src/core/encoding/index.js';
import type { DerNode } from '../../../src/core/encoding/index.js';
import { readCertificate } from '../../../src/core/pki/index.js';
import type { Certificate } from '../../../src/core/pki/index.js';
import { vectorsDir } from '../../support/vectors.js';

const folder = vectorsDir('ofd');

function certificatesIn(node: DerNode): Certificate[] {
  if (isUniversal(node, TAG.octetString) && node.contents[0] === 0x30 && node.contents.length > 300)
    return [readCertificate(node.contents)];
  return node.children.flatMap(certificatesIn);
}

(folder === undefined ? describe.skip : describe)('SM2 certificates of seals in service', () => {
  it.each(['seal-v1.esl', 'seal-v4.esl', 'signed-value-v4.dat'])('are read (%s)', (name) => {
    const found = certificatesIn(readDer(Uint8Array.from(readFileSync(join(folder!, name)))));
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) {
      expect(one.suite?.id).toBe('SM2-SM3');
      expect(one.keyUsage?.has('digitalSignature')).toBe(true);
    }
  });
});
