import { beforeAll, describe, expect, it } from '@jest/globals';
import { issueLicence, verifyDocument } from '../../../src/operations/index.js';
import { ALL, P256, expectSound, filesOf, request, smallWorld } from '../../support/small-world.js';
import type { SmallWorld } from '../../support/small-world.js';

let world: SmallWorld;
beforeAll(async () => {
  const t = Date.now();
  world = await smallWorld();
  console.log('world', Date.now() - t);
}, 60_000);

describe('issueLicence', () => {
  it('issues', async () => {
    for (let i = 0; i < 4; i++) {
      const t = Date.now();
      const record = await issueLicence(world)(request({ idempotencyKey: `k${i}`, renditions: i % 2 ? ALL : P256 }));
      const t2 = Date.now();
      for (const bytes of await filesOf(world, record)) {
        const r = await verifyDocument(world)({ bytes, policy: 'strict', askRegistry: true });
        if (r.verdict !== 'accepted') console.log(JSON.stringify(r.reasons));
        expect(r.verdict).toBe('accepted');
      }
      console.log('issue', t2 - t, 'verify', Date.now() - t2);
    }
    await expectSound(world);
  });
});
