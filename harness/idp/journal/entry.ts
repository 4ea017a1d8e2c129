import type { Channel } from "../../emission/channels.ts";

/** What was signed for a request. */
export type ArtifactKind = "id-token" | "access-token" | "saml-response" | "wsfed-response" | "eam-id-token";

/** Which part of the IdP was asked. */
export type JournalProtocol = "oidc" | "saml" | "wsfed" | "eam" | "api";

/**
 * Parameters by their names. What is harmless stands as it is, everything else as `hash:<12 digits> (<length>)`: equal
 * values look alike within one IdP, and none can be guessed from what is kept.
 */
export type KeptParameters = Readonly<Record<string, string>>;

/** One request that reached the IdP and how it was answered. Secrets are not in it. */
export interface JournalEntry {
  /** When it was answered, seconds since the epoch. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** 0: whoever asked went away before the answer. */
  readonly status: number;
  readonly durationMilliseconds: number;
  readonly protocol?: JournalProtocol;
  /** Of the artifact issued, else of the protocol. */
  readonly channel?: Channel;
  /** Who asked: client id, entity id or realm. */
  readonly who?: string;
  /** Id of the emission that answered. */
  readonly choice?: string;
  /** The scenario whose emission it was, if it is one's. */
  readonly scenario?: string;
  /** What was signed, in order. */
  readonly issued: readonly ArtifactKind[];
  /** Of the query, the body and the headers that identify somebody. */
  readonly parameters: KeptParameters;
  /** Where the answer sends the user agent, and with what. */
  readonly location?: string;
  readonly locationParameters?: KeptParameters;
}
