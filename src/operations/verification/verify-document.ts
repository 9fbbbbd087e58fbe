import type { VerificationReport } from '../../core/verification/index.js';
import { judgeFile, type JudgeWorld } from '../steps/judge-file.js';

export interface VerifyDocument {
  readonly bytes: Uint8Array;
  readonly policy: string;
  readonly at?: Date;
  /** False (`--offline`) leaves the registry alone; the report then says that the licence's state was not asked. */
  readonly askRegistry: boolean;
}

/** Judges a file that anyone may bring. Nothing of it is kept. */
export const verifyDocument =
  (world: JudgeWorld) =>
  ({ bytes, policy, at, askRegistry }: VerifyDocument): Promise<VerificationReport> =>
    judgeFile(world, bytes, { policy, at, registry: askRegistry ? 'ask' : 'not-asked' });
