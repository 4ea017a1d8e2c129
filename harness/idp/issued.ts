import type { Channel } from "../emission/channels.ts";

/** What Entra asked of an external authentication method, apart from its client id and nonce. */
export interface EamAsked {
  /** `sub` of the id_token_hint. */
  readonly subject: string;
  /** Requested `acr` values. */
  readonly acrValues: readonly string[];
  /** Requested `amr` values. */
  readonly amrValues: readonly string[];
  /** Absent: none was sent. */
  readonly state?: string;
}

/** What a person really did to sign in, whatever an artifact says about it. */
export interface PerformedSignIn {
  /** As typed on the sign-in page. */
  readonly user: string;
  /** Methods that were asked and answered, in their order; empty: nobody was asked for any, as with a driver. */
  readonly methods: readonly ("password" | "totp" | "push")[];
  /** Seconds since the epoch. */
  readonly at: number;
}

/** One signed artifact that left the mock IdP, with what it was asked for: enough to judge it. */
export interface IssuedArtifact {
  readonly channel: Channel;
  /** JWT in compact form, or the decoded XML of a SAML or WS-Federation response. */
  readonly artifact: string;
  /** The user it speaks about, as typed on the sign-in page. */
  readonly user: string;
  /** The name that was signed for that user, where the emission says another than was typed. */
  readonly signedName?: string;
  /** What the relying party asked for. */
  readonly audience: string;
  readonly nonce?: string;
  /** What crossed beside an ID token, which its hashes are of. */
  readonly accessToken?: string;
  readonly code?: string;
  /** `response_type` that an ID token answers which came through the browser; absent: it came from the token endpoint. */
  readonly responseType?: string;
  readonly requestId?: string;
  readonly assertionConsumerService?: string;
  /** What an external authentication method was asked, with the `state` that went back beside its token. */
  readonly eam?: EamAsked & { readonly returnedState?: string };
  /**
   * What the request of the partner app named, by the words of its protocol, with what may be shown of it. Absent: there
   * was no request.
   */
  readonly asked?: Readonly<Record<string, string>>;
  /** Absent: it was issued without a sign-in. */
  readonly performed?: PerformedSignIn;
  /** When it was issued, seconds since the epoch. */
  readonly at: number;
}
