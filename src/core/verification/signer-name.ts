/**
 * A signer as people read it. In certificates of seals the organisation is credit code and name in one (practice of
 * GB/T 20518, unverified): the name goes first and the code behind it, in brackets. Any other organisation stays as it is.
 */
export function signerName({ organisation, name }: { readonly organisation: string; readonly name: string }): string {
  const parts = /^([0-9A-HJ-NP-RTUWXY]{18})(\P{ASCII}.*)$/u.exec(organisation);
  return parts ? `${parts[2]}（${parts[1]}）` : organisation || name;
}
