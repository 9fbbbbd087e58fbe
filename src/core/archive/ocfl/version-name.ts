/** `v` and a positive number, clause 3.1; zeros in front are allowed and advised against. */
export const isVersionName = (name: string): boolean => /^v0*[1-9]\d{0,8}$/.test(name);

export const versionNumber = (name: string): number => Number(name.slice(1));

export const compareVersions = (a: string, b: string): number => versionNumber(a) - versionNumber(b);
