const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * ISO/IEC 7064 MOD 37,36, the hybrid system (GB/T 17710-2008; not checked against the text). I and O are used.
 * Finds typing errors; it proves nothing about who made the text.
 *
 * @param text only 0-9 and A-Z, not empty
 */
export function checkCharacter(text: string): string {
  let product = 36;
  for (const character of text) {
    const sum = (product + ALPHABET.indexOf(character)) % 36 || 36;
    product = (2 * sum) % 37;
  }
  // The closing modulus matters: a product of 1 gives 36, which is no character.
  return ALPHABET[(37 - product) % 36]!;
}

/**
 * The check character as tools seen in the field compute it: letters count 11 to 36, a sum above 37 with a letter is
 * taken modulo 37 first, and the result stands one place lower.
 */
export function vendorCheckCharacter(text: string): string {
  let product = 36;
  for (const character of text) {
    const place = ALPHABET.indexOf(character);
    const isLetter = place > 9;
    const sum = product + (isLetter ? place + 1 : place);
    product = (2 * ((isLetter && sum > 37 ? sum % 37 : sum) % 36 || 36)) % 37;
  }
  return ALPHABET[36 - product]!;
}
