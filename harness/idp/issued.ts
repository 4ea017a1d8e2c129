import type { Channel } from "../emission/emission.ts";

/** One signed artifact that left the mock IdP, with what it was asked for: enough to judge it. */
export interface IssuedArtifact {
  readonly channel: Channel;
  /** JWT in compact form, or the decoded XML of a SAML response. */
  readonly artifact: string;
  /** The user it speaks about, as typed on the sign-in page. */
  readonly user: string;
  /** What the relying party asked for. */
  readonly audience: string;
  readonly nonce?: string;
  readonly requestId?: string;
  readonly assertionConsumerService?: string;
  /** When it was issued, seconds since the epoch. */
  readonly at: number;
}
