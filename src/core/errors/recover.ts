import { isTrustError, type TrustError } from './trust-error.js';

/**
 * What `read` gives, or what `instead` makes of its coded refusal (of the one with `code`, where a code is given).
 * Any other failure goes on up: it is a limit, or a defect of ours that must not pass for a finding about the input.
 */
export function recover<T, U>(read: () => T, instead: (refusal: TrustError) => U, code?: string): T | U {
  try {
    return read();
  } catch (error) {
    if (!isTrustError(error) || (code ?? error.code) !== error.code) throw error;
    return instead(error);
  }
}
