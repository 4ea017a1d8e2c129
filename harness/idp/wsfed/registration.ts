/** A relying party that may use the WS-Federation side although its answers leave this machine. */
export interface WsFedRealm {
  /** Its `wtrealm`, e.g. `urn:federation:MicrosoftOnline`. */
  readonly realm: string;
  /** Where it takes answers; the first one when a request has no `wreply`. */
  readonly replyUrls: readonly [string, ...string[]];
}
