import type { Oid } from '../../encoding/index.js';
import type { SuiteId } from '../../crypto/index.js';
import type { CheckName } from '../checks/check-names.js';

export type Level = 'fail' | 'warn' | 'inform' | 'ignore';

/** What follows from what was found, as data. A changed rule is a new version; the report carries the digest. */
export interface Policy {
  readonly name: string;
  readonly version: string;
  /**
   * True: a seal of ours is expected, so binding, journal proof and structured data must be there. False: a file
   * without them is judged as anybody's file; where they are present they must be right all the same.
   */
  readonly requireTrace: boolean;
  /** What a structure that two readers could take differently, or a later change off the white list, leads to. */
  readonly doubt: 'failed' | 'undetermined';
  /** When the caller did not want the registry asked: accept on the file alone (the report says so), or leave it open. */
  readonly stateNotAsked: 'accept' | 'undetermined';
  /** Oldest acceptable revocation list at the time judged for, besides its own nextUpdate. */
  readonly maxCrlAgeHours: { readonly signer: number; readonly authority: number };
  /** A claimed time may lie this much after the time judged for. */
  readonly clockToleranceSeconds: number;
  /** Signature suites, each with the day (UTC) from which it is no longer accepted; absent ones never are. */
  readonly suites: Readonly<Partial<Record<SuiteId, string>>>;
  readonly minRsaBits: number;
  readonly curves: readonly Oid[];
  /** `/SubFilter` values whose signature value is CMS. */
  readonly subFilters: readonly string[];
  /** Certificate policy that the signer's certificate must have for each kind; null asks for none. */
  readonly purposes: { readonly pdf: Oid; readonly 'sd-jwt': Oid } | null;
  readonly levels: Readonly<Record<CheckName, Level>>;
}
