import { isIPv6 } from 'node:net';

/**
 * Whom a rate limit counts. Each trusted proxy appends the address it saw to X-Forwarded-For, so the last
 * `trustedProxies` entries were written by machines of ours; everything before them is the sender's own claim.
 * An IPv6 address counts by its /64, which is what one customer gets.
 */
export function clientAddress(socketAddress: string, forwardedFor: string | undefined, trustedProxies: number): string {
  const seen = [...(forwardedFor ?? '').split(',').map((entry) => entry.trim()), socketAddress].filter(
    (entry) => entry !== '',
  );
  const address = seen.at(-1 - trustedProxies) ?? seen[0] ?? '';
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (v4 !== undefined || !isIPv6(address)) return v4 ?? address;
  return networkOf(address);
}

function networkOf(address: string): string {
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const groups = head === '' ? [] : head.split(':');
  const behind = tail ? tail.split(':').length : 0;
  if (tail !== undefined) while (groups.length + behind < 8) groups.push('0');
  return groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':');
}
