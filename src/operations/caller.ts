/** Who asks: a registered client that acts for one department. Established by the surface, believed by operations. */
export interface Caller {
  readonly clientId: string;
  readonly departmentCode: string;
  readonly scopes: ReadonlySet<string>;
}
