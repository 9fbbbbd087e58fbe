/** The only source of the present moment. Milliseconds; never goes back by more than the host's clock does. */
export interface Clock {
  now(): Date;
}
