import { TrustError } from '../../core/errors/index.js';

/** A caller's mistake on the command line: exit code 64. */
export class UsageError extends TrustError<'USAGE'> {
  constructor(en: string, zh: string) {
    super('USAGE', { en, zh });
  }
}
