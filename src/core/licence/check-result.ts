import type { CheckResult, Refusal } from './types.js';

export const PASSED: CheckResult = { ok: true };

export const refusal = <Code extends string>(
  code: Code,
  en: string,
  zh: string,
): Refusal & { readonly code: Code } => ({
  ok: false,
  code,
  words: { en, zh },
});
