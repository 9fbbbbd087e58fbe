import type { Licence } from '../../core/licence/index.js';
import { layOut } from '../../core/renditions/index.js';
import { dataKeyFor, sealKeyFor } from '../../core/seal/index.js';
import type { Seal } from '../../core/seal/index.js';
import type { Fonts, LicenceRecord, Templates } from '../../ports/index.js';
import { preparedSheet } from './compose-sheet.js';
import { dataSuiteOf } from './data-suite.js';

/**
 * Refuses what could never be sealed: a seal that may not be used now, a value that the face cannot show. Asked before
 * the reservation, since a number that is reserved is spent.
 *
 * @throws SealError, LayoutError
 */
export async function requireIssuable(
  world: { readonly templates: Templates; readonly fonts: Fonts },
  wish: {
    readonly licence: Licence;
    readonly seal: Seal;
    readonly wanted: LicenceRecord['wanted'];
    readonly now: Date;
  },
): Promise<void> {
  const { licence, seal, wanted, now } = wish;
  for (const { kind, suite } of wanted) {
    if (kind === 'pdf') sealKeyFor(seal, suite, now);
    dataKeyFor(seal, dataSuiteOf(suite), now);
  }
  if (!wanted.some(({ kind }) => kind === 'pdf')) return;
  const { layout } = await preparedSheet(world, licence, seal);
  // The code and the address that will stand there are ours and always fit.
  layOut(layout, { licence, code: 'YX1', verificationAddress: '' });
}
